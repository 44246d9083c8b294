/** Why the docket shows nothing, and what to do. */
import { component$, useContext } from "@builder.io/qwik";
import { DeskContext, DeskSessionContext } from "../desk-state.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { ALL, queryOf } from "../live/desk-filter.ts";
import { PageContext } from "../page-state.ts";

export const DeskEmpty = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const session = useContext(DeskSessionContext);
  const t = DESK_WORDS[page.lang];
  const { sort, reversed } = desk.filter;
  const isAll = queryOf({ ...ALL, sort, reversed }).toString() === queryOf(desk.filter).toString();
  const isRead = desk.version >= 0 && session.value?.isRead === true;
  return (
    <p class="empty" role="status">
      {!isRead ? t.reading : isAll ? t.none : t.noneFits}
      {isRead && !isAll && (
        <button
          type="button"
          class="link"
          onClick$={() => {
            desk.filter = { ...ALL, sort, reversed };
          }}
        >
          {t.clear}
        </button>
      )}
    </p>
  );
});
