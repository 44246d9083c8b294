/** One of several, or all of them: a field of the filter. */
import { component$, useContext } from "@builder.io/qwik";
import { DeskContext } from "../desk-state.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { OPEN_STATES } from "../live/desk-filter.ts";
import { PageContext } from "../page-state.ts";

interface Props {
  readonly field: "banner" | "office" | "code" | "state";
  readonly choices: readonly (readonly [value: string, name: string])[];
}

/** What all of them are called. */
const ALL_OF = { banner: "allBanners", office: "allOffices", code: "allCodes", state: "allStates" } as const;

export const DeskChoice = component$<Props>(({ field, choices }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const all = DESK_WORDS[page.lang][ALL_OF[field]];
  const chosen = desk.filter[field];
  return (
    <select
      aria-label={all}
      class={chosen === null ? "" : "set"}
      onChange$={(_, { value }) => {
        const filter = { ...desk.filter, ...(field === "banner" ? { office: null } : {}) };
        if (field === "state") filter.state = OPEN_STATES.find((state) => state === value) ?? null;
        else filter[field] = value === "" ? null : value;
        desk.filter = filter;
      }}
    >
      <option value="" selected={chosen === null}>
        {all}
      </option>
      {choices.map(([value, text]) => (
        <option key={value} value={value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  );
});
