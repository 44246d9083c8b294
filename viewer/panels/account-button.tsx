/** Who is signed in, in which role and for which area; opens the dialog in which that is changed. */
import { component$, useContext } from "@builder.io/qwik";
import { areaText } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { roleName } from "../i18n/enum-labels.ts";
import { PageContext } from "../page-state.ts";
import { Icon } from "./icon.tsx";

export const AccountButton = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const { who } = page;
  if (who === null) return null;
  const [role, area] = [roleName(who.role, page.lang), areaText(who.area, page.lang)];
  return (
    <button
      type="button"
      id="account"
      class="account"
      aria-haspopup="dialog"
      aria-label={`${t.account}: ${who.id}, ${role}, ${area}`}
      title={t.signedInAs(who.id)}
      onClick$={() => {
        page.signIn = true;
      }}
    >
      <Icon name="person" />
      <span>
        {role}
        <small>{area}</small>
      </span>
    </button>
  );
});
