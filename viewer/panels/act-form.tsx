/** What a command must bring, and the click that means it. */
import { $, component$, type QRL, useContext, useSignal, useVisibleTask$ } from "@builder.io/qwik";
import { commandName } from "../i18n/case-words.ts";
import { DICTIONARIES } from "../i18n/dictionary.ts";
import { formOf } from "../live/case-acts.ts";
import type { CaseCommand, CaseOrder, Role } from "../live/wire-types.ts";
import { PageContext } from "../page-state.ts";

interface Props {
  readonly command: CaseCommand;
  readonly role: Role;
  readonly busy: boolean;
  readonly onAct$: QRL<(order: CaseOrder) => void>;
  readonly onCancel$: QRL<() => void>;
}

const REASON_MAX = 1_000;

export const ActForm = component$<Props>(({ command, role, busy, onAct$, onCancel$ }) => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  const form = useSignal<HTMLFormElement>();
  const { reason, evidence, decision, inspectors } = formOf(command);
  useVisibleTask$(() => {
    form.value?.querySelector<HTMLElement>("textarea, input, select, button")?.focus();
  });
  const submit = $((_: Event, filled: HTMLFormElement) =>
    onAct$(orderOf(command, role, new FormData(filled))),
  );
  return (
    <form
      class="act"
      ref={form}
      aria-label={commandName(command, page.lang)}
      preventdefault:submit
      onSubmit$={submit}
      onKeyDown$={(event) => {
        if (event.key === "Escape") return onCancel$();
      }}
    >
      {decision && <DecisionFields />}
      {reason !== "none" && (
        <label>
          {reason === "needed" ? t.reasonNeeded : t.reason}
          <textarea name="reason" rows={2} maxLength={REASON_MAX} required={reason === "needed"} />
        </label>
      )}
      {evidence !== "none" && (
        <label>
          {evidence === "needed" ? t.evidenceNeeded : t.evidenceLabel}
          <input name="evidence" type="text" maxLength={256} required={evidence === "needed"} />
        </label>
      )}
      {inspectors && (
        <label>
          {t.inspectors}
          <input name="inspectors" type="text" maxLength={200} />
        </label>
      )}
      <p class="faint">{t.forGood}</p>
      <p class="buttons">
        <button type="submit" class="main" disabled={busy}>
          {busy ? t.acting : t.sure(commandName(command, page.lang))}
        </button>
        <button type="button" onClick$={onCancel$}>
          {t.cancel}
        </button>
      </p>
    </form>
  );
});

const DecisionFields = component$(() => {
  const page = useContext(PageContext);
  const t = DICTIONARIES[page.lang];
  return (
    <div class="two">
      <label>
        {t.decision}
        <select name="decision">
          <option value="penalty">{t.penalty}</option>
          <option value="warning">{t.warning}</option>
          <option value="none">{t.noPenalty}</option>
        </select>
      </label>
      <label>
        {t.fine}
        <input name="fine" type="number" min="0" step="1" />
      </label>
    </div>
  );
});

function orderOf(command: CaseCommand, role: Role, filled: FormData): CaseOrder {
  const said = (name: string) => String(filled.get(name) ?? "").trim();
  const kind = (["penalty", "warning", "none"] as const).find((one) => one === said("decision"));
  const fine = said("fine");
  const inspectors = said("inspectors")
    .split(/[,，、;；]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return {
    command,
    role,
    ...(said("reason") === "" ? {} : { reason: said("reason") }),
    ...(said("evidence") === "" ? {} : { evidence: [said("evidence")] }),
    ...(inspectors.length === 0 ? {} : { inspectors }),
    ...(kind === undefined
      ? {}
      : { decision: { kind, ...(fine === "" || kind !== "penalty" ? {} : { fine: Number(fine) }) } }),
  };
}
