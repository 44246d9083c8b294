/** Top of a page: what this is, the city's clock and how fresh it is, what the page puts there, language, theme, help. */
import { $, component$, Slot, useContext } from "@builder.io/qwik";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { clockTime, dateWithWeekday } from "../i18n/wall-time.ts";
import { PageContext, SessionContext } from "../page-state.ts";
import { AccountButton } from "./account-button.tsx";
import { Icon } from "./icon.tsx";

/** Pages that link to each other. */
export type PageLink = "city" | "desk";

interface Props {
  /** The page that one goes to from here. */
  readonly link: PageLink;
}

export const HeaderBar = component$<Props>(({ link }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  return (
    <header class="header panel">
      <a class="brand" href="/" aria-label={t.product}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path class="hearth" d="M16 2.5l11.7 6.75v13.5L16 29.5 4.3 22.75V9.25z" />
          <path
            class="flame"
            d="M16.4 7.6c.5 3.4 4.9 5.3 4.9 10a5.3 5.3 0 0 1-10.6 0c0-2.3 1.3-3.7 2.2-5 .3 1.3.8 2 1.7 2.5-.2-3 .4-5.4 1.8-7.5z"
          />
        </svg>
        <span class="names">
          <strong>{t.product}</strong>
          <small>{t.tagline}</small>
        </span>
      </a>
      <CityClock />
      <Slot />
      <Tools link={link} />
    </header>
  );
});

/** The city's time, and how fresh it is. */
const CityClock = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { picture } = page;
  const status = picture?.status ?? "connecting";
  const time = picture?.time ?? Number.NaN;
  return (
    <div class="clock" role="timer" aria-live="off">
      <time class="hands">{clockTime(time)}</time>
      <span class="date">{dateWithWeekday(time, page.lang)}</span>
      <span class={`feed feed-${status}`} role="status">
        <i aria-hidden="true" />
        {{ live: t.live, connecting: t.connecting, stale: t.stale, lost: t.lost }[status]}
        {status === "live" && <span class="age">{t.age(Math.floor(picture?.ageS ?? 0))}</span>}
      </span>
    </div>
  );
});

const Tools = component$<Props>(({ link }) => {
  const page = useContext(PageContext);
  const session = useContext(SessionContext);
  const t = DICTIONARIES[page.lang];
  const themeWords = page.theme === "night" ? t.toDay : t.toNight;
  const switchLang = $(() => {
    page.lang = page.lang === "zh" ? "en" : "zh";
    localStorage.setItem("lang", page.lang);
    document.documentElement.lang = page.lang === "zh" ? "zh-CN" : "en";
    session.value?.setLang(page.lang);
  });
  const switchTheme = $(() => {
    page.theme = page.theme === "night" ? "day" : "night";
    localStorage.setItem("theme", page.theme);
    document.documentElement.dataset.theme = page.theme;
    session.value?.globe?.setTheme(page.theme);
  });
  const showHelp = $(() => {
    page.help = true;
  });
  return (
    <nav class="tools">
      <a class="page-link" href={link === "desk" ? "/desk/" : "/"}>
        <Icon name={link === "desk" ? "desk" : "city"} />
        {link === "desk" ? DESK_WORDS[page.lang].toDesk : DESK_WORDS[page.lang].toCity}
      </a>
      <AccountButton />
      <button type="button" class="text" lang={page.lang === "zh" ? "en" : "zh"} onClick$={switchLang}>
        {t.language}
      </button>
      <button type="button" id="theme" aria-label={themeWords} title={themeWords} onClick$={switchTheme}>
        <Icon name={page.theme === "night" ? "sun" : "moon"} />
      </button>
      <button type="button" aria-label={t.help} title={t.help} onClick$={showHelp}>
        <Icon name="help" />
      </button>
    </nav>
  );
});
