/** The chosen case beside the docket: what happens next, what one may do, why it is, on what it rests, how it came here. */
import { $, component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DeskContext, DeskSessionContext } from "../desk-state.ts";
import { alertName } from "../i18n/alert-names.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { bannerName, caseState, LEVEL_WORDS, officeName, roleName } from "../i18n/enum-labels.ts";
import { type CaseFile, readCaseFile } from "../live/case-file.ts";
import type { Alert, CaseView, DeviceNow } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { AlertCard } from "./alert-card.tsx";
import { CaseActions } from "./case-actions.tsx";
import { CaseNotices } from "./case-notices.tsx";
import { CaseProof } from "./case-proof.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import { whereText } from "./desk-row.tsx";
import { DeviceCurve } from "./device-curve.tsx";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";
import { LIMITS } from "./kitchen-devices.tsx";
import { WhatNext } from "./what-next.tsx";

export const DeskCard = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const file = useSignal<CaseFile | null>(null);
  const failure = useSignal<string | null>(null);

  const read = $(async (id: string) => {
    try {
      const found = await readCaseFile(id);
      if (desk.opened !== id) return;
      session.value?.book.put(found.work);
      file.value = found;
      failure.value = null;
    } catch (error) {
      if (desk.opened === id) failure.value = error instanceof Error ? error.message : String(error);
    }
  });
  useTask$(({ track }) => {
    const id = track(() => desk.opened);
    track(() => (desk.version >= 0 && id !== null ? stampOf(session.value?.book.work(id)) : ""));
    if (typeof window === "undefined") return;
    if (file.value?.work.case !== id) {
      file.value = null;
      failure.value = null;
    }
    if (id !== null && session.value !== undefined) return read(id);
  });

  const { opened } = desk;
  const held = file.value;
  return (
    <aside class="desk-card panel" aria-label={t.card}>
      {opened === null && <p class="empty">{t.choose}</p>}
      {opened !== null && held === null && (
        <p class="empty" role="status">
          {failure.value === null
            ? DICTIONARIES[page.lang].loadingKitchen
            : `${t.cardFailed}${failure.value}`}
          {failure.value !== null && (
            <button type="button" class="link" onClick$={() => read(opened)}>
              {t.retry}
            </button>
          )}
        </p>
      )}
      {held !== null && <CardFile key={held.work.case} file={held} />}
    </aside>
  );
});

/** What of a case makes its card to be read again. */
function stampOf(work: CaseView | undefined): string {
  return work === undefined ? "" : `${work.level} ${work.state} ${work.steps.length} ${work.due}`;
}

const CardFile = component$<{ file: CaseFile }>(({ file }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DICTIONARIES[page.lang];
  const { work, alert, kitchen } = file;
  const device = kitchen === null || alert === null ? undefined : measuredBy(alert, kitchen.devices);
  const done = $((after: CaseView) => {
    session.value?.book.put(after);
    desk.version++;
  });
  return (
    <div class="desk-file">
      <CardHead file={file} />
      <WhatNext work={work} />
      <CaseActions work={work} keyed onDone$={done} />
      {alert !== null && (
        <section>
          <AlertCard alert={alert} work={undefined} devices={kitchen?.devices ?? []} />
        </section>
      )}
      {device !== undefined && kitchen !== null && (
        <section>
          <h3>{t.curves}</h3>
          <DeviceCurve kitchen={kitchen.id} device={device} limit={LIMITS[device.kind] ?? null} wrong />
        </section>
      )}
      <section>
        <h3>{t.timeline(work.steps.length)}</h3>
        <CaseTimeline work={work} />
      </section>
      <section>
        <CaseNotices case={work.case} />
      </section>
      <CaseProof file={file} />
    </div>
  );
});

/** The device whose curve shows it: what the alert is about, else one that it rests on. */
function measuredBy({ asset, because }: Alert, devices: readonly DeviceNow[]): DeviceNow | undefined {
  const measuring = devices.filter(({ value }) => value !== null);
  return (
    measuring.find(({ id }) => id === asset) ??
    measuring.find(({ id }) => because.some(({ source }) => source === `/devices/${id}`))
  );
}

const CardHead = component$<{ file: CaseFile }>(({ file }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const { work, kitchen } = file;
  const row = session.value?.book.row(work.case);
  return (
    <header>
      <p class="head-tools">
        <button
          type="button"
          class="head-tool"
          aria-label={t.print}
          title={t.print}
          onClick$={() => window.print()}
        >
          <Icon name="print" />
        </button>
        <button
          type="button"
          class="head-tool"
          aria-label={t.back}
          title={t.back}
          onClick$={() => {
            desk.opened = null;
          }}
        >
          <Icon name="close" />
        </button>
      </p>
      <p class={`badge state-${work.level}`}>
        <Glyph state={work.level} />
        {work.level} {LEVEL_WORDS[work.level][page.lang]}
      </p>
      <h2>
        {alertName(work.code, page.lang)} <span class="code-of mono">{work.code}</span>
      </h2>
      <p class="sub">
        <b>{kitchen?.name ?? (row === undefined ? "" : whereText(row, page.lang))}</b>
        {kitchen !== null && (
          <span>
            {" "}
            {bannerName(kitchen.banner, page.lang)} · {officeName(kitchen.office, page.lang)}
            {kitchen.address !== null && ` · ${kitchen.address}`}
          </span>
        )}
      </p>
      <p class="sub">
        <span class="tag case">{caseState(work.state, page.lang)}</span>
        {work.owner !== null && ` ${t.owner} ${roleName(work.owner, page.lang)} · `}
        <span class="mono">{work.case}</span>
        {work.lead && <span class="tag">{DICTIONARIES[page.lang].lead}</span>}
        {work.exercise && <span class="tag">{DICTIONARIES[page.lang].exercise}</span>}
      </p>
    </header>
  );
});
