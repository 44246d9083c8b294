/** A command for many: how long it can still be taken back, how far it is, who refused it and why. */
import { component$, useContext, useSignal, useVisibleTask$ } from "@builder.io/qwik";
import { DeskSessionContext } from "../desk-state.ts";
import { commandName } from "../i18n/case-words.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import type { BulkState } from "../live/bulk-send.ts";
import { PageContext } from "../page-state.ts";
import { refusalText } from "./case-actions.tsx";

export const BulkReport = component$<{ bulk: BulkState }>(({ bulk }) => {
  const page = useContext(PageContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const left = useSignal(0);
  useVisibleTask$(({ track, cleanup }) => {
    const { sendsAt, phase } = track(() => bulk);
    if (phase !== "waiting") return;
    const count = () => {
      left.value = Math.max(0, Math.ceil((sendsAt - performance.now()) / 1_000));
    };
    count();
    const timer = setInterval(count, 250);
    cleanup(() => clearInterval(timer));
  });
  const act = commandName(bulk.order.command, page.lang);
  return (
    <section class={`desk-bulk panel bulk-${bulk.phase}`} role="status">
      {bulk.phase === "waiting" && <b>{t.waiting(act, bulk.cases.length, left.value)}</b>}
      {bulk.phase === "sending" && <b>{t.sending(bulk.done + bulk.refused.length, bulk.cases.length)}</b>}
      {bulk.phase === "done" && <b>{t.sent(act, bulk.done)}</b>}
      {bulk.phase !== "sending" && (
        <button type="button" id="bulk-dismiss" class="main" onClick$={() => session.value?.bulk.dismiss()}>
          {bulk.phase === "waiting" ? t.undo : t.dismiss}
        </button>
      )}
      {bulk.refused.length > 0 && (
        <div class="refused">
          {t.notSent(bulk.refused.length)}
          <ul>
            {bulk.refused.map(({ case: id, why }) => (
              <li key={id}>
                <span class="mono">{id}</span> {refusalText(why, page.lang)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
});
