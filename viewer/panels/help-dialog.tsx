import { component$, useContext } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { STATE_LABELS } from "../i18n/enum-labels.ts";
import { PageContext } from "../page-state.ts";
import { WORST_FIRST } from "../palette.ts";
import { Glyph } from "./glyph.tsx";
import { HelpFrame } from "./help-frame.tsx";

/** Keys, signs and sources. */
export const HelpDialog = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const keys = [
    ["/", t.keySearch],
    ["J  K", t.keyNext],
    ["Enter", t.keyEnter],
    ["H", t.keyHome],
    ["T", t.keyTheme],
    ["Esc", t.keyEscape],
    ["?", t.keyHelp],
  ] as const;
  return (
    <HelpFrame titleId="help-title">
      <h2 id="help-title">{t.helpTitle}</h2>
      <p>{t.helpMouse}</p>
      <h3>{t.helpKeys}</h3>
      <dl class="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>{t.legend}</h3>
      <p>{t.helpLevels}</p>
      <ul class="signs">
        {WORST_FIRST.map((state) => (
          <li key={state}>
            <Glyph state={state} /> {STATE_LABELS[state][page.lang]}
          </li>
        ))}
      </ul>
      <h3>{t.helpAbout}</h3>
      <p class="small">{t.helpSources}</p>
    </HelpFrame>
  );
});
