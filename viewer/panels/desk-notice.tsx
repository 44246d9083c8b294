/** Says what is missing on the desk: the connection, or the city. */
import { component$, useContext } from "@builder.io/qwik";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { PageContext } from "../page-state.ts";

export const DeskNotice = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { picture } = page;
  if (!page.opened && !page.signIn)
    return (
      <p class="desk-notice" role="status">
        {page.failure === null ? DESK_WORDS[page.lang].reading : `${t.failed}${page.failure}`}
      </p>
    );
  if (picture?.status !== "lost" && picture?.status !== "stale") return null;
  return (
    <p class="desk-notice stale-now" role="alert">
      {picture.status === "lost" ? t.lost : ""} {t.staleBanner(Math.floor(picture.ageS))}
    </p>
  );
});
