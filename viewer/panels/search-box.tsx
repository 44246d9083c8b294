/** Finds kitchens by name, code or id; Enter or a click flies there. */
import { $, component$, type QRL, useContext, useSignal } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { bannerName, TYPE_LABELS } from "../i18n/enum-labels.ts";
import { findKitchens } from "../live/api.ts";
import type { CityState } from "../live/city-state.ts";
import { looksLikeCode, searchKitchens } from "../live/kitchen-search.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";

const FOUND_MAX = 8;

/** Indices of the kitchens whose licence code the server finds; `null` if it cannot be asked. */
async function findByCode(city: CityState, code: string): Promise<number[] | null> {
  try {
    const { items } = await findKitchens(code.trim());
    return items
      .map(({ id }) => city.indexOf(id))
      .filter((index) => city.isInside(index))
      .slice(0, FOUND_MAX);
  } catch (error) {
    console.warn("search failed", error);
    return null;
  }
}

export const SearchBox = component$(() => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const text = useSignal("");
  const found = useSignal<number[]>([]);
  const chosen = useSignal(0);
  const open = useSignal(false);
  const failed = useSignal(false);

  const find = $(async (wanted: string) => {
    text.value = wanted;
    open.value = wanted.trim() !== "";
    chosen.value = 0;
    failed.value = false;
    const city = session.value?.city;
    if (city === undefined) return;
    found.value = searchKitchens(city, wanted, FOUND_MAX);
    if (found.value.length > 0 || !looksLikeCode(wanted)) return;
    const byCode = await findByCode(city, wanted);
    if (text.value !== wanted) return;
    failed.value = byCode === null;
    found.value = byCode ?? [];
  });
  const go = $((index: number | undefined) => {
    const id = index === undefined ? undefined : session.value?.city.ids[index];
    if (index === undefined || id === undefined) return;
    open.value = false;
    page.selected = id;
    session.value?.globe?.flyToKitchen(index);
  });
  const press = $((event: KeyboardEvent, input: HTMLInputElement) => {
    if (event.key === "ArrowDown") chosen.value = Math.min(found.value.length - 1, chosen.value + 1);
    else if (event.key === "ArrowUp") chosen.value = Math.max(0, chosen.value - 1);
    else if (event.key === "Enter" || event.key === "Escape") {
      if (event.key === "Enter") go(found.value[chosen.value]);
      open.value = false;
      input.blur();
    }
  });
  return (
    <div class="search">
      <Icon name="search" />
      <input
        id="search"
        type="search"
        role="combobox"
        aria-label={t.search}
        aria-expanded={open.value}
        aria-controls="search-results"
        aria-activedescendant={open.value ? `found-${chosen.value}` : undefined}
        placeholder={t.search}
        autocomplete="off"
        value={text.value}
        onInput$={(_, input) => find(input.value)}
        onFocus$={() => {
          open.value = text.value.trim() !== "";
        }}
        onBlur$={() => (open.value = false)}
        onKeyDown$={press}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
      {open.value && <Results found={found.value} chosen={chosen.value} failed={failed.value} onGo$={go} />}
    </div>
  );
});

interface ResultsProps {
  /** Indices of kitchens. */
  readonly found: readonly number[];
  readonly chosen: number;
  readonly failed: boolean;
  readonly onGo$: QRL<(index: number) => void>;
}

const Results = component$<ResultsProps>(({ found, chosen, failed, onGo$ }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const city = session.value?.city;
  if (city === undefined) return null;
  return (
    <div id="search-results" class="panel results" role="listbox" aria-label={t.search}>
      {found.map((index, i) => (
        <div
          key={index}
          id={`found-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          preventdefault:mousedown
          onClick$={() => onGo$(index)}
        >
          <Glyph state={city.stateOf(index)} />
          <span class="name">{city.names[index]}</span>
          <small>
            {bannerName(city.banners[index] ?? "", page.lang)} ·{" "}
            {TYPE_LABELS[city.types[index] ?? "small"][page.lang]} · {city.ids[index]}
          </small>
        </div>
      ))}
      {found.length === 0 && <p class="empty">{failed ? t.searchFailed : t.searchEmpty}</p>}
    </div>
  );
});
