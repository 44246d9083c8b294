/** In a narrow window: what fills it, the map, the city in numbers or the alerts. */
import { component$, useContext } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { PageContext } from "../page-state.ts";
import { Icon } from "./icon.tsx";

export const SheetTabs = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const urgent = (page.picture?.openAlerts.L1 ?? 0) + (page.picture?.openAlerts.L2 ?? 0);
  const tabs = [
    ["map", "pin", t.tabMap],
    ["city", "home", t.tabCity],
    ["alerts", "bell", t.tabAlerts],
  ] as const;
  return (
    <nav class="sheet-tabs panel">
      {tabs.map(([sheet, icon, name]) => (
        <button
          key={sheet}
          type="button"
          aria-pressed={page.sheet === sheet}
          onClick$={() => {
            page.sheet = sheet;
          }}
        >
          <Icon name={icon} />
          {name}
          {sheet === "alerts" && urgent > 0 && <b>{urgent}</b>}
        </button>
      ))}
    </nav>
  );
});
