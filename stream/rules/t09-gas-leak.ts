/**
 * T09 燃气泄漏: a probe at 10 % LEL for 60 s warns, twice 20 % or once 50 % is an alarm (DOMAIN R16, R17). All probes of a
 * room are one alert; the room is clear when every one of them is, and its case asks for the on-site clearance.
 */
import { isGraver } from "../../twin/alerts/level.ts";
import { minutes, seconds } from "../../twin/kernel/time.ts";
import type { HeldFinding } from "../detectors/finding.ts";
import { isMaintained } from "../facts.ts";
import { conditionOf } from "./follow-limit.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";
import { zoneAsset } from "./zone.ts";

const PARAMETERS = {
  /** At or above it for `warnHoldMs`: a warning. */
  warnLel: 10,
  warnHoldMs: seconds(60),
  /** `alarmCount` values in a row from here on: an alarm. */
  alarmLel: 20,
  alarmCount: 2,
  /** One value from here on: an alarm. */
  acuteLel: 50,
  /** Below it for `clearMs` the probe is clear. */
  clearLel: 5,
  clearMs: minutes(10),
};

interface GasState {
  /** Ordinal of a probe -> the gravest limit it holds, until it is clear. */
  held: Record<string, HeldFinding>;
}

export const gasLeak = defineRule<GasState, typeof PARAMETERS>({
  code: "T09",
  version: 1,
  level: "L3",
  validFrom: "2021-09-01",
  legalBasis: ["安全生产法 Art. 36, 99", "CJJ/T 146", "GB 15322", "GB 55009"],
  title: { zh: "燃气泄漏", en: "Gas leak" },
  autoClose: "condition+record",
  records: ["gas-clearance"],
  mutedBy: ["maintenance"],
  parameters: PARAMETERS,
  rising: [["clearLel", "warnLel", "alarmLel", "acuteLel"]],
  limit: ({ warnLel, warnHoldMs, alarmLel, alarmCount, acuteLel, clearLel, clearMs }) => ({
    kinds: ["gas"],
    deadband: 0,
    holds: [{ over: warnLel, inclusive: true, forMs: warnHoldMs, level: "L3" }],
    runs: [
      { from: alarmLel, count: alarmCount, level: "L1" },
      { from: acuteLel, count: 1, level: "L1" },
    ],
    clear: { at: clearLel, strict: true, forMs: clearMs },
  }),
  events: ["warmcity.device.maintained"],
  findings: ["held", "cleared"],
  initial: () => ({ held: {} }),
  fold,
  due: (state, key, context) => {
    const device = /^facts:maintained-(\d+)$/.exec(key)?.[1];
    if (device !== undefined) ring(state, Number(device), context);
  },
});

function fold(state: GasState, input: RuleInput, context: RuleContext): void {
  if (input.kind === "held" && input.code === "T09") {
    const before = state.held[input.device];
    if (before === undefined || isGraver(input.level, before.level)) state.held[input.device] = input;
    ring(state, input.device, context);
  } else if (input.kind === "cleared" && input.code === "T09") {
    delete state.held[input.device];
    const room = roomOf(context, input.device);
    const others = Object.values(state.held).filter((held) => roomOf(context, held.device) === room);
    if (others.every((held) => isMuted(held.device, context))) context.clear(room, input.because);
  } else if (input.kind === "event" && input.event.type === "warmcity.device.maintained") {
    ring(state, input.event.device, context);
  }
}

/** Raises what the probe holds, unless it is being worked on: test gas at a calibration is no leak. */
function ring(state: GasState, device: number, context: RuleContext): void {
  const held = state.held[device];
  if (held === undefined || isMuted(device, context)) return;
  const condition = conditionOf(held, roomOf(context, device), context);
  context.raise(held.time === context.now ? condition : { ...condition, at: context.now, receivedAt: null });
}

function isMuted(device: number, { facts, now }: RuleContext): boolean {
  return isMaintained(facts, device, now);
}

/** A probe without a zone is taken to hang where gas burns. */
function roomOf({ city, kitchen }: RuleContext, device: number): string {
  return zoneAsset(kitchen, city.devices[device]!.zone ?? "cooking");
}
