/** The docket: rows of one height, of which only those in sight exist. */
import {
  $,
  component$,
  type Signal,
  useContext,
  useSignal,
  useTask$,
  useVisibleTask$,
} from "@builder.io/qwik";
import { DeskContext, DeskSessionContext } from "../desk-state.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import type { SortKey } from "../live/desk-filter.ts";
import { DESK_ROW_PX, type DeskView } from "../live/desk-window.ts";
import { PageContext } from "../page-state.ts";
import { DeskEmpty } from "./desk-empty.tsx";
import { DeskRowLine } from "./desk-row.tsx";

export const DeskList = component$<{ view: Signal<DeskView> }>(({ view }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const scroller = useSignal<HTMLElement>();

  const refresh = $(() => {
    const [open, box] = [session.value, scroller.value];
    if (open !== undefined)
      view.value = open.window.view(box?.scrollTop ?? 0, box?.clientHeight ?? 800, open.reader);
  });
  useTask$(({ track }) => {
    track(() => desk.listings);
    const filter = track(() => desk.filter);
    const open = session.value;
    if (open === undefined) return;
    open.window.show(filter, open.reader);
    desk.cursor = desk.opened === null ? -1 : open.window.order.indexOf(desk.opened);
    if (scroller.value !== undefined) scroller.value.scrollTop = 0;
    return refresh();
  });
  useTask$(({ track }) => {
    track(() => desk.version);
    return refresh();
  });
  useVisibleTask$(({ track }) => {
    const [at, box] = [track(() => desk.cursor), scroller.value];
    if (at < 0 || box === undefined) return;
    const head = box.querySelector("thead")?.clientHeight ?? 0;
    const top = at * DESK_ROW_PX;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + DESK_ROW_PX + head > box.scrollTop + box.clientHeight)
      box.scrollTop = top + DESK_ROW_PX + head - box.clientHeight;
  });

  const { rows, first, total, fresh } = view.value;
  const below = Math.max(0, total - first - rows.length);
  return (
    <section class="desk-docket panel" aria-label={t.docket}>
      {fresh > 0 && (
        <button
          type="button"
          class="desk-fresh"
          onClick$={() => {
            desk.listings++;
          }}
        >
          {t.fresh(fresh)}
        </button>
      )}
      <div class="desk-scroll" ref={scroller} onScroll$={refresh}>
        <table aria-rowcount={total + 1} aria-label={t.docket}>
          <DeskHead />
          <tbody>
            {first > 0 && <tr class="gap" style={{ height: `${first * DESK_ROW_PX}px` }} />}
            {rows.map((row, i) => (
              <DeskRowLine key={row.work.case} row={row} place={first + i} />
            ))}
            {below > 0 && <tr class="gap" style={{ height: `${below * DESK_ROW_PX}px` }} />}
          </tbody>
        </table>
        {total === 0 && <DeskEmpty />}
      </div>
    </section>
  );
});

const COLUMNS: readonly (readonly [
  SortKey,
  "level" | "what" | "kitchen" | "place" | "since" | "due" | "state" | "owner",
])[] = [
  ["level", "level"],
  ["code", "what"],
  ["kitchen", "kitchen"],
  ["place", "place"],
  ["since", "since"],
  ["due", "due"],
  ["state", "state"],
  ["owner", "owner"],
];

const DeskHead = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const { sort, reversed } = desk.filter;
  const markAll = $((_: Event, { checked }: HTMLInputElement) => {
    const open = session.value;
    if (open === undefined) return;
    open.marked.clear();
    if (checked) for (const id of open.window.order) open.marked.add(id);
    desk.version++;
  });
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" class="c-mark">
          <input type="checkbox" aria-label={t.markAll} title={t.markAll} onChange$={markAll} />
        </th>
        {COLUMNS.map(([key, name]) => (
          <th
            key={key}
            scope="col"
            class={`c-${key}`}
            aria-sort={sort !== key ? "none" : reversed ? "descending" : "ascending"}
          >
            <button
              type="button"
              class="sorter"
              onClick$={() => {
                desk.filter = { ...desk.filter, sort: key, reversed: sort === key && !reversed };
              }}
            >
              {t[name]}
              {sort === key && <i aria-hidden="true">{reversed ? "▾" : "▴"}</i>}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
});
