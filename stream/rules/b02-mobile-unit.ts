/**
 * B02 流动餐馆越界/失联: a mobile unit outside its zone for 10 min, or not heard for 30 min during an event (a filed banquet).
 * During an event its zone is the place of the banquet, or that of its permit; otherwise that of its permit in the permit's
 * hours, on the way to and from a banquet excepted. Lost = its GPS is silent, or without one everything that reports by
 * itself; what was stored meanwhile and pushed later was not heard before it came. Over when it is back, or the event ends.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { distanceM } from "../../twin/kernel/math.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";
import { type BanquetEvent, type Banquets, banquetAt, isUnderWay, noteBanquet } from "./banquets.ts";
import { causeOf } from "./cause.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import {
  type Connections,
  connectionsOf,
  isGps,
  lostSince,
  noteHeard,
  noteSilent,
  settleBack,
} from "./lost-unit.ts";
import { isPermitHour, worksByDeclaration } from "./permit.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  outsideMs: minutes(10),
  lostMs: minutes(30),
  /** Radius of a banquet's place whose filing names none. */
  placeRadiusM: 1_000,
  /** On its way to and from a banquet for so long, it may leave the zone of its permit. */
  travelMs: hours(2),
};

/** A position stands for so many periods of its device. */
const STANDS_PERIODS = 3;
const USUAL_PERIOD_MS = minutes(5);

interface Excursion {
  readonly asset: string | null;
  /** First and last position outside, ms since epoch. */
  readonly from: number;
  last: number;
  /** How long the last one stands, ms. */
  stands: number;
  readonly first: Cause;
  newest: Cause;
  exercise: boolean;
}

interface MobileState {
  banquets: Banquets;
  connections: Connections;
  /** Where it is outside of what it may; `null` = it is not. */
  outside: Excursion | null;
  /** Time of the newest position, ms since epoch. */
  positionAt: number;
  /** What is raised now, and why. */
  open: { readonly asset: string | null; isLost: boolean; isOutside: boolean } | null;
}

type Context = RuleContext<typeof PARAMETERS>;

export const mobileUnit = defineRule<MobileState, typeof PARAMETERS>({
  code: "B02",
  version: 1,
  level: "L3",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("36"), foodSafetyLaw("127")],
  title: { zh: "流动餐馆越界/失联", en: "Mobile unit out of its zone or lost" },
  autoClose: "condition",
  mutedBy: ["maintenance"],
  parameters: PARAMETERS,
  events: ["warmcity.position", "warmcity.banquet.filed", "warmcity.banquet.changed"],
  findings: ["silent", "heard", "outage-began", "outage-ended"],
  initial: () => ({ banquets: {}, connections: connectionsOf(), outside: null, positionAt: 0, open: null }),
  concerns: ({ banquets, connections, open }, input, { city }) => {
    if (input.kind !== "heard" || connections[input.device] != null || isGps(city, input.device)) return true;
    // Where there is a banquet, one more device that speaks may end that the unit is lost.
    return open !== null || Object.keys(banquets).length > 0;
  },
  fold: (state, input, context) => {
    if (input.kind === "silent") {
      noteSilent(state.connections, input, context);
      watchLost(state, context);
    } else if (input.kind === "heard") {
      const backAt = noteHeard(state.connections, input, context);
      if (backAt > context.now) context.setTimer(`back ${input.device}`, backAt);
      watchLost(state, context);
    } else if (input.kind === "outage-began" || input.kind === "outage-ended") watchLost(state, context);
    else if (input.kind === "event") {
      const { event } = input;
      if (event.type === "warmcity.position") notePosition(state, event, context);
      else if (event.type === "warmcity.banquet.filed" || event.type === "warmcity.banquet.changed")
        plan(state, event, context);
    }
  },
  due: (state, key, context) => {
    if (key === "outside") judgeOutside(state, context);
    else if (key === "lost" || key.startsWith("begin ")) watchLost(state, context);
    else if (key.startsWith("end ")) endEvent(state, key.slice("end ".length), context);
    else if (key.startsWith("back ")) {
      settleBack(state.connections, Number(key.slice("back ".length)), context);
      watchLost(state, context);
    }
  },
});

function plan(state: MobileState, event: BanquetEvent, context: Context): void {
  const { from, to } = noteBanquet(state.banquets, event);
  const { banquet: name } = event.data;
  if (from > context.now) context.setTimer(`begin ${name}`, from);
  if (to > context.now) context.setTimer(`end ${name}`, to);
  else endEvent(state, name, context);
  watchLost(state, context);
}

/** Raises, awaits or ends "lost" as devices and events now stand. */
function watchLost(state: MobileState, context: Context): void {
  const event = worksByDeclaration(context) ? banquetAt(state.banquets, context.now) : null;
  const lost = event === null ? null : lostSince(state.connections, context);
  if (lost === null || event === null) {
    context.cancelTimer("lost");
    ease(state, "isLost", context);
    return;
  }
  const due = Math.max(lost.since, event.from) + context.parameters.lostMs;
  if (due > context.now) {
    context.setTimer("lost", due);
    return;
  }
  const asset = `banquet:${event.name}`;
  raise(
    state,
    asset,
    "isLost",
    { at: due, because: lost.because, receivedAt: null, exercise: lost.exercise },
    context,
  );
}

function notePosition(state: MobileState, event: EventOf<"warmcity.position">, context: Context): void {
  const { time, data } = event;
  if (time < state.positionAt) return;
  state.positionAt = time;
  const zone = zoneAt(state, context);
  if (zone === null || zone.distanceOf(data) <= 0) {
    state.outside = null;
    context.cancelTimer("outside");
    ease(state, "isOutside", context);
    return;
  }
  const far = Math.round(zone.distanceOf(data));
  const cause = causeOf(event, { zh: `在规定区域外 ${far} 米`, en: `${far} m outside its zone` });
  const period = context.city.devices[event.device]?.reportEveryMs ?? USUAL_PERIOD_MS;
  const now = { last: time, stands: STANDS_PERIODS * period, newest: cause };
  if (state.outside === null || state.outside.asset !== zone.asset) {
    state.outside = { asset: zone.asset, from: time, first: cause, exercise: event.exercise, ...now };
    context.setTimer("outside", time + context.parameters.outsideMs);
    return;
  }
  Object.assign(state.outside, now, { exercise: state.outside.exercise || event.exercise });
  judgeOutside(state, context);
}

/** Where it may be now, as metres beyond the border of the nearest zone; `null` = anywhere. */
function zoneAt({ banquets }: MobileState, context: Context) {
  const { kitchen, now, parameters } = context;
  if (!worksByDeclaration(context)) return null;
  const { permit } = kitchen;
  const event = banquetAt(banquets, now);
  const isBound =
    permit !== null && isPermitHour(permit, now) && !isUnderWay(banquets, now, parameters.travelMs);
  if (event === null && !isBound) return null;
  const zones = [
    ...(event === null ? [] : [{ center: event.place, radiusM: event.radiusM ?? parameters.placeRadiusM }]),
    ...(permit === null ? [] : [permit]),
  ];
  return {
    asset: event === null ? null : `banquet:${event.name}`,
    distanceOf: (place: { readonly lon: number; readonly lat: number }) =>
      Math.min(...zones.map(({ center, radiusM }) => distanceM(center, place) - radiusM)),
  };
}

/** It has been outside for 10 min: at that moment if the last position still stands there, else at the next. */
function judgeOutside(state: MobileState, context: Context): void {
  const { outside } = state;
  if (outside === null) return;
  const due = outside.from + context.parameters.outsideMs;
  const isKnown = outside.last >= due || outside.last + outside.stands >= due;
  if (context.now < due || !isKnown) return;
  const { first, newest, exercise, asset } = outside;
  const receivedAt = context.now === due ? { receivedAt: null } : {};
  raise(
    state,
    asset,
    "isOutside",
    { at: context.now, because: [first, newest], exercise, ...receivedAt },
    context,
  );
}

function raise(
  state: MobileState,
  asset: string | null,
  why: "isLost" | "isOutside",
  found: { at: number; because: readonly Cause[]; exercise: boolean; receivedAt?: number | null },
  context: Context,
): void {
  if (state.open !== null && state.open.asset !== asset) context.clear(state.open.asset);
  if (state.open?.asset !== asset || state.open === null)
    state.open = { asset, isLost: false, isOutside: false };
  if (state.open[why]) return;
  state.open[why] = true;
  context.raise({ ...found, asset, level: "L3" });
}

/** One of the two reasons has ended. */
function ease(state: MobileState, why: "isLost" | "isOutside", context: Context): void {
  const { open } = state;
  if (open === null || !open[why]) return;
  open[why] = false;
  if (open.isLost || open.isOutside) return;
  context.clear(open.asset);
  state.open = null;
}

function endEvent(state: MobileState, name: string, context: Context): void {
  const asset = `banquet:${name}`;
  if (state.outside?.asset === asset) {
    state.outside = null;
    context.cancelTimer("outside");
  }
  if (state.open?.asset !== asset) return;
  context.clear(asset);
  state.open = null;
}
