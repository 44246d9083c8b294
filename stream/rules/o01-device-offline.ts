/**
 * O01 设备离线: a device silent for 30 min in hours; graver after 24 h. A whole unit silent for 24 h asks one question
 * instead (疑似歇业, asset `null`). A unit that does not work says nothing about its devices: their silence counts
 * from its reopening. It is over when the device has been online for 10 min.
 */
import type { EventType } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { whenOpenFor } from "../../twin/kernel/calendar.ts";
import { formatTime, hours, minutes } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import type { HeardFinding, SilentFinding } from "../detectors/finding.ts";
import { type KitchenFacts, operationAt } from "../facts.ts";
import { causeOfTime } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { CITY_PLAN } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { TRADING_EVENTS } from "./trading.ts";

const PARAMETERS = {
  /** Opening time that the silence lasts before it rings. */
  alertAfterMs: minutes(30),
  /** Silent so long, by day and night: graver. */
  graveAfterMs: hours(24),
  /** Online again so long: over. */
  backForMs: minutes(10),
};
type Context = RuleContext<typeof PARAMETERS>;

/** What can change whether the unit works. */
const OPERATION_EVENTS: readonly EventType[] = [
  "warmcity.kitchen.declared",
  "warmcity.door",
  "warmcity.presence",
  ...TRADING_EVENTS,
];

interface Silence {
  /** Since when it counts, ms since epoch: the device's going offline, or the unit's reopening. */
  from: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface OfflineState {
  /** Ordinal of a device that is offline -> its silence. */
  silent: Record<string, Silence>;
  /** `works` also under declared maintenance: that mutes, as the desk says. */
  unit: "works" | "closed" | "presumed-closed";
  /** A device of the unit in question is back, and has been since. */
  isBack: boolean;
}

export const deviceOffline = defineRule<OfflineState, typeof PARAMETERS>({
  code: "O01",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [CITY_PLAN],
  title: { zh: "设备离线", en: "Device offline" },
  autoClose: "condition",
  mutedBy: ["maintenance", "outage"],
  parameters: PARAMETERS,
  events: OPERATION_EVENTS,
  findings: ["silent", "heard"],
  initial: () => ({ silent: {}, unit: "works", isBack: false }),
  concerns: (state, input, { facts, now }) => {
    if (input.kind === "event") return unitAt(facts, now) !== state.unit;
    // Whoever is heard ends its own silence, or the question whether the unit still works.
    if (input.kind === "heard")
      return state.silent[input.device] !== undefined || state.unit === "presumed-closed";
    return true;
  },
  fold: (state, input, context) => {
    if (input.kind === "silent") goSilent(state, input, context);
    else if (input.kind === "heard") comeBack(state, input, context);
    else watchUnit(state, context);
  },
  due: (state, key, context) => {
    if (key.startsWith("facts:")) watchUnit(state, context);
    else if (key === "unit back") context.clear(null);
    else {
      const [what, device] = key.split(" ");
      if (what === "back") context.clear(deviceId(context, Number(device)));
      else judge(state, Number(device), context);
    }
  },
});

function goSilent(state: OfflineState, finding: SilentFinding, context: Context): void {
  const { device, exercise } = finding;
  const id = deviceId(context, device);
  const wording = { zh: `${id} 无数据`, en: `${id} is silent` };
  const cause = finding.because[0] ?? causeOfTime(finding.time, `silent-${device}`, wording);
  state.silent[device] = { from: finding.time, cause, exercise };
  context.cancelTimer(`back ${device}`);
  if (state.isBack && isAllSilent(context)) {
    state.isBack = false;
    context.cancelTimer("unit back");
  }
  if (state.unit === "works") awaitAlert(state, device, context);
}

function isAllSilent({ facts }: Context): boolean {
  return Object.keys(facts.offline).length >= facts.heard;
}

function comeBack(state: OfflineState, { device }: HeardFinding, context: Context): void {
  delete state.silent[device];
  context.cancelTimer(`offline ${device}`);
  if (context.openLevel(deviceId(context, device)) !== null) {
    context.setTimer(`back ${device}`, context.now + context.parameters.backForMs);
  }
  if (!state.isBack && context.openLevel(null) !== null) {
    state.isBack = true;
    context.setTimer("unit back", context.now + context.parameters.backForMs);
  }
}

/** Waits until the silence has lasted long enough in hours. */
function awaitAlert(state: OfflineState, device: number, context: Context): void {
  const silence = state.silent[device];
  if (silence === undefined) return;
  const due = whenOpenFor(context.kitchen, silence.from, context.parameters.alertAfterMs);
  if (due !== null) context.setTimer(`offline ${device}`, due);
}

/** The silence has lasted long enough to ring, or to be graver. */
function judge(state: OfflineState, device: number, context: Context): void {
  const silence = state.silent[device];
  if (silence === undefined || state.unit !== "works") return;
  const asset = deviceId(context, device);
  const graveAt = silence.from + context.parameters.graveAfterMs;
  const { cause, exercise } = silence;
  const level = context.now >= graveAt ? "L3" : "L4";
  context.raise({ asset, level, because: [cause], exercise });
  if (context.now < graveAt) context.setTimer(`offline ${device}`, graveAt);
}

/** Follows whether the unit works. */
function watchUnit(state: OfflineState, context: Context): void {
  const unit = unitAt(context.facts, context.now);
  if (unit === state.unit) return;
  state.unit = unit;
  if (unit === "works") reopen(state, context);
  else for (const device of Object.keys(state.silent)) context.cancelTimer(`offline ${device}`);
  if (unit === "presumed-closed") ask(state, context);
  else endQuestion(state, context);
}

function unitAt(facts: KitchenFacts, time: number): OfflineState["unit"] {
  const operation = operationAt(facts, time);
  if (operation === "open" || operation === "maintenance") return "works";
  return operation === "presumed-closed" ? "presumed-closed" : "closed";
}

function reopen(state: OfflineState, context: Context): void {
  for (const [device, silence] of Object.entries(state.silent)) {
    silence.from = context.now;
    awaitAlert(state, Number(device), context);
  }
}

function endQuestion(state: OfflineState, context: Context): void {
  state.isBack = false;
  context.cancelTimer("unit back");
  context.clear(null);
}

/** 疑似歇业: one question for the unit takes the place of its devices' alerts. */
function ask(state: OfflineState, context: Context): void {
  const since = context.facts.presumedClosedSince ?? context.now;
  const moment = momentText(since);
  const wording = {
    zh: `自 ${moment} 起全部设备无数据、无经营活动`,
    en: `no device, no activity since ${moment}`,
  };
  context.retire((episode) => episode.code === "O01" && episode.asset !== null, "closed-unit");
  context.raise({
    asset: null,
    level: "L4",
    because: [
      causeOfTime(since, `unit-silent-since-${formatTime(since)}`, wording),
      ...Object.values(state.silent).map(({ cause }) => cause),
    ],
  });
}
