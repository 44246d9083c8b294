/** Who was told of a case, by which channel, and what became of it; read when it is opened. */
import { $, component$, useContext, useSignal } from "@builder.io/qwik";
import { caseSentence } from "../i18n/case-sentences.ts";
import { channelName, noticeState, recipientName } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { momentText } from "../i18n/wall-time.ts";
import { getNotices } from "../live/api.ts";
import type { Notice } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";

const SHOWN_MAX = 30;

export const CaseNotices = component$<{ case: string }>((props) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const notices = useSignal<readonly Notice[] | null>(null);
  const failed = useSignal(false);
  const read = $(async (isOpen: boolean) => {
    if (!isOpen) return;
    try {
      notices.value = (await getNotices(props.case)).items;
      failed.value = false;
    } catch (error) {
      console.warn(`notifications of ${props.case} could not be read`, error);
      failed.value = true;
    }
  });
  const all = notices.value ?? [];
  return (
    <details class="notices" onToggle$={(_, { open }) => read(open)}>
      <summary>{t.notices}</summary>
      {failed.value && <p class="faint">{t.noticesFailed}</p>}
      {!failed.value && notices.value === null && <p class="faint">{t.loadingKitchen}</p>}
      {!failed.value && notices.value?.length === 0 && <p class="faint">{t.noNotices}</p>}
      <ul>
        {all.slice(0, SHOWN_MAX).map((notice) => (
          <NoticeLine key={notice.notification} notice={notice} />
        ))}
      </ul>
      {all.length > SHOWN_MAX && <p class="faint">{t.moreNotices(all.length - SHOWN_MAX)}</p>}
    </details>
  );
});

const NoticeLine = component$<{ notice: Notice }>(({ notice }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const { to, channel, state, time, ring, notBefore, text, reason } = notice;
  return (
    <li class={`notice-${state}`} title={text[page.lang]}>
      <time>{momentText(time, now)}</time>
      <div>
        <b>{recipientName(to, page.lang)}</b>
        <small>
          {channelName(channel, page.lang)}
          {!ring && ` · ${t.silent}`}
          {notBefore !== null && ` · ${t.notBefore(momentText(notBefore, now))}`}
        </small>
        <p>{noticeState(state, page.lang)}</p>
        {reason !== null && state === "failed" && <p class="faint">{caseSentence(reason, page.lang)}</p>}
      </div>
    </li>
  );
});
