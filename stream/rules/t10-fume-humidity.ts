/**
 * T10 油烟/湿度异常: the purifier off for 30 min while a stove burns, fume above 2.0 mg/m³ for 1 h (GB 18483), a store above
 * 75 % RH for 24 h (DOMAIN R18). Each is over after an hour that is normal; what is not known is neither.
 */
import type { Device } from "../../twin/city/kitchen.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";
import { defineBorders } from "../detectors/border.ts";
import { causeOf } from "./cause.ts";
import { deviceId, followLimit } from "./follow-limit.ts";
import { operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

/** W from which on a stove or purifier is taken to run. */
const RUNS_W = 5;

const PARAMETERS = {
  /** The purifier off so long with a stove on. */
  unpurifiedMs: minutes(30),
  fumeMgPerM3: 2,
  fumeHoldMs: hours(1),
  humidityPercent: 75,
  humidityHoldMs: hours(24),
  /** Over after so long without it. */
  clearMs: hours(1),
};

type Context = RuleContext<typeof PARAMETERS>;

/** A contact or meter of a stove or purifier. */
interface Contact {
  /** `null` = not known. */
  on: boolean | null;
  /** What it was when it was last heard. */
  before: boolean | null;
  cause: Cause;
  exercise: boolean;
}

interface AirState {
  /** Ordinal -> contact. */
  contacts: Record<string, Contact>;
  /** Ordinal of a purifier -> since when it has been off with a stove on. */
  offSince: Record<string, number>;
  /** Ordinal -> since when it has been as it should. */
  wellSince: Record<string, number>;
}

const isContact = ({ kind, of }: Pick<Device, "kind" | "of">) =>
  kind === "power" && (of === "stove" || of === "purifier");
const followValues = followLimit({ code: "T10" });

export const fumeOrHumidity = defineRule<AirState, typeof PARAMETERS>({
  code: "T10",
  version: 1,
  level: "L4",
  validFrom: "2018-10-01",
  legalBasis: ["GB 18483-2001", operatingCode("§4")],
  title: { zh: "油烟/湿度异常", en: "Fume or humidity out of range" },
  autoClose: "condition",
  parameters: PARAMETERS,
  limit: ({ fumeMgPerM3, fumeHoldMs, humidityPercent, humidityHoldMs, clearMs }) => [
    above("fume", fumeMgPerM3, fumeHoldMs, clearMs),
    above("room-humidity", humidityPercent, humidityHoldMs, clearMs),
  ],
  borders: [defineBorders({ of: isContact, borders: [{ at: RUNS_W, inclusive: true }] })],
  events: ["warmcity.power", "warmcity.device.died", "warmcity.device.born"],
  findings: ["held", "cleared", "crossed", "silent", "heard"],
  initial: () => ({ contacts: {}, offSince: {}, wellSince: {} }),
  concerns: (_state, input, { city }) => {
    if (input.kind === "held" || input.kind === "cleared") return true;
    const device = deviceOf(input);
    return device >= 0 && isContact(city.devices[device]!);
  },
  fold: (state, input, context) => {
    if (input.kind === "held" || input.kind === "cleared") {
      followValues(state, input, context);
      return;
    }
    const device = deviceOf(input);
    if (input.kind === "event" && input.event.type === "warmcity.power") {
      const { on } = input.event.data;
      const cause = causeOf(input.event, switchText(context.city.devices[device]!, on));
      note(state, device, { on, before: on, cause, exercise: input.event.exercise }, context);
    } else if (input.kind === "event" && state.contacts[device] !== undefined) {
      // It goes, or comes back and may have missed a switching: not known until it says.
      note(state, device, { ...state.contacts[device], on: null, before: null }, context);
    } else if (input.kind === "crossed") {
      const on = input.zone > 0;
      const { exercise } = input;
      note(state, device, { on, before: on, cause: input.because[0]!, exercise }, context);
    } else if (input.kind === "silent" && state.contacts[device] !== undefined) {
      note(state, device, { ...state.contacts[device], on: null }, context);
    } else if (input.kind === "heard") context.setTimer(`again ${device}`, context.now);
  },
  due: (state, key, context) => {
    const [what, device] = key.split(" ");
    const known = state.contacts[Number(device)];
    if (known === undefined) return;
    if (what === "again") note(state, Number(device), { ...known, on: known.before }, context);
    else if (what === "off") ring(state, Number(device), context);
    else if (what === "well") context.clear(deviceId(context, Number(device)), [known.cause]);
  },
});

function deviceOf(input: RuleInput): number {
  if (input.kind === "event") return input.event.device;
  return "device" in input ? input.device : -1;
}

function above(kind: Device["kind"], over: number, forMs: number, clearMs: number) {
  return {
    kinds: [kind],
    deadband: 0,
    holds: [{ over, forMs, level: "L4" }],
    runs: [],
    clear: { at: over, forMs: clearMs },
  } as const;
}

function switchText({ of }: Device, on: boolean) {
  const name = of === "stove" ? { zh: "灶具", en: "stove" } : { zh: "油烟净化器", en: "fume purifier" };
  return { zh: `${name.zh}${on ? "开启" : "关闭"}`, en: `${name.en} ${on ? "on" : "off"}` };
}

function note(state: AirState, device: number, contact: Contact, context: Context): void {
  state.contacts[device] = contact;
  const { of } = context.city.devices[device]!;
  const purifiers = of === "purifier" ? [device] : purifiersBeside(device, context);
  for (const purifier of purifiers) judge(state, purifier, context);
}

/** Whether the purifier is off while a stove beside it burns, from now on. */
function judge(state: AirState, purifier: number, context: Context): void {
  const isUnpurified = unpurified(state, purifier, context);
  if (isUnpurified === null) {
    context.cancelTimer(`off ${purifier}`);
    context.cancelTimer(`well ${purifier}`);
    return;
  }
  const { unpurifiedMs, clearMs } = context.parameters;
  const [begun, over] = isUnpurified ? [state.offSince, state.wellSince] : [state.wellSince, state.offSince];
  delete over[purifier];
  const since = begun[purifier] ?? context.now;
  begun[purifier] = since;
  context.cancelTimer(`${isUnpurified ? "well" : "off"} ${purifier}`);
  if (isUnpurified) context.setTimer(`off ${purifier}`, Math.max(since + unpurifiedMs, context.now));
  else if (context.openLevel(deviceId(context, purifier)) !== null) {
    context.setTimer(`well ${purifier}`, Math.max(since + clearMs, context.now));
  }
}

/** `null` = not known. */
function unpurified(state: AirState, purifier: number, context: Context): boolean | null {
  const on = state.contacts[purifier]?.on ?? null;
  if (on === true) return false;
  const stoves = stovesBeside(purifier, context).map((stove) => state.contacts[stove]?.on ?? null);
  if (stoves.every((burns) => burns === false)) return false;
  return on === null || !stoves.includes(true) ? null : true;
}

function ring(state: AirState, purifier: number, context: Context): void {
  const stoves = stovesBeside(purifier, context).flatMap((stove) => state.contacts[stove] ?? []);
  const burning = stoves.filter(({ on }) => on === true);
  const contact = state.contacts[purifier]!;
  context.raise({
    asset: deviceId(context, purifier),
    level: "L4",
    because: [...burning.map(({ cause }) => cause), contact.cause],
    exercise: contact.exercise || burning.some(({ exercise }) => exercise),
  });
}

const stovesBeside = (device: number, context: Context) => beside("stove", device, context);
const purifiersBeside = (device: number, context: Context) => beside("purifier", device, context);

/** Contacts of the kind in the same room; one that names no room counts for all. */
function beside(of: "stove" | "purifier", device: number, { city, kitchen }: Context): number[] {
  const { zone } = city.devices[device]!;
  return kitchen.devices
    .filter((other) => other.kind === "power" && other.of === of)
    .filter((other) => zone === null || other.zone === null || other.zone === zone)
    .map(({ id }) => city.deviceOrdinal(id));
}
