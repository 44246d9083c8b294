/** A person's command as the desk takes it. */
import type { CaseCommand } from "../twin/case.ts";
import type { InputData } from "../twin/events/catalogue.ts";

/** `source` names who acts where the command does not. */
export function commandOf(
  data: Omit<InputData<"warmcity.case.command">, "case">,
  source: string,
): CaseCommand {
  return {
    type: "command",
    command: data.command,
    role: data.role,
    actor: data.actor ?? source,
    reason: data.reason ?? null,
    evidence: data.evidence ?? [],
    decision: data.decision ?? null,
    inspectors: data.inspectors ?? null,
  };
}
