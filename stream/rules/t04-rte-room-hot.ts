/**
 * T04 专间超温: the room for ready-to-eat food above 25.0 °C for 15 min while in use (DOMAIN R08). Warmth and use must
 * hold together; all thermometers of a room are one alert, and the room is clear when every one of them is.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { whenOpenFor } from "../../twin/kernel/calendar.ts";
import { minutes } from "../../twin/kernel/time.ts";
import { defineBorders } from "../detectors/border.ts";
import type { CrossedFinding } from "../detectors/finding.ts";
import { CATERING_HYGIENE, operatingCode } from "./legal-basis.ts";
import { isInUse, peopleIn, rteRoomOf, watchersOf } from "./room-use.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset } from "./zone.ts";

/** Zones of `Crossings`: cool for sure, within the dead band, too warm. */
const [COOL, , WARM] = [0, 1, 2];

const PARAMETERS = {
  /** Above it the room is too warm; at or below it the room clears. */
  limitC: 25,
  /** A hold is broken only at or below the limit less this. */
  deadbandK: 0.3,
  /** Too warm and in use for so long. */
  holdMs: minutes(15),
  /** At or below the limit for so long. */
  clearMs: minutes(10),
};

type Context = RuleContext<typeof PARAMETERS>;

interface Thermometer {
  /** Since when it has been too warm, with no value that breaks it; `null` = it is not. ms since epoch. */
  hotSince: number | null;
  /** Since when it has been at or below the limit. */
  coolSince: number | null;
  value: number;
  began: Cause | null;
  newest: Cause;
  exercise: boolean;
}

interface RoomState {
  /** Ordinal -> thermometer. */
  thermometers: Record<string, Thermometer>;
  /** Zone -> since when somebody has been in it. */
  usedSince: Record<string, number>;
}

export const rteRoomHot = defineRule<RoomState, typeof PARAMETERS>({
  code: "T04",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§4")],
  title: { zh: "专间超温", en: "Ready-to-eat room too warm" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.presence"],
  findings: ["crossed", "silent", "heard"],
  borders: ({ limitC, deadbandK }) => [
    defineBorders({
      of: ({ kind }) => kind === "room-temperature",
      borders: [
        { at: limitC - deadbandK, inclusive: false },
        { at: limitC, inclusive: false },
      ],
    }),
  ],
  initial: () => ({ thermometers: {}, usedSince: {} }),
  concerns: (state, input, { city }) => {
    if (input.kind === "crossed") return city.devices[input.device]!.kind === "room-temperature";
    if (input.kind === "heard" || input.kind === "silent")
      return state.thermometers[input.device] !== undefined;
    return true;
  },
  fold: (state, input, context) => {
    if (input.kind === "event") {
      if (input.event.type === "warmcity.presence") notePresence(state, input.event.device, context);
    } else if (input.kind === "crossed") noteValue(state, input, context);
    else if (input.kind === "silent") {
      context.cancelTimer(`hold ${input.device}`);
      context.cancelTimer(`clear ${input.device}`);
    } else if (input.kind === "heard") {
      // A value of this very moment comes first.
      context.setTimer(`again ${input.device}`, context.now);
    }
  },
  due: (state, key, context) => {
    const [what, device] = key.split(" ");
    const ordinal = Number(device);
    if (what === "again") arm(state, ordinal, context);
    else if (what === "hold") ring(state, ordinal, context);
    else if (what === "clear") clear(state, ordinal, context);
  },
});

function noteValue(state: RoomState, crossed: CrossedFinding, context: Context): void {
  const { device, zone, value, exercise } = crossed;
  const newest = crossed.because[0]!;
  const known = state.thermometers[device];
  const one = known ?? { hotSince: null, coolSince: null, value, began: null, newest, exercise };
  state.thermometers[device] = one;
  if (zone === WARM) {
    if (one.hotSince === null) Object.assign(one, { hotSince: context.now, began: newest, exercise });
    one.coolSince = null;
  } else {
    one.coolSince ??= context.now;
    if (zone === COOL) one.hotSince = null;
  }
  one.value = value;
  one.newest = newest;
  arm(state, device, context);
}

function notePresence(state: RoomState, watcher: number, context: Context): void {
  const zone = rteRoomOf(context, watcher);
  if (zone === null) return;
  const isUsed = (peopleIn(context, zone) ?? 0) > 0;
  if (isUsed === (state.usedSince[zone] !== undefined)) return;
  if (isUsed) state.usedSince[zone] = context.now;
  else delete state.usedSince[zone];
  for (const device of Object.keys(state.thermometers)) {
    if (rteRoomOf(context, Number(device)) === zone) arm(state, Number(device), context);
  }
}

/** Sets what is due for a thermometer as things stand now. */
function arm(state: RoomState, device: number, context: Context): void {
  const { hotSince, coolSince } = state.thermometers[device]!;
  const { holdMs, clearMs } = context.parameters;
  const zone = rteRoomOf(context, device);
  const due = zone === null || hotSince === null ? null : holdDue(state, zone, hotSince, holdMs, context);
  if (due === null) context.cancelTimer(`hold ${device}`);
  else context.setTimer(`hold ${device}`, Math.max(due, context.now));
  if (coolSince === null) context.cancelTimer(`clear ${device}`);
  else context.setTimer(`clear ${device}`, Math.max(coolSince + clearMs, context.now));
}

function holdDue(
  state: RoomState,
  zone: string,
  hotSince: number,
  holdMs: number,
  context: Context,
): number | null {
  if (watchersOf(context, zone).length === 0) return whenOpenFor(context.kitchen, hotSince, holdMs);
  const usedSince = state.usedSince[zone];
  return usedSince === undefined ? null : Math.max(hotSince, usedSince) + holdMs;
}

function ring(state: RoomState, device: number, context: Context): void {
  const { hotSince, value, began, newest, exercise } = state.thermometers[device]!;
  const zone = rteRoomOf(context, device);
  if (zone === null || hotSince === null || !isInUse(context, zone)) return;
  context.raise({
    asset: zoneAsset(context.kitchen, zone),
    level: "L3",
    value: { number: value, unit: "Cel" },
    because: began === null ? [newest] : [began, newest],
    exercise,
  });
}

function clear(state: RoomState, device: number, context: Context): void {
  const zone = rteRoomOf(context, device);
  const isCool = (one: Thermometer) =>
    one.coolSince !== null && one.coolSince + context.parameters.clearMs <= context.now;
  const all = Object.entries(state.thermometers).filter(
    ([other]) => rteRoomOf(context, Number(other)) === zone,
  );
  if (zone === null || !all.every(([, one]) => isCool(one))) return;
  // A value within the dead band does not break a hold, but a clearing ends it.
  for (const [other, one] of all) {
    one.hotSince = null;
    context.cancelTimer(`hold ${other}`);
  }
  context.clear(zoneAsset(context.kitchen, zone), [state.thermometers[device]!.newest]);
}
