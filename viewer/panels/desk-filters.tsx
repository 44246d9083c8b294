/** What the docket shows: levels with their numbers, banner, office, code, state, whose turn, what is over, a text. */
import { component$, type Signal, useContext } from "@builder.io/qwik";
import { banners, offices } from "../../twin/city/geography.ts";
import { DeskContext } from "../desk-state.ts";
import { alertName } from "../i18n/alert-names.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { bannerShortName, caseState, LEVEL_WORDS, officeName } from "../i18n/enum-labels.ts";
import { ALL, LEVELS, OPEN_STATES, queryOf } from "../live/desk-filter.ts";
import type { DeskView } from "../live/desk-window.ts";
import { isOwnBanner, PageContext } from "../page-state.ts";
import { DeskChoice } from "./desk-choice.tsx";
import { Glyph } from "./glyph.tsx";
import { SavedFilters } from "./saved-filters.tsx";

export const DeskFilters = component$<{ view: Signal<DeskView> }>(({ view }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const t = DESK_WORDS[page.lang];
  const { filter } = desk;
  return (
    <search class="desk-filters panel">
      <LevelChoice view={view} />
      <BannerAndOffice view={view} />
      <DeskChoice
        field="code"
        choices={view.value.codes.map((code) => [code, `${code} ${alertName(code, page.lang)}`])}
      />
      <DeskChoice field="state" choices={OPEN_STATES.map((state) => [state, caseState(state, page.lang)])} />
      <Flags view={view} />
      <input
        id="desk-search"
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={filter.text}
        onInput$={(_, { value }) => {
          desk.filter = { ...desk.filter, text: value };
        }}
      />
      {queryOf(filter).size > 0 && (
        <button
          type="button"
          class="link"
          onClick$={() => {
            desk.filter = ALL;
          }}
        >
          {t.clear}
        </button>
      )}
      <SavedFilters />
      <span class="desk-total">{t.total(view.value.total)}</span>
    </search>
  );
});

const LevelChoice = component$<{ view: Signal<DeskView> }>(({ view }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const { levels } = desk.filter;
  return (
    <fieldset class="tabs">
      <legend class="sr">{DESK_WORDS[page.lang].level}</legend>
      {LEVELS.map((level) => (
        <button
          key={level}
          type="button"
          class={`state-${level}`}
          aria-pressed={levels.includes(level)}
          title={LEVEL_WORDS[level][page.lang]}
          onClick$={() => {
            const chosen = levels.includes(level)
              ? levels.filter((one) => one !== level)
              : [...levels, level];
            desk.filter = { ...desk.filter, levels: chosen };
          }}
        >
          <Glyph state={level} />
          {level} <span>{view.value.levels[level].toLocaleString("en")}</span>
        </button>
      ))}
    </fieldset>
  );
});

const BannerAndOffice = component$<{ view: Signal<DeskView> }>(({ view }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const { banner } = desk.filter;
  const own = banners.filter(({ code }) => isOwnBanner(page, code));
  const within = offices.filter((one) => one.banner === banner);
  return (
    <>
      {own.length > 1 && (
        <DeskChoice
          field="banner"
          choices={own.map(({ code }) => [
            code,
            `${bannerShortName(code, page.lang)} ${view.value.banners[code] ?? 0}`,
          ])}
        />
      )}
      {within.length > 0 && (
        <DeskChoice field="office" choices={within.map(({ id }) => [id, officeName(id, page.lang)])} />
      )}
    </>
  );
});

const Flags = component$<{ view: Signal<DeskView> }>(({ view }) => {
  const page = useContext(PageContext);
  const desk = useContext(DeskContext);
  const t = DESK_WORDS[page.lang];
  const { mine, overdue } = desk.filter;
  return (
    <>
      {page.who !== null && page.who.role !== "admin" && (
        <button
          type="button"
          class="flag"
          aria-pressed={mine}
          onClick$={() => {
            desk.filter = { ...desk.filter, mine: !mine };
          }}
        >
          {t.mine}
        </button>
      )}
      <button
        type="button"
        class="flag"
        aria-pressed={overdue}
        onClick$={() => {
          desk.filter = { ...desk.filter, overdue: !overdue };
        }}
      >
        {t.overdue} <b>{view.value.overdue}</b>
      </button>
    </>
  );
});
