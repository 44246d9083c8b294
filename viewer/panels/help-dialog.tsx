import { component$, useContext, useSignal, useTask$ } from "@builder.io/qwik";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { STATE_LABELS } from "../i18n/enum-labels.ts";
import { PageContext } from "../page-state.ts";
import { WORST_FIRST } from "../palette.ts";
import { Glyph } from "./glyph.tsx";
import { Icon } from "./icon.tsx";

/** Keys, signs and sources. */
export const HelpDialog = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const dialog = useSignal<HTMLDialogElement>();
  useTask$(({ track }) => {
    const open = track(() => page.help);
    if (open && dialog.value?.open === false) dialog.value.showModal();
    if (!open && dialog.value?.open) dialog.value.close();
  });
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
    <dialog
      ref={dialog}
      class="dialog panel help"
      aria-labelledby="help-title"
      onClose$={() => {
        page.help = false;
      }}
    >
      <button
        type="button"
        class="close"
        aria-label={t.close}
        onClick$={() => {
          page.help = false;
        }}
      >
        <Icon name="close" />
      </button>
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
    </dialog>
  );
});
