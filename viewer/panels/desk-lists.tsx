/** The red and black lists: one a banner, its entries with their grounds, how far it is, and what one may do with it. */
import { $, component$, type QRL, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { bannerName, TYPE_LABELS } from "../i18n/enum-labels.ts";
import { groundName } from "../i18n/list-words.ts";
import { momentText } from "../i18n/wall-time.ts";
import { getLists } from "../live/api.ts";
import { entryActsOf, listActsOf, listRolesOf } from "../live/list-acts.ts";
import type { ListedKitchen, MonthlyList } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { ListActions, type ListChance } from "./list-actions.tsx";

export const DeskLists = component$<{ colour: "red" | "black" }>(({ colour }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const lists = useSignal<readonly MonthlyList[] | null>(null);
  const failure = useSignal<string | null>(null);
  const read = $(async () => {
    try {
      lists.value = (await getLists(colour)).items;
      failure.value = null;
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    }
  });
  useTask$(({ track }) => {
    track(() => colour);
    if (track(() => page.opened) && typeof window !== "undefined") return read();
  });
  const all = lists.value ?? [];
  return (
    <section class="desk-lists panel" aria-label={colour === "red" ? t.redList : t.blackList}>
      {failure.value !== null && (
        <p class="empty" role="alert">
          {t.listsFailed}
          {failure.value}
          <button type="button" class="link" onClick$={read}>
            {t.retry}
          </button>
        </p>
      )}
      {failure.value === null && lists.value === null && <p class="empty">{t.reading}</p>}
      {failure.value === null && lists.value?.length === 0 && <p class="empty">{t.listsNone}</p>}
      {all.map((list) => (
        <OneList
          key={list.list}
          list={list}
          onDone$={(after) => {
            lists.value = all.map((one) => (one.list === after.list ? after : one));
          }}
        />
      ))}
    </section>
  );
});

interface ListProps {
  readonly list: MonthlyList;
  readonly onDone$: QRL<(after: MonthlyList) => void>;
}

const OneList = component$<ListProps>(({ list, onDone$ }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const chances = listRolesOf(page.who).flatMap((role) =>
    listActsOf(list, role, now).map((act) => ({ act, role })),
  );
  return (
    <article class={`monthly list-${list.colour}`}>
      <header>
        <h2>
          {bannerName(list.banner, page.lang)} <span class="mono">{list.month}</span>
        </h2>
        <span class="tag">{t.listState[list.state]}</span>
        <span class="faint">{t.entries(list.entries.length)}</span>
        {list.appealUntil !== null && list.state === "notified" && (
          <span class="faint">{t.appealUntil(momentText(list.appealUntil, now))}</span>
        )}
        {list.publishedAt !== null && (
          <span class="faint">{t.publishedAt(momentText(list.publishedAt, now))}</span>
        )}
      </header>
      <ListActions list={list.list} kitchen={null} chances={chances} onDone$={onDone$} />
      {list.entries.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t.kitchen}</th>
              <th scope="col">{t.index}</th>
              <th scope="col">{t.ground}</th>
              <th scope="col">{t.state}</th>
            </tr>
          </thead>
          <tbody>
            {list.entries.map((entry) => (
              <EntryLine key={entry.kitchen} list={list} entry={entry} onDone$={onDone$} />
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
});

const EntryLine = component$<ListProps & { readonly entry: ListedKitchen }>(({ list, entry, onDone$ }) => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const now = page.picture?.time ?? Number.NaN;
  const chances = listRolesOf(page.who).flatMap((role) =>
    entryActsOf(list, entry, role, now).map((act) => ({ act, role })),
  );
  return (
    <tr class={`standing-${entry.standing}`}>
      <td>
        <b>{entry.name}</b> <small>{TYPE_LABELS[entry.type][page.lang]}</small>
      </td>
      <td>{entry.index === null ? "—" : entry.index.toFixed(1)}</td>
      <td>
        {groundName(entry.ground, page.lang)}
        {entry.cases.map((id) => (
          <a key={id} class="link mono" href={`/desk/?case=${encodeURIComponent(id)}`}>
            {id}
          </a>
        ))}
      </td>
      <td>
        <span class="tag">{t.standing[entry.standing]}</span>
        {entry.reason !== null && <p class="faint">{entry.reason}</p>}
        <ListActions
          list={list.list}
          kitchen={entry.kitchen}
          chances={uniqueActs(chances)}
          onDone$={onDone$}
        />
      </td>
    </tr>
  );
});

/** An act that several roles may do stands once. */
function uniqueActs(chances: readonly ListChance[]): ListChance[] {
  return chances.filter(({ act }, i) => chances.findIndex((one) => one.act === act) === i);
}
