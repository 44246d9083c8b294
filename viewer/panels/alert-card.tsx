/** One open alert with its explanation: since when, by which rule and law, and the events that made it fire. */
import { component$, useContext } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { caseState, quantity } from "../i18n/enum-labels.ts";
import { elapsed, momentText } from "../i18n/wall-time.ts";
import type { Alert, CaseBrief } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";

interface Props {
  readonly alert: Alert;
  readonly work: CaseBrief | undefined;
}

export const AlertCard = component$<Props>(({ alert, work }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  return (
    <article class={`alert-card state-${alert.level}`}>
      <h4>
        <Glyph state={alert.level} />
        {alert.title[page.lang]}
        {alert.value !== null && <b>{quantity(alert.value, page.lang)}</b>}
        <span class="level">{alert.level}</span>
      </h4>
      <p class="when">
        {t.since} {momentText(alert.raisedAt, now)} · {elapsed(alert.raisedAt, now, page.lang)}
        {alert.lead && <span class="tag">{t.lead}</span>}
        {alert.exercise && <span class="tag">{t.exercise}</span>}
        {work !== undefined && <span class="tag case">{caseState(work.state, page.lang)}</span>}
      </p>
      {alert.because.length > 0 && (
        <ul class="because" aria-label={t.because}>
          {alert.because.slice(0, 4).map((cause) => (
            <li key={`${cause.source} ${cause.id}`}>
              <time>{momentText(cause.time, now)}</time>
              {cause.summary}
            </li>
          ))}
        </ul>
      )}
      <p class="law">
        {t.rule} <span class="mono">{alert.rule}</span> · {alert.legalBasis.join("、")}
        {alert.asset !== null && (
          <span class="mono asset">{alert.asset.replace(`${alert.kitchen}/`, "")}</span>
        )}
      </p>
    </article>
  );
});
