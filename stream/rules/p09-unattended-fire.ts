/**
 * P09 动火离人/烟雾: a flame with nobody near for 5 min, as the camera's model says (`fire_unattended`); a danger to life
 * when smoke is seen in the zone within 60 s of that moment, or later while nobody has come. It ends when somebody is back or the
 * flame is off: the class is not seen for 60 s. A closed unit does not mute it: nobody there is what it is about.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { minutes, seconds } from "../../twin/kernel/time.ts";
import {
  causeOfHit,
  type Detection,
  HIT_PARAMETERS,
  hitOf,
  type Stretch,
  type Stretches,
  stretchKey,
} from "./hit.ts";
import { foldLasting, type Lasting, lastingDue, stretchOf } from "./lasting.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Alone so long. */
  holdMs: minutes(5),
  /** Smoke at most so far from the moment at which it rings makes it a danger to life. */
  smokeNearMs: seconds(60),
  /** Not seen for so long, it is over. */
  clearMs: seconds(60),
};

const GONE = "gone ";
/** Smoke that may still lie near a trigger. */
const SMOKE_MAX = 16;

interface Smoke {
  /** ms since epoch. */
  readonly from: number;
  readonly to: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface FireState {
  stretches: Stretches;
  /** Zone -> newest hits of smoke. */
  smoke: Record<string, Smoke[]>;
}

type Context = RuleContext<typeof PARAMETERS>;

export const unattendedFire = defineRule<FireState, typeof PARAMETERS>({
  code: "P09",
  version: 1,
  level: "L2",
  validFrom: "2021-09-01",
  legalBasis: ["安全生产法 Art. 36"],
  title: { zh: "动火离人/烟雾", en: "Fire left alone" },
  lead: true,
  autoClose: "condition",
  mutedBy: ["maintenance"],
  parameters: PARAMETERS,
  events: ["warmcity.detection"],
  findings: [],
  initial: () => ({ stretches: {}, smoke: {} }),
  fold: (state, input, context) => {
    const hit = hitOf(input, context);
    if (hit === null) return;
    if (hit.data.class === "smoke") noteSmoke(state, hit, context);
    else if (hit.data.class === "fire_unattended") noteFire(state, hit, context);
  },
  due: (state, key, context) => {
    if (key.startsWith(GONE)) end(state, key.slice(GONE.length), context);
    else {
      lastingDue(lasting(state, context), key, context);
      awaitEnd(state.stretches[key], key, context);
    }
  },
});

function noteFire(state: FireState, hit: Detection, context: Context): void {
  awaitEnd(foldLasting(lasting(state, context), hit, context), stretchKey(hit), context);
}

function awaitEnd(stretch: Stretch | undefined, key: string, context: Context): void {
  if (stretch?.hasRung) context.setTimer(GONE + key, stretch.to + context.parameters.clearMs);
}

function lasting(state: FireState, context: Context): Lasting {
  const { holdMs, smokeNearMs } = context.parameters;
  return {
    stretches: state.stretches,
    dueOf: ({ from }) => from + holdMs,
    ring: ({ first, last, to, exercise }, key, at) => {
      const { zone } = stretchOf(key);
      const near = (state.smoke[zone] ?? []).filter((one) => one.to >= at - smokeNearMs);
      const before = near.find(({ from }) => from <= at);
      const fire = { asset: zoneAsset(context.kitchen, zone), at, exercise };
      if (before !== undefined) {
        const because = [first, last, before.cause];
        context.raise({ ...fire, level: "L1", because, exercise: exercise || before.exercise });
        return;
      }
      context.raise({ ...fire, level: "L2", because: [first, last] });
      const after = near.find(({ from }) => from <= Math.max(to, at + smokeNearMs));
      if (after !== undefined) worsen(zone, after, context);
    },
  };
}

function worsen(zone: string, { from: at, cause, exercise }: Smoke, context: Context): void {
  const asset = zoneAsset(context.kitchen, zone);
  context.raise({ asset, level: "L1", at, because: [cause], exercise });
}

/** Smoke while the fire is taken to go on, until the end of the 60 s in which the next hit may still come: L1 never waits. */
function noteSmoke(state: FireState, hit: Detection, context: Context): void {
  const { zone, lastedMs } = hit.data;
  const from = hit.time;
  const smoke = { from, to: from + (lastedMs ?? 0), cause: causeOfHit(hit), exercise: hit.exercise };
  const all = [...(state.smoke[zone] ?? []), smoke].sort((a, b) => a.from - b.from);
  state.smoke[zone] = all.slice(-SMOKE_MAX);
  const { clearMs, holdMs, smokeNearMs } = context.parameters;
  for (const [key, stretch] of Object.entries(state.stretches)) {
    if (!stretch.hasRung || stretchOf(key).zone !== zone) continue;
    const isNear = smoke.to >= stretch.from + holdMs - smokeNearMs && from <= stretch.to + clearMs;
    if (isNear) worsen(zone, { ...smoke, from: Math.max(from, stretch.from + holdMs) }, context);
  }
}

/** Not seen for 60 s. */
function end(state: FireState, key: string, context: Context): void {
  const stretch = state.stretches[key];
  if (stretch === undefined || stretch.to + context.parameters.clearMs > context.now) return;
  delete state.stretches[key];
  const { zone } = stretchOf(key);
  const others = Object.entries(state.stretches).filter(([other]) => stretchOf(other).zone === zone);
  if (others.every(([, { hasRung }]) => !hasRung)) context.clear(zoneAsset(context.kitchen, zone));
}
