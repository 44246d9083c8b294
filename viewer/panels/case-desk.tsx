/** A case: how it stands, what one may do about it, how it came here, and who was told. */
import { $, component$, useContext, useSignal } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { caseState, roleName } from "../i18n/enum-labels.ts";
import { momentText } from "../i18n/wall-time.ts";
import type { CaseView } from "../live/wire-types.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { CaseActions } from "./case-actions.tsx";
import { CaseNotices } from "./case-notices.tsx";
import { CaseTimeline } from "./case-timeline.tsx";

export const CaseDesk = component$<{ work: CaseView }>(({ work }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const done = useSignal<CaseView | null>(null);
  const view = newer(work, done.value);
  const now = page.picture?.time ?? Number.NaN;
  const take = $((after: CaseView) => {
    done.value = after;
    session.value?.cases.put(after);
  });
  return (
    <section class="case-desk" aria-label={t.caseOf(view.case)}>
      <p class="when">
        <b>{t.caseWork}</b>
        <span class="tag case">{caseState(view.state, page.lang)}</span>
        {view.owner !== null && (
          <span>
            {t.owner} {roleName(view.owner, page.lang)}
          </span>
        )}
        {view.due !== null && <span>{t.dueAt(momentText(view.due, now))}</span>}
      </p>
      <CaseActions work={view} onDone$={take} />
      <details>
        <summary>{t.timeline(view.steps.length)}</summary>
        <CaseTimeline work={view} />
      </details>
      <CaseNotices case={view.case} />
    </section>
  );
});

/** What somebody has just done is newer than what was read before. */
function newer(read: CaseView, done: CaseView | null): CaseView {
  return done !== null && done.case === read.case && done.steps.length > read.steps.length ? done : read;
}
