/** Findings and events as inputs that wait for their turn. */
import type { CityEvent } from "../twin/events/event.ts";
import type { Finding } from "./detectors/finding.ts";
import type { Pending } from "./pending.ts";

/** `settledTo`: what is older is folded `retro`. */
export function pendingFinding(finding: Finding, settledTo: number, provisional: string | null): Pending {
  const { time, receivedAt, exercise } = finding;
  return { time, input: finding, receivedAt, exercise, retro: time < settledTo, provisional };
}

export function pendingEvent(event: CityEvent, receivedAt: number | null, retro: boolean): Pending {
  const { time, exercise } = event;
  return { time, input: { kind: "event", event }, receivedAt, exercise, retro, provisional: null };
}

/** An event that is shown before its turn comes; when that comes it is folded for good. */
export function pendingAhead(event: CityEvent, receivedAt: number | null): Pending {
  const provisional = `express/${event.device}/${event.boot}/${event.sequence}`;
  return { ...pendingEvent(event, receivedAt, false), provisional };
}

/** A device that was taken for silent speaks after all. */
export function backAgain(device: number, time: number): Finding {
  return { kind: "heard", device, first: false, time, receivedAt: null, exercise: false, because: [] };
}
