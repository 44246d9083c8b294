/** The steps of a case, the newest first: what it became, by whom, in which role, when and why. */
import { component$, useContext } from "@builder.io/qwik";
import { caseSentence } from "../i18n/case-sentences.ts";
import { stepName } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { caseState, roleName } from "../i18n/enum-labels.ts";
import { momentText } from "../i18n/wall-time.ts";
import type { CaseView } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";

export const CaseTimeline = component$<{ work: CaseView }>(({ work }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { steps } = work;
  const now = page.picture?.time ?? Number.NaN;
  return (
    <ol class="timeline">
      {[...steps].reverse().map(({ time, from, to, actor, role, reason, what, evidence, inspectors }, i) => (
        <li key={steps.length - i}>
          <time>{momentText(time, now)}</time>
          <div>
            <b>{from === to ? stepName(what, page.lang) : caseState(to, page.lang)}</b>
            {from === null && <small> {t.opened}</small>}
            <small class="by">
              {role === null ? t.system : roleName(role, page.lang)}
              {role !== null && actor !== null && ` · ${actor}`}
            </small>
            {reason !== null && reason !== "" && <p>{caseSentence(reason, page.lang)}</p>}
            {inspectors !== null && <p class="faint">{t.inspectedBy(inspectors.join("、"))}</p>}
            {evidence.length > 0 && <p class="faint">{t.evidence(evidence.length)}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
});
