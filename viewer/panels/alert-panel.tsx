/** Right: the open alerts, worst and newest first; see `live/alert-window.ts` for what stands still and when. */
import {
  $,
  component$,
  type QRL,
  type Signal,
  useContext,
  useSignal,
  useTask$,
  useVisibleTask$,
} from "@builder.io/qwik";
import { banners } from "../../twin/city/geography.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { bannerShortName, LEVEL_WORDS } from "../i18n/enum-labels.ts";
import { type AlertView, EMPTY_VIEW, ROW_PX } from "../live/alert-window.ts";
import type { Alert, Level } from "../live/wire-types.ts";
import { isOwnBanner, PageContext, SessionContext } from "../page-state.ts";
import { AlertRow } from "./alert-row.tsx";
import { Glyph } from "./glyph.tsx";
import { listenToKeys } from "./keyboard.ts";

const LEVELS = ["L1", "L2", "L3", "L4"] as const;

export const AlertPanel = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const level = useSignal<Level | null>(null);
  const view = useSignal<AlertView>(EMPTY_VIEW);
  const cursor = useSignal(-1);
  const scroller = useSignal<HTMLElement>();

  const refresh = $(() => {
    const box = scroller.value;
    view.value = session.value?.alertWindow.view(box?.scrollTop ?? 0, box?.clientHeight ?? 600) ?? EMPTY_VIEW;
    const isHeard = page.picture?.status === "live";
    session.value?.cases.want(isHeard ? view.value.rows.map((alert) => alert.case) : []);
  });
  useTask$(({ track }) => {
    track(() => page.picture?.alertVersion);
    const [only, banner] = [track(() => level.value), track(() => page.banner)];
    session.value?.showAlerts(only, banner);
    return refresh();
  });
  const open = $((alert: Alert | undefined) => {
    if (alert === undefined) return;
    page.areaAlert = alert.kitchen === null ? alert : null;
    page.selected = alert.kitchen;
    const index = session.value?.city.indexOf(alert.kitchen ?? "") ?? -1;
    if (index >= 0) session.value?.globe?.flyToKitchen(index);
  });
  useAlertKeys(cursor, view, scroller, open);

  const { counts } = view.value;
  const all = counts.L1 + counts.L2 + counts.L3 + counts.L4;
  return (
    <aside class="right panel" aria-label={t.alertPanel}>
      <h2>
        {t.alertPanel}
        <BannerChoice />
        <span class="live-count">{all.toLocaleString("en")}</span>
      </h2>
      <LevelTabs level={level} counts={counts} />
      <div
        ref={scroller}
        class="alerts"
        onScroll$={refresh}
        onPointerEnter$={() => session.value?.alertWindow.hold()}
        onPointerLeave$={() => {
          session.value?.alertWindow.release();
          return refresh();
        }}
      >
        <AlertRows view={view} cursor={cursor} onOpen$={open} />
        {view.value.total === 0 && <NoAlerts level={level.value} />}
      </div>
      {view.value.fresh > 0 && (
        <button
          type="button"
          class="fresh"
          onClick$={() => {
            session.value?.alertWindow.release();
            if (scroller.value !== undefined) scroller.value.scrollTop = 0;
            return refresh();
          }}
        >
          {t.newAlerts(view.value.fresh)}
        </button>
      )}
      <Urgent />
    </aside>
  );
});

/** Read aloud: how many alerts are critical. */
const Urgent = component$(() => {
  const page = useContext(PageContext);
  const count = page.picture?.openAlerts.L1 ?? 0;
  return (
    <p class="sr" role="status" aria-live="assertive">
      {count > 0 ? `L1 ${LEVEL_WORDS.L1[page.lang]} ${count}` : ""}
    </p>
  );
});

/** J and K move through the list, Enter opens. */
function useAlertKeys(
  cursor: Signal<number>,
  view: Signal<AlertView>,
  scroller: Signal<HTMLElement | undefined>,
  open: QRL<(alert: Alert | undefined) => void>,
): void {
  const session = useContext(SessionContext);
  useVisibleTask$(
    ({ cleanup }) => {
      const step = (by: number) => {
        const next = Math.max(0, Math.min(view.value.total - 1, cursor.value + by));
        cursor.value = next;
        const box = scroller.value;
        if (box === undefined) return;
        if (next * ROW_PX < box.scrollTop) box.scrollTop = next * ROW_PX;
        else if ((next + 1) * ROW_PX > box.scrollTop + box.clientHeight)
          box.scrollTop = (next + 1) * ROW_PX - box.clientHeight;
      };
      cleanup(
        listenToKeys({
          j: () => step(1),
          k: () => step(-1),
          enter: (event) => {
            if (event.target instanceof HTMLElement && event.target.closest("button, summary, a") !== null)
              return;
            open(session.value?.alertWindow.at(cursor.value));
          },
        }),
      );
    },
    { strategy: "document-ready" },
  );
}

const BannerChoice = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const own = banners.filter(({ code }) => isOwnBanner(page, code));
  if (own.length < 2) return null;
  return (
    <select
      aria-label={t.bannerFilter}
      onChange$={(_, { value }) => {
        page.banner = value === "" ? null : value;
      }}
    >
      <option value="" selected={page.banner === null}>
        {t.allBanners}
      </option>
      {own.map(({ code }) => (
        <option key={code} value={code} selected={page.banner === code}>
          {bannerShortName(code, page.lang)}
        </option>
      ))}
    </select>
  );
});

interface TabsProps {
  readonly level: Signal<Level | null>;
  readonly counts: AlertView["counts"];
}

const LevelTabs = component$<TabsProps>(({ level, counts }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  return (
    <fieldset class="tabs">
      <legend class="sr">{t.openAlerts}</legend>
      <button
        type="button"
        aria-pressed={level.value === null}
        onClick$={() => {
          level.value = null;
        }}
      >
        {t.allLevels}
      </button>
      {LEVELS.map((tab) => (
        <button
          key={tab}
          type="button"
          class={`state-${tab}`}
          aria-pressed={level.value === tab}
          title={LEVEL_WORDS[tab][page.lang]}
          onClick$={() => {
            level.value = level.value === tab ? null : tab;
          }}
        >
          <Glyph state={tab} />
          {tab} <span>{counts[tab].toLocaleString("en")}</span>
        </button>
      ))}
    </fieldset>
  );
});

interface RowsProps {
  readonly view: Signal<AlertView>;
  readonly cursor: Signal<number>;
  readonly onOpen$: QRL<(alert: Alert) => void>;
}

const AlertRows = component$<RowsProps>(({ view, cursor, onOpen$ }) => {
  const page = useContext(PageContext);
  const { rows, first, total } = view.value;
  return (
    <ul aria-label={DICTIONARIES[page.lang].alertPanel} style={{ height: `${total * ROW_PX}px` }}>
      {rows.map((alert, i) => (
        <AlertRow
          key={alert.alert}
          alert={alert}
          place={first + i}
          total={total}
          current={cursor.value === first + i}
          onOpen$={() => {
            cursor.value = first + i;
            return onOpen$(alert);
          }}
        />
      ))}
    </ul>
  );
});

const NoAlerts = component$<{ level: Level | null }>(({ level }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const none = level === null ? t.noAlerts : t.noAlertsOfLevel;
  return <p class="empty">{session.value?.alertsRead ? none : t.loadingAlerts}</p>;
});
