/** Filters that somebody named, kept in this browser. */
import { $, component$, useContext, useSignal, useVisibleTask$ } from "@builder.io/qwik";
import { DeskContext } from "../desk-state.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { filterOf, queryOf } from "../live/desk-filter.ts";
import { PageContext } from "../page-state.ts";
import { Icon } from "./icon.tsx";

const KEY = "desk-filters";
const NAME_MAX = 40;
type Saved = Readonly<Record<string, string>>;

function readSaved(): Saved {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).map(([name, query]) => [name, String(query)]));
  } catch (error) {
    console.warn("saved filters could not be read", error);
    return {};
  }
}

export const SavedFilters = component$(() => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const t = DESK_WORDS[page.lang];
  const saved = useSignal<Saved>({});
  useVisibleTask$(() => {
    saved.value = readSaved();
  });
  const keep = $((next: Saved) => {
    saved.value = next;
    localStorage.setItem(KEY, JSON.stringify(next));
  });
  const save = $((_: Event, form: HTMLFormElement) => {
    const name = String(new FormData(form).get("name") ?? "").trim();
    form.reset();
    if (name !== "") return keep({ ...saved.value, [name]: queryOf(desk.filter).toString() });
  });
  return (
    <details class="saved-filters">
      <summary>{t.saved}</summary>
      <div class="panel">
        {Object.keys(saved.value).length === 0 && <p class="faint">{t.noSaved}</p>}
        <ul>
          {Object.entries(saved.value).map(([name, query]) => (
            <li key={name}>
              <button
                type="button"
                class="link"
                onClick$={() => {
                  desk.filter = filterOf(new URLSearchParams(query));
                }}
              >
                {name}
              </button>
              <button
                type="button"
                aria-label={`${t.forget} ${name}`}
                onClick$={() => {
                  const { [name]: _, ...rest } = saved.value;
                  return keep(rest);
                }}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
        <form preventdefault:submit onSubmit$={save}>
          <input name="name" maxLength={NAME_MAX} aria-label={t.saveName} placeholder={t.saveName} required />
          <button type="submit" class="save">
            {t.save}
          </button>
        </form>
      </div>
    </details>
  );
});
