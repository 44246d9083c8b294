/** By what a printed case is known again: the hash of each step's evidence, and of the file as it is shown. */
import { component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { caseState } from "../i18n/enum-labels.ts";
import { dateWithWeekday, momentText, shortTime } from "../i18n/wall-time.ts";
import { type CaseFile, fileHash } from "../live/case-file.ts";
import { PageContext } from "../page-state.ts";

export const CaseProof = component$<{ file: CaseFile }>(({ file }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const hash = useSignal("");
  useTask$(async ({ track }) => {
    const shown = track(() => file);
    if (typeof window === "undefined") return;
    hash.value = await fileHash(shown);
  });
  const now = page.picture?.time ?? Number.NaN;
  const proven = file.work.steps.filter(({ evidenceHash }) => evidenceHash !== null);
  return (
    <section class="proof">
      <h3>{t.evidenceHashes}</h3>
      {proven.length === 0 && <p class="faint">{t.noEvidence}</p>}
      <ul>
        {proven.map(({ time, to, evidenceHash }) => (
          <li key={`${time} ${evidenceHash}`}>
            <time>{momentText(time, now)}</time> {caseState(to, page.lang)}
            <code>{evidenceHash}</code>
          </li>
        ))}
      </ul>
      <h3>{t.fileHash}</h3>
      <code id="file-hash">{hash.value}</code>
      {Number.isFinite(now) && (
        <p class="printed">
          {t.printed(`${dateWithWeekday(now, page.lang)} ${shortTime(now)}`, page.who?.id ?? "")}
        </p>
      )}
    </section>
  );
});
