/** What the tests of the case share: a moment, a canteen, a case to begin with, steps that must succeed. */
import {
  type Case,
  type CaseCommand,
  type CaseInput,
  type CaseOpening,
  type CaseRefusal,
  type CaseStep,
  type CommandName,
  openCase,
  type Role,
  stepCase,
} from "./case.ts";
import { ORDOS_CASES } from "./case-policy.ts";
import { formatTime, HOUR_MS, parseTime } from "./kernel/time.ts";

/** `2026-05-12 14:21:25` (seconds may be left out), Asia/Shanghai. */
export function at(text: string): number {
  const full = text.length === 16 ? `${text}:00` : text;
  return parseTime(`${full.replace(" ", "T")}+08:00`);
}

/** The reverse, to the minute: `05-12 14:21`. */
export function shown(time: number | null): string | null {
  return time === null ? null : formatTime(time).slice(5, 16).replace("T", " ");
}

const span = (from: number, to: number) => ({ fromMs: from * HOUR_MS, toMs: to * HOUR_MS });
export const CANTEEN_HOURS = {
  opens: [span(5, 19)],
  calendar: "school",
  meals: [span(6.5, 7.5), span(11.5, 12.5), span(17.5, 18.5)],
} as const;

export const opening: CaseOpening = {
  id: "C-1",
  alert: "A-1",
  kitchen: 0,
  policy: "ordos-2026@1",
  code: "P02",
  asset: "zone:K-00001/cooking",
  level: "L3",
  openedAt: at("2026-05-12 12:00"),
  lead: false,
  exercise: false,
  autoClose: "condition",
  suppressed: null,
  hours: CANTEEN_HOURS,
};

export function opened(facts: Partial<CaseOpening> = {}): CaseStep {
  return openCase({ ...opening, ...facts }, ORDOS_CASES);
}

export function command(name: CommandName, role: Role, more: Partial<CaseCommand> = {}): CaseCommand {
  const ideal = { reason: "seen on site", evidence: ["photo"], decision: null };
  return { type: "command", command: name, role, actor: `${role}-1`, ...ideal, ...more };
}

export function isRefusal(step: CaseStep | CaseRefusal): step is CaseRefusal {
  return "refused" in step;
}

/** One step that must be accepted. */
export function step(current: Case, input: CaseInput, time: number): CaseStep {
  const result = refusal(current, input, time);
  if (isRefusal(result))
    throw new Error(`Refused ${JSON.stringify(input)} in ${current.state}: ${result.refused}`);
  return result;
}

/** What comes of a step that may be refused. */
export function refusal(current: Case, input: CaseInput, time: number): CaseStep | CaseRefusal {
  return stepCase(current, input, time, ORDOS_CASES);
}

/** Several steps at given moments. */
export function walk(current: Case, ...inputs: readonly (readonly [string, CaseInput])[]): Case {
  return inputs.reduce((c, [time, input]) => step(c, input, at(time)).next, current);
}

/** Lets the limits pass, one after another, up to and including `until`. */
export function wait(current: Case, until: number): { next: Case; steps: CaseStep[] } {
  const steps: CaseStep[] = [];
  let next = current;
  while (next.due !== null && next.due <= until) {
    const passed = step(next, { type: "timer" }, next.due);
    steps.push(passed);
    next = passed.next;
  }
  return { next, steps };
}

/** `from>to` of the transitions. */
export function path(...steps: readonly CaseStep[]): string[] {
  return steps.flatMap(({ changes }) => changes.map(({ from, to }) => `${from ?? ""}>${to}`));
}

/** `to channel` of the notifications, with `(silent)` and `(from …)`. */
export function notices(...steps: readonly CaseStep[]): string[] {
  return steps.flatMap(({ notifications }) =>
    notifications.map(
      ({ to, channel, ring, notBefore }) =>
        `${to} ${channel}${ring ? "" : " (silent)"}${notBefore === null ? "" : ` (from ${shown(notBefore)})`}`,
    ),
  );
}
