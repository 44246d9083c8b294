/**
 * Inputs of one subject that wait for their turn in event time. Equal times have one fixed order, by identity, so that
 * the order of arrival never shows.
 */
import type { RuleInput } from "./rules/rule-input.ts";

export interface Pending {
  /** Event time, ms since epoch. */
  readonly time: number;
  readonly input: RuleInput;
  readonly receivedAt: number | null;
  readonly exercise: boolean;
  /** Older than what the subject had settled when it came. */
  readonly retro: boolean;
  /** Shown live until it is settled or taken back under this name; never settled itself. */
  readonly provisional: string | null;
}

/** Whether `a` is folded before `b`. */
export function isBefore(a: Pending, b: Pending): boolean {
  if (a.time !== b.time) return a.time < b.time;
  const [nameA, nameB] = [orderName(a.input), orderName(b.input)];
  if (nameA !== nameB) return nameA < nameB;
  return sequenceOf(a.input) < sequenceOf(b.input);
}

function orderName(input: RuleInput): string {
  if (input.kind === "event") {
    const { source, boot, id, sequence } = input.event;
    return sequence === null ? `1 ${source} ${id}` : `1 ${source} ${boot ?? ""}`;
  }
  switch (input.kind) {
    case "held":
    case "eased":
    case "cleared":
      return `2 ${input.kind} ${input.device} ${input.code}`;
    case "crossed":
    case "flat":
    case "lively":
    case "cloned":
    case "jumped":
      return `2 ${input.kind} ${input.device}`;
    case "silent":
    case "heard":
    case "read":
      return `0 ${input.kind} ${input.device}`;
    case "skewed":
    case "clock-right":
      return `0 ${input.kind} ${input.gateway}`;
    case "outage-began":
    case "outage-ended":
      return `0 ${input.kind} ${input.area}`;
    case "rated":
      return "2 rated";
    case "case-moved":
      return `2 case-moved ${input.case.id}`;
    case "concern":
      return `2 concern ${input.code} ${input.asset ?? ""}`;
  }
}

function sequenceOf(input: RuleInput): number {
  return input.kind === "event" ? (input.event.sequence ?? 0) : 0;
}

/** Inserts in order, behind its equals; returns the index at which it now stands. */
export function insert(queue: Pending[], item: Pending): number {
  const last = queue.at(-1);
  if (last === undefined || !isBefore(item, last)) return queue.push(item) - 1;
  let low = 0;
  let high = queue.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(item, queue[middle]!)) high = middle;
    else low = middle + 1;
  }
  queue.splice(low, 0, item);
  return low;
}
