/**
 * Hits of cameras as rules read them (CONTRACT §9, "Hits"): sure enough, not of a camera that is being worked on, is
 * covered or stands still, and joined to stretches where a duration is asked.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { seconds } from "../../twin/kernel/time.ts";
import { DETECTION_NAMES } from "../../twin/words/detection-names.ts";
import { zoneName } from "../../twin/words/zone-names.ts";
import { isBlind, isMaintained } from "../facts.ts";
import { causeOf } from "./cause.ts";
import type { RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

/** What a city may set of hits, for each rule that reads them: part of the rule's own parameters. */
export const HIT_PARAMETERS = {
  /** Surer detections are hits. */
  hitConfidence: 0.8,
  /** Hits at most so far apart are one stretch. */
  hitGapMs: seconds(60),
};
type HitContext = RuleContext<typeof HIT_PARAMETERS>;

export type Detection = EventOf<"warmcity.detection">;

/** Classes that say how the camera itself does. */
const OF_THE_CAMERA: ReadonlySet<string> = new Set(["cover", "blur", "shift"]);

/** The detection in hand, if it counts as a hit. */
export function hitOf(input: RuleInput, { facts, now, parameters }: HitContext): Detection | null {
  if (input.kind !== "event" || input.event.type !== "warmcity.detection") return null;
  const { event } = input;
  if (event.data.confidence < parameters.hitConfidence || isMaintained(facts, event.device, now)) return null;
  if (isBlind(facts, event.device) && !OF_THE_CAMERA.has(event.data.class)) return null;
  return event;
}

export function causeOfHit(hit: Detection): Cause {
  const { class: seen, confidence, zone } = hit.data;
  const [name, where, sure] = [DETECTION_NAMES[seen], zoneName(zone), confidence.toFixed(2)];
  return causeOf(hit, {
    zh: `${where.zh}：${name.zh}，置信度 ${sure}`,
    en: `${name.en} ${sure} in ${where.en}`,
  });
}

/** Whether the input is a reviewer's word that the newest episode of `asset` was a false alarm. */
export function isJudgedFalse(input: RuleInput, asset: string, context: RuleContext): boolean {
  if (input.kind !== "event" || input.event.type !== "warmcity.case.command") return false;
  const { case: about, command } = input.event.data;
  const judged = context.caseOf(asset);
  return command === "review-false" && judged !== null && judged.id === about && judged.state === "false";
}

/** Hits of one class, camera and zone not too far apart: from the first to the end of the last, ms since epoch. */
export interface Stretch {
  from: number;
  to: number;
  first: Cause;
  last: Cause;
  exercise: boolean;
  /** It has raised its condition: once is enough. */
  hasRung: boolean;
}

/** Class, camera and zone -> the stretch that is going on. */
export type Stretches = Record<string, Stretch>;

export function stretchKey({ device, data }: Detection): string {
  return `${data.class} ${device} ${data.zone}`;
}

/** The stretch that the hit begins or goes on with; stretches that are over are dropped. */
export function stretchTo(stretches: Stretches, hit: Detection, { parameters }: HitContext): Stretch {
  const { hitGapMs } = parameters;
  const { time } = hit;
  const to = time + (hit.data.lastedMs ?? 0);
  const cause = causeOfHit(hit);
  for (const [key, { to: end }] of Object.entries(stretches))
    if (end < time - hitGapMs) delete stretches[key];
  const key = stretchKey(hit);
  const current = stretches[key];
  const fresh = { from: time, to, first: cause, last: cause, exercise: hit.exercise, hasRung: false };
  if (current === undefined) {
    stretches[key] = fresh;
    return fresh;
  }
  if (to < current.from - hitGapMs) return fresh;
  if (time < current.from) current.first = cause;
  if (to >= current.to) current.last = cause;
  current.from = Math.min(current.from, time);
  current.to = Math.max(current.to, to);
  current.exercise ||= hit.exercise;
  return current;
}
