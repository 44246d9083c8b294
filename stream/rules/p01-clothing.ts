/**
 * P01 着装不规范: no hat in a food zone, or no mask in the ready-to-eat room, in two hits at least 5 s and at most 5 min
 * apart; one per zone and meal, the third within 7 d is graver (DOMAIN R19, R20). It is over when the next meal was
 * clean: a camera of the zone watched it (`camera-watch.ts`), and its model saw nobody so, not even once. A meal that
 * nobody could watch is neither clean nor a breach; the one after it decides.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { days, minutes, seconds } from "../../twin/kernel/time.ts";
import { operationAt } from "../facts.ts";
import { type CameraWatch, foldWatch, hasWatched } from "./camera-watch.ts";
import { causeOfHit, type Detection, HIT_PARAMETERS, hitOf, isJudgedFalse } from "./hit.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { mealEnd, mealStart } from "./meal.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";
import { FOOD_ZONES, zoneAsset, zoneKind } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Two hits at least, and at most, so far apart are a breach. */
  apartMinMs: seconds(5),
  apartMaxMs: minutes(5),
  /** So many breaches of a zone within `repeatsWithinMs`: graver. */
  repeatsCount: 3,
  repeatsWithinMs: days(7),
};
type Context = RuleContext<typeof PARAMETERS>;

/** Hits kept while a second one is awaited; more within 5 s tell nothing new. */
const RECENT_MAX = 16;
/** Cameras remembered for a zone; more do not look at it. */
const WITNESSES_MAX = 4;

interface RecentHit {
  readonly time: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface Breach {
  /** Trigger time, ms since epoch. */
  readonly at: number;
  /** End of its meal. */
  readonly meal: number;
  /** Which of the zone's episodes it belongs to. */
  readonly episode: number;
  isFalse: boolean;
  /** The unit did not work at the time. */
  readonly isClosed: boolean;
}

interface ClothingState {
  /** Class and zone -> hits that a second one may follow, oldest first. */
  recent: Record<string, RecentHit[]>;
  /** Zone -> its breaches that count as repeats, oldest first, one per meal at most. */
  breaches: Record<string, Breach[]>;
  watch: CameraWatch;
  /** Zone -> cameras that saw a breach there, wherever the registry has them. */
  witnesses: Record<string, number[]>;
  /** Zone -> when somebody was seen so last, if only once. */
  seenAt: Record<string, number>;
}

export const clothing = defineRule<ClothingState, typeof PARAMETERS>({
  code: "P01",
  version: 1,
  level: "L4",
  validFrom: "2022-02-22",
  legalBasis: [foodSafetyLaw("33(8)"), operatingCode("§14")],
  title: { zh: "着装不规范", en: "Hat or mask missing" },
  lead: true,
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["apartMinMs", "apartMaxMs"]],
  events: [
    "warmcity.detection",
    "warmcity.device.heartbeat",
    "warmcity.camera.health",
    "warmcity.case.command",
  ],
  findings: ["heard", "silent"],
  initial: () => ({ recent: {}, breaches: {}, watch: {}, witnesses: {}, seenAt: {} }),
  concerns: (_state, input, { city }) =>
    input.kind === "event" || ("device" in input && city.devices[input.device]?.kind === "camera"),
  fold: (state, input, context) => {
    foldWatch(state.watch, input, context);
    noteSeen(state, input, context);
    for (const [zone, breaches] of Object.entries(state.breaches)) {
      if (isJudgedFalse(input, zoneAsset(context.kitchen, zone), context)) acquit(breaches);
    }
    const hit = hitOf(input, context);
    if (hit === null || !matters(hit, context)) return;
    noteTime(state.seenAt, hit.data.zone, hit.time);
    const partner = partnerOf(state, hit, context);
    if (partner !== null) breach(state, hit, partner, context);
  },
  due: (state, key, context) => {
    const zone = /^clean (.+)$/.exec(key)?.[1];
    if (zone === undefined || context.openLevel(zoneAsset(context.kitchen, zone)) === null) return;
    if (isOver(state, zone, context)) context.clear(zoneAsset(context.kitchen, zone));
    else context.setTimer(key, mealEnd(context.now));
  },
});

function matters({ data }: Detection, context: Context): boolean {
  return isAskedIn(data.zone, data.class, context);
}

/** Whether the class is a breach in the zone. */
function isAskedIn(zone: string, seen: string, { kitchen }: Context): boolean {
  const kind = zoneKind(kitchen, zone);
  if (kind === null) return false;
  return seen === "no_hat" ? FOOD_ZONES.has(kind) : seen === "no_mask" && kind === "rte-room";
}

/** What a camera's heartbeat says it saw, in the zone it looks at. */
function noteSeen({ seenAt }: ClothingState, input: RuleInput, context: Context): void {
  if (input.kind !== "event" || input.event.type !== "warmcity.device.heartbeat") return;
  const { device, data, time } = input.event;
  const zone = context.city.devices[device]?.zone;
  if (zone == null || !(data.seen ?? []).some((seen) => isAskedIn(zone, seen, context))) return;
  noteTime(seenAt, zone, time);
}

function noteTime(times: Record<string, number>, zone: string, time: number): void {
  times[zone] = Math.max(time, times[zone] ?? time);
}

/** Whether the meal that ends now was watched and clean; what was muted, as the unit was closed, needs no proof. */
function isOver(state: ClothingState, zone: string, context: Context): boolean {
  if (state.breaches[zone]?.at(-1)?.isClosed === true) return true;
  const from = mealStart(context.now - 1);
  const isSeen = (state.seenAt[zone] ?? 0) >= from;
  return (
    !isSeen &&
    camerasOf(state, zone, context).some((camera) => hasWatched(state.watch, camera, from, context))
  );
}

/** Cameras that look at the zone. */
function camerasOf({ witnesses }: ClothingState, zone: string, { city, kitchen }: Context): number[] {
  const own = kitchen.devices.filter((device) => device.kind === "camera" && device.zone === zone);
  return [...(witnesses[zone] ?? []), ...own.map(({ id }) => city.deviceOrdinal(id))];
}

/** A hit of the same class and zone at the right distance from this one, which is kept for the next. */
function partnerOf(state: ClothingState, hit: Detection, { parameters }: Context): RecentHit | null {
  const { apartMinMs, apartMaxMs } = parameters;
  const key = `${hit.data.class} ${hit.data.zone}`;
  const { time, exercise } = hit;
  const recent = (state.recent[key] ?? []).filter((other) => time - other.time <= apartMaxMs);
  const partner = recent.find((other) => {
    const apart = Math.abs(time - other.time);
    return apart >= apartMinMs && apart <= apartMaxMs;
  });
  const all = [...recent, { time, cause: causeOfHit(hit), exercise }].sort((a, b) => a.time - b.time);
  state.recent[key] = all.length <= RECENT_MAX ? all : [all[0]!, ...all.slice(1 - RECENT_MAX)];
  return partner ?? null;
}

function breach(state: ClothingState, hit: Detection, partner: RecentHit, context: Context): void {
  const { zone } = hit.data;
  const asset = zoneAsset(context.kitchen, zone);
  const at = Math.max(hit.time, partner.time);
  const meal = mealEnd(at);
  const { repeatsCount, repeatsWithinMs } = context.parameters;
  const before = (state.breaches[zone] ?? []).filter((other) => at - other.at <= repeatsWithinMs);
  if (before.some((other) => other.meal === meal)) return;
  const isNewEpisode = context.openLevel(asset) === null;
  const episode = (before.at(-1)?.episode ?? 0) + (isNewEpisode ? 1 : 0);
  const isClosed = !["open", "maintenance"].includes(operationAt(context.facts, at));
  const all = [...before, { at, meal, episode, isFalse: false, isClosed }].sort((a, b) => a.at - b.at);
  state.breaches[zone] = all;
  const witnesses = state.witnesses[zone] ?? [];
  if (!witnesses.includes(hit.device))
    state.witnesses[zone] = [...witnesses, hit.device].slice(-WITNESSES_MAX);
  const repeats = all.filter(({ isFalse }) => !isFalse).length;
  context.raise({
    asset,
    level: repeats >= repeatsCount ? "L3" : "L4",
    at,
    because: [partner.cause, causeOfHit(hit)],
    exercise: hit.exercise || partner.exercise,
  });
  context.setTimer(`clean ${zone}`, mealEnd(all.at(-1)!.meal));
}

/** A reviewer's "false" is about the newest episode. */
function acquit(breaches: Breach[]): void {
  const newest = breaches.at(-1)?.episode;
  for (const item of breaches) if (item.episode === newest) item.isFalse = true;
}
