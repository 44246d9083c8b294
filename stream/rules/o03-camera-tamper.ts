/**
 * O03 摄像头遮挡/移位: a camera covered, blurred, shifted or frozen for 3 min in hours; graver after 10 min or at the
 * third time in a day; over when it has been clear for 5 min. What a camera says of its health stands until it says
 * otherwise; single hits (`cover`, `blur`, `shift`) hold as far as their stretch goes.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { whenOpenFor } from "../../twin/kernel/calendar.ts";
import { minutes, shanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { deviceId } from "./follow-limit.ts";
import { causeOfHit, type Detection, HIT_PARAMETERS, hitOf } from "./hit.ts";
import { CITY_PLAN } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Opening time that it lasts before it rings. */
  shortMs: minutes(3),
  /** Lasting so long: graver. */
  longMs: minutes(10),
  /** Clear so long: over. */
  clearMs: minutes(5),
  /** At this time of one day: graver. */
  timesADayCount: 3,
};
type Context = RuleContext<typeof PARAMETERS>;

type Health = EventOf<"warmcity.camera.health">["data"]["state"];

const HEALTH_WORDS: Readonly<Record<Health, Bilingual>> = {
  clear: { zh: "摄像头画面正常", en: "camera clear" },
  covered: { zh: "摄像头被遮挡", en: "camera covered" },
  blurred: { zh: "摄像头画面模糊", en: "camera blurred" },
  shifted: { zh: "摄像头移位", en: "camera shifted" },
  frozen: { zh: "摄像头画面冻结", en: "camera frozen" },
};

interface Covering {
  /** ms since epoch. */
  readonly from: number;
  /** End of the last hit; `null` = it stands until the camera says otherwise. */
  until: number | null;
  readonly cause: Cause;
  exercise: boolean;
  /** It has lasted long enough to ring, and was counted. */
  isShort: boolean;
  /** It has lasted long enough to be graver. */
  isLong: boolean;
}

interface TamperState {
  /** Ordinal of a camera -> what covers it now. */
  coverings: Record<string, Covering>;
  /** Ordinal -> how often it was covered long enough on that day. */
  times: Record<string, { day: number; count: number }>;
  /** Ordinal -> time of the newest word about its health; an older one that comes late tells nothing new. */
  healthAt: Record<string, number>;
}

export const cameraTamper = defineRule<TamperState, typeof PARAMETERS>({
  code: "O03",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [CITY_PLAN, "餐饮服务明厨亮灶工作指导意见 (2018)"],
  title: { zh: "摄像头遮挡/移位", en: "Camera covered or moved" },
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["shortMs", "longMs"]],
  events: ["warmcity.camera.health", "warmcity.detection"],
  findings: [],
  initial: () => ({ coverings: {}, times: {}, healthAt: {} }),
  fold: (state, input, context) => {
    if (input.kind === "event" && input.event.type === "warmcity.camera.health") {
      noteHealth(state, input.event, context);
      return;
    }
    const hit = hitOf(input, context);
    if (hit !== null && ["cover", "blur", "shift"].includes(hit.data.class)) noteHit(state, hit, context);
  },
  due: (state, key, context) => {
    const [what, device] = key.split(" ");
    const camera = Number(device);
    if (what === "clear") context.clear(deviceId(context, camera));
    else if (what === "gap") endStretch(state, camera, context);
    else if (what === "short" || what === "long") settle(state, camera, context);
  },
});

function noteHealth(state: TamperState, event: EventOf<"warmcity.camera.health">, context: Context): void {
  const { device, time, exercise } = event;
  if (time < (state.healthAt[device] ?? time)) return;
  state.healthAt[device] = time;
  if (event.data.state === "clear") {
    uncover(state, device, time, context);
    return;
  }
  const cause = causeOf(event, HEALTH_WORDS[event.data.state]);
  cover(state, device, { from: time, until: null, cause, exercise }, context);
}

function noteHit(state: TamperState, hit: Detection, context: Context): void {
  const { device, time, exercise } = hit;
  const until = time + (hit.data.lastedMs ?? 0);
  const current = state.coverings[device];
  if (current !== undefined && current.until !== null && time > current.until + context.parameters.hitGapMs) {
    uncover(state, device, current.until, context);
  }
  cover(state, device, { from: time, until, cause: causeOfHit(hit), exercise }, context);
  context.setTimer(`gap ${device}`, until + context.parameters.hitGapMs);
}

/** Begins a covering, or lets the one that is there go on. */
function cover(
  state: TamperState,
  camera: number,
  more: Omit<Covering, "isShort" | "isLong">,
  context: Context,
): void {
  const current = state.coverings[camera];
  context.cancelTimer(`clear ${camera}`);
  if (current === undefined) {
    state.coverings[camera] = { ...more, isShort: false, isLong: false };
    for (const [what, ms] of [
      ["short", context.parameters.shortMs],
      ["long", context.parameters.longMs],
    ] as const) {
      const due = whenOpenFor(context.kitchen, more.from, ms);
      if (due !== null) context.setTimer(`${what} ${camera}`, due);
    }
  } else {
    current.exercise ||= more.exercise;
    if (more.until === null) current.until = null;
    else if (current.until !== null) current.until = Math.max(current.until, more.until);
  }
  settle(state, camera, context);
}

function uncover(state: TamperState, camera: number, at: number, context: Context): void {
  if (state.coverings[camera] === undefined) return;
  delete state.coverings[camera];
  for (const what of ["short", "long", "gap"]) context.cancelTimer(`${what} ${camera}`);
  if (context.openLevel(deviceId(context, camera)) !== null) {
    context.setTimer(`clear ${camera}`, at + context.parameters.clearMs);
  }
}

/** No further hit came in time: the stretch ended with its last one. */
function endStretch(state: TamperState, camera: number, context: Context): void {
  const until = state.coverings[camera]?.until;
  if (until != null && until + context.parameters.hitGapMs <= context.now)
    uncover(state, camera, until, context);
}

/** Raises what the covering has lasted for by now, as far as it is known to have lasted. */
function settle(state: TamperState, camera: number, context: Context): void {
  const covering = state.coverings[camera];
  if (covering === undefined) return;
  const { shortMs, longMs, timesADayCount } = context.parameters;
  const known = Math.min(context.now, covering.until ?? context.now);
  const asset = deviceId(context, camera);
  const { cause, exercise } = covering;
  const short = whenOpenFor(context.kitchen, covering.from, shortMs);
  if (short !== null && short <= known && !covering.isShort) {
    covering.isShort = true;
    const level = countOn(state, camera, shanghaiDay(short)) >= timesADayCount ? "L3" : "L4";
    context.raise({ asset, level, at: short, because: [cause], exercise });
  }
  const long = whenOpenFor(context.kitchen, covering.from, longMs);
  if (long !== null && long <= known && !covering.isLong) {
    covering.isLong = true;
    context.raise({ asset, level: "L3", at: long, because: [cause], exercise });
  }
}

function countOn(state: TamperState, camera: number, day: number): number {
  const before = state.times[camera];
  const count = before !== undefined && before.day === day ? before.count + 1 : 1;
  state.times[camera] = { day, count };
  return count;
}
