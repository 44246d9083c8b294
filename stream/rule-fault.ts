/** What is told of a rule that threw: which rule, at what, and why; a `warmcity.deadletter` that is the same in any replay. */
import { formatTime } from "../twin/kernel/time.ts";
import { type Output, type OutputOf, outputId } from "./output.ts";
import { ruleName } from "./rules/rule.ts";
import type { RuleInput } from "./rules/rule-input.ts";

/** What the rule was at work on: an input, a timer by its key, or the beginning of time. */
export type FaultyWork =
  | RuleInput
  | { readonly kind: "timer"; readonly key: string }
  | { readonly kind: "begin" };

/** `place` = the kitchen's id; `null` in the second stage. `now` is event time, ms since epoch. */
export function ruleFault(
  rule: { readonly code: string; readonly version: number },
  place: string | null,
  work: FaultyWork,
  now: number,
  thrown: unknown,
): OutputOf<"warmcity.deadletter"> {
  const name = ruleName(rule);
  const reason = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const about = { rule: name, kitchen: place, ...identityOf(work), time: formatTime(now) };
  const payload = JSON.stringify(about);
  return {
    type: "warmcity.deadletter",
    id: outputId("warmcity.deadletter", payload),
    time: now,
    subject: place,
    data: { reasons: [{ pointer: "", reason: `rule ${name} failed: ${reason}` }], payload },
  };
}

function identityOf(work: FaultyWork): Record<string, string | number | null> {
  if (work.kind === "timer") return { kind: "timer", key: work.key };
  if (work.kind !== "event") return { kind: work.kind, device: "device" in work ? work.device : null };
  const { type, source, id, boot, sequence } = work.event;
  return { kind: type, source, id, boot, sequence };
}

/** Says each kind of fault once, in a line: a rule that throws at every event must not flood the host. */
export function faultReporter(report: (line: string) => void) {
  const said = new Set<string>();
  return (published: readonly { readonly output: Output }[]): void => {
    for (const { output } of published) {
      if (output.type !== "warmcity.deadletter") continue;
      const reason = output.data.reasons.map((one) => one.reason).join("; ");
      if (said.has(reason)) continue;
      said.add(reason);
      report(`contained: ${reason}, at ${output.data.payload}`);
    }
  };
}
