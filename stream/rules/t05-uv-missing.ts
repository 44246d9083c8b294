/**
 * T05 专间空气消毒缺失: the room for ready-to-eat food is used though no lamp has burnt for 30 min in the 4 h before; graver
 * when a lamp burns on somebody (DOMAIN R09). A use begins when somebody comes after an hour of nobody; where no presence
 * device looks, when the kitchen opens. Time in which a lamp was not heard may have been a cycle: nothing rings.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { type Lamp, lampBorders, lampOf, noteLamp, wasDisinfected } from "./lamp.ts";
import { operatingCode } from "./legal-basis.ts";
import { isAtWork, nextOpening, peopleIn, rteRoomOf, watchersOf } from "./room-use.ts";
import { defineRule, type RuleContext, type RuleView } from "./rule.ts";
import { zoneAsset } from "./zone.ts";

const PARAMETERS = {
  /** A cycle is so long at least. */
  cycleMs: minutes(30),
  /** And has ended no longer before the use than this. */
  validMs: hours(4),
  /** Somebody comes after nobody for so long: a new use. */
  pauseMs: minutes(60),
};

type Context = RuleContext<typeof PARAMETERS>;

interface Room {
  people: number;
  /** When the last one left; `null` = nobody has been there yet. */
  leftAt: number | null;
}

interface DisinfectionState {
  /** Ordinal of a lamp, or of the meter that watches one -> what is known of it. */
  lamps: Record<string, Lamp>;
  /** Zone -> who is in it. */
  rooms: Record<string, Room>;
}

export const uvMissing = defineRule<DisinfectionState, typeof PARAMETERS>({
  code: "T05",
  version: 1,
  level: "L4",
  validFrom: "2018-10-01",
  legalBasis: [operatingCode("§4, §7")],
  title: { zh: "专间空气消毒缺失", en: "Ready-to-eat room not disinfected" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.presence", "warmcity.power", "warmcity.device.died", "warmcity.device.born"],
  findings: ["crossed", "silent", "heard"],
  borders: [lampBorders],
  initial: () => ({ lamps: {}, rooms: {} }),
  begin: (_state, context) => {
    for (const zone of lampRooms(context)) {
      if (watchersOf(context, zone).length === 0) awaitOpening(zone, context.now - 1, context);
    }
  },
  concerns: (_state, input, view) => {
    if (input.kind === "event")
      return input.event.type === "warmcity.presence" || isLamp(input.event.device, view);
    return "device" in input && isLamp(input.device, view);
  },
  fold: (state, input, context) => {
    if (input.kind === "event") {
      const { event } = input;
      if (event.type === "warmcity.presence") notePeople(state, event, context);
      else if (event.type === "warmcity.power") {
        const wording = event.data.on
          ? { zh: "紫外灯开启", en: "UV lamp on" }
          : { zh: "紫外灯关闭", en: "UV lamp off" };
        setLamp(state, event.device, event.data.on ? "on" : "off", causeOf(event, wording), context);
      } else if (isContact(event, context)) setLamp(state, event.device, "unknown", null, context);
    } else if (input.kind === "crossed") {
      setLamp(state, input.device, input.zone > 0 ? "on" : "off", input.because[0]!, context);
    } else if (input.kind === "silent") {
      setLamp(state, input.device, "unknown", null, context, input.since);
    } else if (input.kind === "heard") {
      // The value of this very moment, if it differs, comes first.
      context.setTimer(`again ${input.device}`, context.now);
    }
  },
  due: (state, key, context) => {
    const [what, ...rest] = key.split(" ");
    const subject = rest.join(" ");
    if (what === "use") {
      awaitOpening(subject, context.now, context);
      if (isAtWork(context)) beginUse(state, subject, openingCause(context), context);
    } else if (what === "cycle") endLack(state, Number(subject), context);
    else if (what === "again") speaksAgain(state, Number(subject), context);
  },
});

/** A lamp, or a meter or contact that watches one. */
function isLamp(device: number, { city }: RuleView): boolean {
  return device >= 0 && lampOf(city.devices[device]!);
}

/** Whether a contact of a lamp goes, or comes back and may have missed a switching; a meter is heard to be silent. */
function isContact({ type, device }: CityEvent, context: Context): boolean {
  const isBoot = type === "warmcity.device.died" || type === "warmcity.device.born";
  return isBoot && context.city.devices[device]!.reportEveryMs === null;
}

function lampRooms(context: Context): Set<string> {
  const { city, kitchen } = context;
  const rooms = kitchen.devices.filter(lampOf).map(({ id }) => rteRoomOf(context, city.deviceOrdinal(id)));
  return new Set(rooms.filter((zone) => zone !== null));
}

function awaitOpening(zone: string, after: number, context: Context): void {
  const opens = nextOpening(context, after);
  if (opens !== null) context.setTimer(`use ${zone}`, opens);
}

function openingCause({ now, kitchen }: Context): Cause {
  const moment = momentText(now);
  return causeOfTime(now, `opening-${kitchen.id}-${now}`, {
    zh: `${moment} 开始营业`,
    en: `opened at ${moment}`,
  });
}

function setLamp(
  state: DisinfectionState,
  device: number,
  next: Lamp["state"],
  cause: Cause | null,
  context: Context,
  since = context.now,
): void {
  const zone = rteRoomOf(context, device);
  if (zone === null) return;
  state.lamps[device] = noteLamp(state.lamps[device], { next, at: since, cause }, context.parameters.cycleMs);
  armCycle(state, device, context);
  warnPeople(state, zone, context);
}

/** Heard again after a silence and no border was crossed: the lamp is as it was. */
function speaksAgain(state: DisinfectionState, device: number, context: Context): void {
  const lamp = state.lamps[device];
  if (lamp?.state === "unknown" && lamp.before !== null) {
    setLamp(state, device, lamp.before, lamp.cause, context);
  }
}

function notePeople(state: DisinfectionState, event: Parameters<typeof causeOf>[0], context: Context): void {
  const zone = rteRoomOf(context, event.device);
  if (zone === null) return;
  const people = peopleIn(context, zone) ?? 0;
  const room = state.rooms[zone] ?? { people: 0, leftAt: null };
  state.rooms[zone] = room;
  const before = room.people;
  room.people = people;
  if (before > 0 && people === 0) room.leftAt = context.now;
  for (const device of Object.keys(state.lamps)) armCycle(state, Number(device), context);
  if (before > 0 || people === 0) return;
  const isNew = room.leftAt === null || context.now - room.leftAt >= context.parameters.pauseMs;
  const entered = { zh: `专间内 ${people} 人`, en: `${people} in the ready-to-eat room` };
  if (isNew) beginUse(state, zone, causeOf(event, entered), context);
  warnPeople(state, zone, context, causeOf(event, entered));
}

function beginUse(state: DisinfectionState, zone: string, cause: Cause, context: Context): void {
  const lamps = lampsIn(state, zone, context);
  const { cycleMs, validMs } = context.parameters;
  if (lamps.length === 0) return;
  const since = context.now - validMs;
  if (lamps.some((lamp) => wasDisinfected(lamp, { now: context.now, since, cycleMs }))) return;
  const newest = Math.max(...lamps.map(({ cycleEnd }) => cycleEnd ?? 0));
  const lack = {
    zh:
      newest === 0
        ? `使用前 ${validMs / hours(1)} 小时内无紫外消毒`
        : `上次紫外消毒于 ${momentText(newest)} 结束`,
    en: newest === 0 ? "no UV cycle in the time before use" : `last UV cycle ended at ${momentText(newest)}`,
  };
  const asset = zoneAsset(context.kitchen, zone);
  const because = [cause, causeOfTime(context.now, `no-uv-${asset}-${context.now}`, lack)];
  context.raise({ asset, level: "L4", because });
}

/** A lamp that burns while somebody is there harms eyes and skin. */
function warnPeople(state: DisinfectionState, zone: string, context: Context, entered?: Cause): void {
  if ((state.rooms[zone]?.people ?? 0) === 0) return;
  const burning = lampsIn(state, zone, context).filter((lamp) => lamp.state === "on");
  if (burning.length === 0) return;
  const because = burning.flatMap(({ cause }) => cause ?? []);
  context.raise({
    asset: zoneAsset(context.kitchen, zone),
    level: "L2",
    because: entered === undefined ? because : [entered, ...because],
  });
}

/** The next valid cycle ends the alert: a lamp that burns 30 min with nobody there. */
function armCycle(state: DisinfectionState, device: number, context: Context): void {
  const lamp = state.lamps[device];
  const zone = rteRoomOf(context, device);
  const room = zone === null ? undefined : state.rooms[zone];
  if (lamp?.state !== "on" || lamp.onSince === null || (room?.people ?? 0) > 0) {
    context.cancelTimer(`cycle ${device}`);
    return;
  }
  const from = Math.max(lamp.onSince, room?.leftAt ?? 0);
  context.setTimer(`cycle ${device}`, Math.max(from + context.parameters.cycleMs, context.now));
}

function endLack(state: DisinfectionState, device: number, context: Context): void {
  const zone = rteRoomOf(context, device);
  const lamp = state.lamps[device];
  if (zone === null || lamp?.state !== "on") return;
  context.clear(zoneAsset(context.kitchen, zone), lamp.cause === null ? [] : [lamp.cause]);
}

function lampsIn(state: DisinfectionState, zone: string, context: Context): Lamp[] {
  return Object.entries(state.lamps)
    .filter(([device]) => rteRoomOf(context, Number(device)) === zone)
    .map(([, lamp]) => lamp);
}
