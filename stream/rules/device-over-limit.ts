/**
 * What thermometers showed while they were over their limits: a short memory of findings, for rules that compare what
 * people state with what a device saw. Within its limits, or silent, a device says nothing here.
 */
import { DAY_MS } from "../../twin/kernel/time.ts";
import type { RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

/** From `time` on the device showed about `value`, °C; `null` = within its limits, or not known. */
interface Mark {
  time: number;
  value: number | null;
}

/** Device ordinal -> its newest marks, oldest first. */
export type OverLimit = Record<string, Mark[]>;

const MARKS_MAX = 24;
/** A device that has been well so long is forgotten. */
const KEPT_MS = 2 * DAY_MS;

export function initialOverLimit(): OverLimit {
  return {};
}

/** Folds a finding of `held`, `eased`, `cleared` or `silent`; all others change nothing. */
export function noteOverLimit(known: OverLimit, input: RuleInput, { city, now }: RuleContext): void {
  const mark = markOf(input);
  if (mark === null) return;
  const { device, time, value } = mark;
  if (!city.devices[device]!.kind.endsWith("temperature")) return;
  if (value === null && known[device] === undefined) return;
  for (const [other, marks] of Object.entries(known)) {
    const newest = marks.at(-1)!;
    if (newest.value === null && newest.time < now - KEPT_MS) delete known[other];
  }
  known[device] = [...(known[device] ?? []), { time, value }]
    .sort((a, b) => a.time - b.time)
    .slice(-MARKS_MAX);
}

function markOf(input: RuleInput): (Mark & { device: number }) | null {
  switch (input.kind) {
    case "held":
      return { device: input.device, time: input.since, value: input.value };
    case "eased":
      return { device: input.device, time: input.time, value: input.eased ? null : input.value };
    case "cleared":
    case "silent":
      return { device: input.device, time: input.time, value: null };
    default:
      return null;
  }
}

/** °C that the device showed at `time`, ms since epoch; `null` = within its limits, or not known. */
export function shownAt(known: OverLimit, device: number, time: number): number | null {
  const marks = known[device] ?? [];
  return marks.findLast((mark) => mark.time <= time)?.value ?? null;
}
