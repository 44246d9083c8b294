/** The views of the desk: the docket, the red list, the black list. */
import { component$, useContext } from "@builder.io/qwik";
import { DeskContext } from "../desk-state.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { PageContext } from "../page-state.ts";

export const DeskTabs = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const t = DESK_WORDS[page.lang];
  const tabs = [
    ["cases", t.docket],
    ["red", t.redList],
    ["black", t.blackList],
  ] as const;
  return (
    <nav class="desk-tabs" aria-label={t.views}>
      {tabs.map(([tab, name]) => (
        <button
          key={tab}
          type="button"
          aria-pressed={desk.tab === tab}
          onClick$={() => {
            desk.tab = tab;
          }}
        >
          {name}
        </button>
      ))}
    </nav>
  );
});
