/**
 * P06 环境卫生: a bin left open, a dirty floor or food on the floor for 10 min (DOMAIN R21). Goods stand on the floor while
 * they are received: never a breach in the receiving area, and elsewhere not before some time after a receipt. It is over
 * with two frames in a row on which the camera's model does not see it any more.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { minutes } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { type Detection, HIT_PARAMETERS, hitOf, type Stretches, stretchKey } from "./hit.ts";
import { foldLasting, type Lasting, lastingDue, stretchOf } from "./lasting.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset, zoneKind } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Seen so long, without a break of more than `hitGapMs`. */
  holdMs: minutes(10),
  /** So long after a receipt goods may stand on the floor; the hold counts from then. */
  receivingMs: minutes(30),
  /** Frames in a row without it that end it. */
  cleanCount: 2,
};

const CLASSES: ReadonlySet<string> = new Set(["bin_open", "floor_dirty", "goods_on_floor"]);

interface Soiled {
  /** Newest hit, ms since epoch. */
  seenAt: number;
  /** Clean frames in a row since. */
  clean: number;
}

interface HygieneState {
  stretches: Stretches;
  /** End of the newest receiving window, ms since epoch. */
  receivingUntil: number;
  /** Stretch that has rung -> what was seen since. */
  soiled: Record<string, Soiled>;
}

type Context = RuleContext<typeof PARAMETERS>;

export const hygiene = defineRule<HygieneState, typeof PARAMETERS>({
  code: "P06",
  version: 1,
  level: "L4",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("33(2)"), operatingCode("§11")],
  title: { zh: "环境卫生", en: "Bins or floor" },
  lead: true,
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.detection", "warmcity.device.heartbeat", "warmcity.goods.received"],
  findings: [],
  initial: () => ({ stretches: {}, receivingUntil: 0, soiled: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type === "warmcity.device.heartbeat") look(state, event, context);
    else if (event.type === "warmcity.goods.received") {
      state.receivingUntil = Math.max(state.receivingUntil, event.time + context.parameters.receivingMs);
    } else {
      const hit = hitOf(input, context);
      if (hit !== null && matters(hit, context)) see(state, hit, context);
    }
  },
  due: (state, key, context) => lastingDue(lasting(state, context), key, context),
});

function matters({ data }: Detection, { kitchen }: Context): boolean {
  if (!CLASSES.has(data.class)) return false;
  return data.class !== "goods_on_floor" || zoneKind(kitchen, data.zone) !== "receiving";
}

function see(state: HygieneState, hit: Detection, context: Context): void {
  foldLasting(lasting(state, context), hit, context);
  const soiled = state.soiled[stretchKey(hit)];
  if (soiled === undefined) return;
  soiled.seenAt = Math.max(soiled.seenAt, hit.time);
  soiled.clean = 0;
}

function lasting(state: HygieneState, context: Context): Lasting {
  const { holdMs } = context.parameters;
  return {
    stretches: state.stretches,
    dueOf: ({ from }, key) =>
      (stretchOf(key).class === "goods_on_floor" ? Math.max(from, state.receivingUntil) : from) + holdMs,
    ring: ({ first, last, to, exercise }, key, at) => {
      state.soiled[key] = { seenAt: to, clean: 0 };
      const asset = zoneAsset(context.kitchen, stretchOf(key).zone);
      context.raise({ asset, level: "L4", at, because: [first, last], exercise });
    },
  };
}

/** What the model watched since the camera's last heartbeat; one that says nothing of it tells nothing. */
function look(state: HygieneState, event: EventOf<"warmcity.device.heartbeat">, context: Context): void {
  const { seen, frames } = event.data;
  if (seen == null) return;
  for (const [key, soiled] of Object.entries(state.soiled)) {
    const about = stretchOf(key);
    if (about.device !== event.device || event.time <= soiled.seenAt) continue;
    soiled.clean = seen.includes(about.class) ? 0 : soiled.clean + (frames ?? 1);
    if (soiled.clean < context.parameters.cleanCount) continue;
    delete state.soiled[key];
    delete state.stretches[key];
    if (Object.keys(state.soiled).some((other) => stretchOf(other).zone === about.zone)) continue;
    const cause = causeOf(event, { zh: "连续两帧干净", en: "clean on two frames in a row" });
    context.clear(zoneAsset(context.kitchen, about.zone), [cause]);
  }
}
