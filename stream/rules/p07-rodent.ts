/**
 * P07 疑似鼠: one hit is a suspicion; a second 10 min apart or by another camera, or an infrared trigger, within 24 h
 * makes it probable (DOMAIN R22). Rats do not keep to zones, so all hits of the kitchen count together: while one
 * suspicion is open, at the zone of its first hit, further hits raise it and open no other.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { days, hours, minutes } from "../../twin/kernel/time.ts";
import type { ReadFinding } from "../detectors/finding.ts";
import { isMaintained } from "../facts.ts";
import { causeOfHit, HIT_PARAMETERS, hitOf, isJudgedFalse } from "./hit.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Two sightings within this time make it probable. */
  withinMs: hours(24),
  /** Sightings of one camera count as two if they are so far apart. */
  apartMs: minutes(10),
  /** A trap that has just been powered up triggers by itself. */
  settlesMs: minutes(5),
};
type Context = RuleContext<typeof PARAMETERS>;

/** Enough for every question the rule asks; a kitchen with more sightings is graver than the rule can say. */
const SIGHTINGS_MAX = 48;

interface Sighting {
  /** Event time, ms since epoch. */
  readonly time: number;
  /** Ordinal of the camera; -1 = an infrared trap. */
  readonly camera: number;
  readonly cause: Cause;
  readonly exercise: boolean;
  readonly receivedAt: number | null;
}

/** A trap's trigger, judged after all else of its moment: the trap may say only then that it was powered up. */
interface Trigger extends Sighting {
  readonly trap: number;
}

interface RodentState {
  /** Of the time in which two belong together, oldest first. */
  sightings: Sighting[];
  /** Asset of the newest suspicion; "" = none yet. */
  asset: string;
  /** Ordinal of an infrared trap -> when it was powered up last. */
  bornAt: Record<string, number>;
  /** Of this moment. */
  triggers: Trigger[];
}

export const rodent = defineRule<RodentState, typeof PARAMETERS>({
  code: "P07",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [foodSafetyLaw("33(2)"), operatingCode("§12")],
  title: { zh: "疑似鼠", en: "Suspected rodent" },
  lead: true,
  autoClose: "never",
  parameters: PARAMETERS,
  reopenWithinMs: days(30),
  events: ["warmcity.detection", "warmcity.device.born", "warmcity.case.command"],
  findings: ["read"],
  initial: () => ({ sightings: [], asset: "", bornAt: {}, triggers: [] }),
  fold: (state, input, context) => {
    if (input.kind === "read") {
      noteTrigger(state, input, context);
      return;
    }
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type === "warmcity.device.born") {
      if (isTrap(event.device, context)) state.bornAt[event.device] = event.time;
      return;
    }
    if (state.asset !== "" && isJudgedFalse(input, state.asset, context)) {
      state.sightings = state.sightings.filter(({ camera }) => camera < 0);
      return;
    }
    const hit = hitOf(input, context);
    if (hit === null || hit.data.class !== "rat") return;
    if (state.asset === "" || context.openLevel(state.asset) === null) {
      state.asset = zoneAsset(context.kitchen, hit.data.zone);
    }
    const { time, device: camera, exercise, receivedAt } = hit;
    judge(state, { time, camera, cause: causeOfHit(hit), exercise, receivedAt }, context);
  },
  due: (state, key, context) => {
    if (key !== "triggers") return;
    const { triggers } = state;
    state.triggers = [];
    for (const trigger of triggers) if (!isSettling(state, trigger, context)) judge(state, trigger, context);
  },
});

function isTrap(device: number, { city }: Context): boolean {
  return city.devices[device]?.kind === "rodent-infrared";
}

function noteTrigger(state: RodentState, read: ReadFinding, context: Context): void {
  const { device: trap, time, value, exercise, receivedAt } = read;
  const cause = read.because[0];
  if (!isTrap(trap, context) || value <= 0 || cause === undefined) return;
  if (isMaintained(context.facts, trap, time)) return;
  state.triggers.push({ trap, time, camera: -1, cause, exercise, receivedAt });
  context.setTimer("triggers", time);
}

function isSettling(state: RodentState, { trap, time }: Trigger, { parameters }: Context): boolean {
  const bornAt = state.bornAt[trap];
  return bornAt !== undefined && time >= bornAt && time <= bornAt + parameters.settlesMs;
}

/** Raises what the sighting proves together with those before it; a trap alone proves nothing. */
function judge(state: RodentState, sighting: Sighting, context: Context): void {
  const { withinMs } = context.parameters;
  const others = state.sightings.filter((other) => sighting.time - other.time <= withinMs);
  const partner = others.find((other) => confirms(sighting, other, context));
  state.sightings = inOrder([...others, sighting]);
  if (partner !== undefined) {
    context.raise({
      asset: state.asset,
      level: "L2",
      at: Math.max(partner.time, sighting.time),
      because: [partner.cause, sighting.cause],
      receivedAt: sighting.receivedAt,
      exercise: partner.exercise || sighting.exercise,
    });
  } else if (sighting.camera >= 0) {
    context.raise({ asset: state.asset, level: "L3", because: [sighting.cause] });
  }
}

/** Whether two sightings are independent of one another, and one of them at least was seen. */
function confirms(a: Sighting, b: Sighting, { parameters }: Context): boolean {
  const apart = Math.abs(a.time - b.time);
  if ((a.camera < 0 && b.camera < 0) || apart > parameters.withinMs) return false;
  return a.camera !== b.camera || apart >= parameters.apartMs;
}

function inOrder(sightings: readonly Sighting[]): Sighting[] {
  const sorted = [...sightings].sort((a, b) => a.time - b.time);
  return sorted.length <= SIGHTINGS_MAX ? sorted : [sorted[0]!, ...sorted.slice(1 - SIGHTINGS_MAX)];
}
