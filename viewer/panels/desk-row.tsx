/** One case in one line. */
import { component$, useContext } from "@builder.io/qwik";
import { areaName } from "../../twin/words/area-names.ts";
import { DeskContext, DeskSessionContext } from "../desk-state.ts";
import { alertName } from "../i18n/alert-names.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { DICTIONARIES, type Lang } from "../i18n/dictionary.ts";
import { bannerShortName, caseState, officeShortName, quantity, roleName } from "../i18n/enum-labels.ts";
import { elapsed, momentText } from "../i18n/wall-time.ts";
import { type DeskRow, hasRunOut, isOverdue } from "../live/desk-book.ts";
import { PageContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";

interface Props {
  readonly row: DeskRow;
  readonly place: number;
}

export const DeskRowLine = component$<Props>(({ row, place }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const { work, alert } = row;
  const { now } = desk;
  const open = session.value;
  const isGone = open !== undefined && !open.window.stillFits(row, open.reader);
  const isMarked = desk.version >= 0 && open?.marked.has(work.case) === true;
  const classes = [
    `desk-row state-${work.level}`,
    desk.cursor === place ? "current" : "",
    desk.opened === work.case ? "opened" : "",
    isGone ? "gone" : "",
    isMarked ? "marked" : "",
  ];
  return (
    <tr class={classes} aria-rowindex={place + 2} data-case={work.case} title={isGone ? t.over : ""}>
      <td class="c-mark">
        <input
          type="checkbox"
          aria-label={`${t.mark} ${work.case}`}
          checked={isMarked}
          onChange$={(_, { checked }) => {
            if (checked) session.value?.marked.add(work.case);
            else session.value?.marked.delete(work.case);
            desk.version++;
          }}
        />
      </td>
      <td class="c-level">
        <Glyph state={work.level} /> {work.level}
      </td>
      <td class="c-code">
        <button
          type="button"
          class="open"
          aria-current={desk.opened === work.case ? "true" : undefined}
          onClick$={() => {
            desk.cursor = place;
            desk.opened = work.case;
          }}
        >
          <span class="mono">{work.code}</span> {alert?.title[page.lang] ?? alertName(work.code, page.lang)}
          {alert?.value != null && <b>{quantity(alert.value, page.lang)}</b>}
          {work.exercise && <em class="tag">{DICTIONARIES[page.lang].exercise}</em>}
        </button>
      </td>
      <td class="c-kitchen">{whereText(row, page.lang)}</td>
      <td class="c-place">
        {row.place.banner !== null && bannerShortName(row.place.banner, page.lang)}
        {row.place.office !== null && <small>{officeShortName(row.place.office, page.lang)}</small>}
      </td>
      <td class="c-since">
        <time dateTime={row.since} title={momentText(row.since, now)}>
          {elapsed(row.since, now, page.lang)}
        </time>
      </td>
      <DueCell row={row} now={now} />
      <td class="c-state">{caseState(work.state, page.lang)}</td>
      <td class="c-owner">{work.owner === null ? "" : roleName(work.owner, page.lang)}</td>
    </tr>
  );
});

const DueCell = component$<{ row: DeskRow; now: number }>(({ row, now }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const { due, dueProvisional } = row.work;
  if (hasRunOut(row.work)) return <td class="c-due overdue">{t.ranOut}</td>;
  if (due === null) return <td class="c-due faint">{t.noDue}</td>;
  const over = isOverdue(row.work, now);
  return (
    <td class={`c-due ${over ? "overdue" : ""}`}>
      <time
        dateTime={due}
        title={dueProvisional ? `${momentText(due, now)} · ${t.provisional}` : momentText(due, now)}
      >
        {dueText(due, now, page.lang)}
        {dueProvisional && "*"}
      </time>
    </td>
  );
});

/** How long is left, or for how long it has been over. */
export function dueText(due: string, now: number, lang: Lang): string {
  if (!Number.isFinite(now)) return momentText(due, now);
  const at = Date.parse(due);
  const t = DESK_WORDS[lang];
  if (at < now) return t.overdueBy(elapsed(due, now, lang));
  return t.left(elapsed(new Date(now).toISOString(), at, lang));
}

/** The kitchen's name, or the area's. */
export function whereText({ place, work }: DeskRow, lang: Lang): string {
  if (place.name !== "") return place.name;
  if (work.asset === null) return work.kitchen ?? "";
  const area = areaName(work.asset)[lang];
  return area.charAt(0).toUpperCase() + area.slice(1);
}
