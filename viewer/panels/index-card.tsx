/** A kitchen's food-safety index of today: the number with its colour, how far it can be trusted, why, and what follows. */
import { component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { alertName } from "../i18n/alert-names.ts";
import { componentName, standingName } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { regionState } from "../i18n/enum-labels.ts";
import { dayText } from "../i18n/wall-time.ts";
import { getIndex } from "../live/api.ts";
import type { KitchenDetail, KitchenIndex } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";

/** It changes once a day, and when a grave case is opened or closed. */
const REFRESH_MS = 30_000;
const REASONS_SHOWN = 3;

export const IndexCard = component$<{ kitchen: KitchenDetail }>(({ kitchen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const known = useSignal<KitchenIndex | null>(null);
  const failed = useSignal(false);
  useTask$(({ track, cleanup }) => {
    const id = track(() => kitchen.id);
    if (typeof window === "undefined") return;
    const read = async () => {
      try {
        known.value = await getIndex(id);
        failed.value = false;
      } catch (error) {
        console.warn(`index of ${id} could not be read`, error);
        failed.value = true;
      }
    };
    void read();
    const timer = setInterval(read, REFRESH_MS);
    cleanup(() => clearInterval(timer));
  });
  const view = known.value;
  const colour = kitchen.color ?? "grey";
  return (
    <section class="index-card" aria-label={t.index}>
      <h3>{t.index}</h3>
      {view === null ? (
        <p class="faint">{failed.value ? t.indexFailed : t.loadingKitchen}</p>
      ) : (
        <>
          <p class="score">
            <strong class={view.index === null ? "none" : ""}>
              {view.index === null ? t.none : view.index.toFixed(1)}
            </strong>
            {view.index !== null && <small>{t.outOf100}</small>}
            <span class="colour">
              <i class={`index-${colour}`} aria-hidden="true" />
              {regionState(colour, page.lang)}
            </span>
            <span class={`tag standing-${view.standing}`}>{standingName(view.standing, page.lang)}</span>
          </p>
          {view.index === null && <p class="faint">{t.indexMissing}</p>}
          <dl>
            <dt>{t.risk}</dt>
            <dd>{view.risk.grade}</dd>
            <dt>{t.nextInspection}</dt>
            <dd>{t.until(dayText(view.nextInspection))}</dd>
          </dl>
          <Reasons view={view} />
        </>
      )}
    </section>
  );
});

const Reasons = component$<{ view: KitchenIndex }>(({ view }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  if (view.reasons.length === 0) return view.index === null ? null : <p class="faint">{t.indexNoReasons}</p>;
  return (
    <>
      <h4 class="minor">{t.indexReasons}</h4>
      <ul class="reasons">
        {view.reasons.slice(0, REASONS_SHOWN).map(({ component, code, level, about, points, since }) => (
          <li key={`${code} ${about}`} class={`state-${level}`}>
            <span>
              {alertName(code, page.lang)} <small>{componentName(component, page.lang)}</small>
            </span>
            <time>{dayText(since)}</time>
            <b>{t.points(points)}</b>
          </li>
        ))}
      </ul>
    </>
  );
});
