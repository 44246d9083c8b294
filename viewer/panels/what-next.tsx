/** What a case waits for and until when, what comes of it if nobody acts, the clocks of the law, and what is held for it. */
import { component$, useContext } from "@builder.io/qwik";
import { clockBasis, clockName, otherwise, waitsFor } from "../i18n/case-next.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { momentText } from "../i18n/wall-time.ts";
import { hasRunOut, isOverdue } from "../live/desk-book.ts";
import type { CaseView } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { dueText } from "./desk-row.tsx";

export const WhatNext = component$<{ work: CaseView }>(({ work }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const waits = waitsFor(work.state, page.lang);
  const other = otherwise(work.state, page.lang);
  const { until } = work.hold;
  return (
    <dl class="what-next">
      {waits !== null && (
        <>
          <dt>{t.next}</dt>
          <dd>
            {waits}
            {work.due !== null && (
              <b class={isOverdue(work, now) ? "by overdue" : "by"}>
                {t.nextBy(momentText(work.due, now))} ({dueText(work.due, now, page.lang)})
              </b>
            )}
            {hasRunOut(work) && <b class="by overdue">{t.ranOut}</b>}
            {work.dueProvisional && <small class="note">{t.provisional}</small>}
            {other !== null && work.due !== null && (
              <small class="note">
                {t.ifNot} {other}
              </small>
            )}
          </dd>
        </>
      )}
      {work.clocks.length > 0 && <dt>{t.clocks}</dt>}
      {work.clocks.map(({ clock, due, basis }) => (
        <dd key={clock}>
          {clockName(clock, page.lang)}
          <b class={isOverdue({ due, steps: [] }, now) ? "by overdue" : "by"}>
            {momentText(due, now)} ({dueText(due, now, page.lang)})
          </b>
          <small class="note">{clockBasis(basis, page.lang)}</small>
        </dd>
      ))}
      <dt>{t.hold}</dt>
      <dd>{until === null ? t.holdOpen : t.holdUntil(momentText(until, now))}</dd>
    </dl>
  );
});
