/** The keys of the desk. */
import { component$, useContext } from "@builder.io/qwik";
import { commandName } from "../i18n/case-words.ts";
import { DESK_WORDS } from "../i18n/desk-words.ts";
import { ACT_KEYS } from "../live/case-acts.ts";
import { PageContext } from "../page-state.ts";
import { HelpFrame } from "./help-frame.tsx";

export const DeskKeysDialog = component$(() => {
  const page = useContext(PageContext);
  const t = DESK_WORDS[page.lang];
  const keys = [
    ["J  K", t.keyMove],
    ["Enter", t.keyOpen],
    ["X", t.keyMark],
    ["N", t.keyFresh],
    ["/", t.keySearch],
    ["U", t.keyUndo],
    ["P", t.keyPrint],
    ["Esc", t.keyClose],
  ] as const;
  const acts = Object.entries(ACT_KEYS).map(
    ([command, key]) => [key.toUpperCase(), commandName(command, page.lang)] as const,
  );
  return (
    <HelpFrame titleId="keys-title">
      <h2 id="keys-title">{t.keys}</h2>
      <KeyTable keys={keys} />
      <h3>{t.keysActs}</h3>
      <KeyTable keys={acts} />
    </HelpFrame>
  );
});

const KeyTable = component$<{ keys: readonly (readonly [key: string, meaning: string])[] }>(({ keys }) => (
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
));
