/** One kitchen: who it is, how it stands, what is wrong and why, and what its devices say. */
import { $, component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { alertName } from "../i18n/alert-names.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import {
  bannerName,
  officeName,
  REGION_LABELS,
  regionGravity,
  regionState,
  STATE_LABELS,
  TYPE_LABELS,
} from "../i18n/enum-labels.ts";
import { daysLeft } from "../i18n/wall-time.ts";
import { ApiError, getKitchen } from "../live/api.ts";
import { isMapState } from "../live/city-session.ts";
import type { CaseState, CaseView, KitchenDetail } from "../live/wire-types.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { AlertCard } from "./alert-card.tsx";
import { CaseDesk } from "./case-desk.tsx";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";
import { IndexCard } from "./index-card.tsx";
import { KitchenDevices } from "./kitchen-devices.tsx";

const REFRESH_MS = 5_000;

export const KitchenDrawer = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const kitchen = useSignal<KitchenDetail | null>(null);
  const failure = useSignal<string | null>(null);

  const read = $(async (id: string) => {
    try {
      const detail = await getKitchen(id);
      if (page.selected === id) kitchen.value = detail;
      failure.value = null;
    } catch (error) {
      failure.value = error instanceof ApiError ? error.message : String(error);
    }
  });

  useTask$(({ track, cleanup }) => {
    const id = track(() => page.selected);
    if (typeof window === "undefined") return;
    const index = id === null ? -1 : (session.value?.city.indexOf(id) ?? -1);
    session.value?.globe?.select(index);
    if (id === null) return;
    if (kitchen.value?.id !== id) kitchen.value = null;
    read(id);
    const timer = setInterval(() => read(id), REFRESH_MS);
    cleanup(() => clearInterval(timer));
  });

  const close = $(() => {
    page.selected = null;
  });
  if (page.selected === null) return null;
  const detail = kitchen.value;
  return (
    <aside class="drawer panel" aria-label={t.kitchenPanel}>
      <button type="button" class="close" aria-label={t.close} onClick$={close}>
        <Icon name="close" />
      </button>
      {detail === null ? (
        <p class="empty">
          {failure.value === null ? t.loadingKitchen : `${t.kitchenFailed} (${failure.value})`}
          {failure.value !== null && (
            <button type="button" onClick$={() => read(page.selected ?? "")}>
              {t.retry}
            </button>
          )}
        </p>
      ) : (
        <div class="scroll">
          <Identity kitchen={detail} />
          <Regions kitchen={detail} />
          <IndexCard kitchen={detail} />
          <OpenAlerts kitchen={detail} />
          <Cases kitchen={detail} />
          <KitchenDevices kitchen={detail} />
        </div>
      )}
    </aside>
  );
});

const OpenAlerts = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { alerts, cases, devices } = kitchen;
  return (
    <section>
      <h3>{alerts.length > 0 ? t.openHere(alerts.length) : t.noneHere}</h3>
      {alerts.map((alert) => (
        <AlertCard
          key={alert.alert}
          alert={alert}
          work={cases.find((work) => work.alerts.includes(alert.alert))}
          devices={devices}
        />
      ))}
    </section>
  );
});

const Identity = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const index = session.value?.city.indexOf(kitchen.id) ?? -1;
  const now = page.picture?.time ?? Number.NaN;
  const state = session.value?.city.stateOf(index) ?? (isMapState(kitchen.state) ? kitchen.state : "never");
  return (
    <header>
      <p class={`badge state-${state}`}>
        <Glyph state={state} />
        {STATE_LABELS[state][page.lang]}
      </p>
      <h2>{kitchen.name}</h2>
      <p class="sub">
        {TYPE_LABELS[kitchen.type][page.lang]} · {bannerName(kitchen.banner, page.lang)}
        <button type="button" class="link" onClick$={() => session.value?.globe?.flyToKitchen(index)}>
          <Icon name="pin" />
          {t.flyTo}
        </button>
      </p>
      <dl>
        <dt>{t.address}</dt>
        <dd>{kitchen.address ?? t.none}</dd>
        <dt>{t.code}</dt>
        <dd class="mono">
          {kitchen.code} · {kitchen.id}
        </dd>
        <dt>{t.office}</dt>
        <dd>{officeName(kitchen.office, page.lang)}</dd>
        <dt>{t.licence}</dt>
        <dd class="mono">
          {kitchen.licence.number ?? t.none} · {t.validTo} {kitchen.licence.validTo}
          {Number.isFinite(now) && (
            <small class="days-left">{t.licenceLeft(daysLeft(kitchen.licence.validTo, now))}</small>
          )}
        </dd>
        <dt>{t.opens}</dt>
        <dd class="mono">
          {kitchen.opens.map(([from, to]) => `${from}–${to}`).join("  ") || t.none}
          {kitchen.capacity !== null && ` · ${t.capacity} ${kitchen.capacity}`}
        </dd>
      </dl>
    </header>
  );
});

const Regions = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  return (
    <ul class="regions">
      {Object.entries(REGION_LABELS).map(([region, label]) => {
        const state = kitchen.regions[region];
        return (
          state !== undefined && (
            <li key={region} class={regionGravity(state)}>
              <small>{label[page.lang]}</small>
              {region === "colour" && <i class={`index-${state}`} aria-hidden="true" />}
              {regionState(state, page.lang)}
            </li>
          )
        );
      })}
    </ul>
  );
});

/** Cases that no open alert shows: their alert is over and people's work is not, or both are. */
const Cases = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const open = new Set(kitchen.alerts.map(({ alert }) => alert));
  const others = kitchen.cases.filter(({ alerts }) => !alerts.some((alert) => open.has(alert)));
  const [atWork, over] = [others.filter(isAtWork), others.filter((work) => !isAtWork(work))];
  return (
    <>
      {atWork.length > 0 && (
        <section>
          <h3>{t.cases}</h3>
          <CaseLines cases={atWork} />
        </section>
      )}
      {over.length > 0 && (
        <section>
          <details>
            <summary>{t.casesOver(over.length)}</summary>
            <CaseLines cases={over} />
          </details>
        </section>
      )}
    </>
  );
});
const OVER: ReadonlySet<CaseState> = new Set(["closed", "false", "merged", "suppressed"]);

function isAtWork({ state }: CaseView): boolean {
  return !OVER.has(state);
}

const CaseLines = component$<{ cases: readonly CaseView[] }>(({ cases }) => {
  const page = useContext(PageContext);
  return (
    <ul class="cases">
      {cases.map((work) => (
        <li key={work.case} class={`state-${work.level}`}>
          <h4>
            <Glyph state={work.level} />
            {alertName(work.code, page.lang)} <span class="mono">{work.code}</span>
          </h4>
          <CaseDesk work={work} />
        </li>
      ))}
    </ul>
  );
});
