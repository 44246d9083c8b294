/** What one may do about a case: a button a command, then its form, then a second click that means it. */
import { $, component$, type QRL, type Signal, useContext, useSignal } from "@builder.io/qwik";
import { caseSentence } from "../i18n/case-sentences.ts";
import { commandName } from "../i18n/case-words.ts";
import { DICTIONARIES, type Lang } from "../i18n/dictionary.ts";
import { caseState, roleName } from "../i18n/enum-labels.ts";
import { ApiError, commandCase } from "../live/api.ts";
import { ACT_KEYS, actsOf, rolesOf } from "../live/case-acts.ts";
import type { CaseCommand, CaseOrder, CaseView, Role } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";
import { ActForm } from "./act-form.tsx";

interface Props {
  readonly work: CaseView;
  /** The letters of the desk stand on the buttons. */
  readonly keyed?: boolean;
  readonly onDone$: QRL<(after: CaseView) => void>;
}

/** What came of the last command. */
interface Outcome {
  readonly text: string;
  readonly refused: boolean;
}

export const CaseActions = component$<Props>(({ work, keyed = false, onDone$ }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const chosen = useSignal<Role | null>(null);
  const open = useSignal<CaseCommand | null>(null);
  const busy = useSignal(false);
  const outcome = useSignal<Outcome | null>(null);
  const group = useSignal<HTMLFieldSetElement>();
  const roles = rolesOf(page.who, work);
  const role = roles.find((one) => one === chosen.value) ?? roles[0];
  const acts = role === undefined ? [] : actsOf(work, role);

  const act = $(async (order: CaseOrder) => {
    if (busy.value) return;
    busy.value = true;
    try {
      const after = await commandCase(work.case, order);
      outcome.value = { text: doneText(order, after, page.lang), refused: false };
      open.value = null;
      await onDone$(after);
      group.value?.focus();
    } catch (error) {
      outcome.value = { text: refusalText(error, page.lang), refused: true };
    } finally {
      busy.value = false;
    }
  });
  return (
    <fieldset class="acts" tabIndex={-1} ref={group}>
      <legend class="sr">{t.caseWork}</legend>
      {page.who?.role === "admin" && role !== undefined && (
        <RoleChoice roles={roles} role={role} chosen={chosen} />
      )}
      <div class="buttons">
        {acts.map((command) => (
          <ActButton
            key={command}
            command={command}
            letter={keyed ? ACT_KEYS[command] : undefined}
            isOpen={open.value === command}
            onToggle$={() => {
              open.value = open.value === command ? null : command;
              outcome.value = null;
            }}
          />
        ))}
      </div>
      {acts.length === 0 && <p class="faint">{t.noActs}</p>}
      {open.value !== null && role !== undefined && acts.includes(open.value) && (
        <ActForm
          key={`${open.value} ${role}`}
          command={open.value}
          role={role}
          busy={busy.value}
          onAct$={act}
          onCancel$={() => {
            open.value = null;
            group.value?.focus();
          }}
        />
      )}
      <p class={outcome.value?.refused ? "outcome refused" : "outcome"} role="status">
        {outcome.value?.text ?? ""}
      </p>
    </fieldset>
  );
});

interface ButtonProps {
  readonly command: CaseCommand;
  /** The key that presses it. */
  readonly letter: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle$: QRL<() => void>;
}

const ActButton = component$<ButtonProps>(({ command, letter, isOpen, onToggle$ }) => {
  const page = useContext(PageContext);
  return (
    <button
      type="button"
      data-act={command}
      aria-expanded={isOpen}
      aria-keyshortcuts={letter}
      onClick$={onToggle$}
    >
      {commandName(command, page.lang)}
      {letter !== undefined && <kbd>{letter}</kbd>}
    </button>
  );
});

function doneText({ command }: CaseOrder, { state }: CaseView, lang: Lang): string {
  return DICTIONARIES[lang].done(commandName(command, lang), caseState(state, lang));
}

/** Why a command was not obeyed, and what may be done instead. */
export function refusalText(error: unknown, lang: Lang): string {
  const t = DICTIONARIES[lang];
  const why = t.refused(caseSentence(error instanceof Error ? error.message : String(error), lang));
  if (!(error instanceof ApiError) || error.status !== 409) return why;
  const acts = error.allowed.map((command) => commandName(command, lang));
  const rest = acts.length === 0 ? t.nothingAllowed : t.nowAllowed(acts.join(lang === "zh" ? "、" : ", "));
  return `${why}${lang === "zh" ? "。" : ". "}${rest}`;
}

interface RoleChoiceProps {
  readonly roles: readonly Role[];
  readonly role: Role;
  readonly chosen: Signal<Role | null>;
}

/** Who runs the machine says for whom it acts. */
const RoleChoice = component$<RoleChoiceProps>(({ roles, role, chosen }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  return (
    <label class="act-as">
      {t.actAs}
      <select
        onChange$={(_, { value }) => {
          chosen.value = roles.find((one) => one === value) ?? null;
        }}
      >
        {roles.map((one) => (
          <option key={one} value={one} selected={one === role}>
            {roleName(one, page.lang)}
          </option>
        ))}
      </select>
    </label>
  );
});
