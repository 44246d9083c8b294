/**
 * P08 虫害: cockroaches or flies seen three times in 24 h in one zone; hits at most 60 s apart are one sighting (DOMAIN
 * R22). It is over after 3 d without any, and its case with the record of the pest control. What a reviewer judged false
 * counts no more.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { days, hours } from "../../twin/kernel/time.ts";
import { type Detection, HIT_PARAMETERS, hitOf, isJudgedFalse, type Stretches, stretchTo } from "./hit.ts";
import { operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Sightings that ring. */
  sightingsCount: 3,
  withinMs: hours(24),
  /** Without a sighting so long, it is over. */
  quietMs: days(3),
};

const CLASSES: ReadonlySet<string> = new Set(["cockroach_fly", "cockroach", "fly"]);
/** Enough for the question; a zone with more is worse than the rule can say. */
const SIGHTINGS_MAX = 48;
const QUIET = "quiet ";

interface Sighting {
  /** First hit, ms since epoch. */
  readonly time: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface InsectState {
  stretches: Stretches;
  /** Zone -> its sightings of the last 24 h, oldest first. */
  sightings: Record<string, Sighting[]>;
  /** Zone -> end of its newest sighting, ms since epoch. */
  seenAt: Record<string, number>;
}

type Context = RuleContext<typeof PARAMETERS>;

export const insects = defineRule<InsectState, typeof PARAMETERS>({
  code: "P08",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [operatingCode("§12")],
  title: { zh: "虫害", en: "Insects" },
  lead: true,
  autoClose: "condition+record",
  records: ["pest-control"],
  parameters: PARAMETERS,
  events: ["warmcity.detection", "warmcity.case.command"],
  findings: [],
  initial: () => ({ stretches: {}, sightings: {}, seenAt: {} }),
  fold: (state, input, context) => {
    for (const zone of Object.keys(state.sightings)) {
      if (isJudgedFalse(input, zoneAsset(context.kitchen, zone), context)) delete state.sightings[zone];
    }
    const hit = hitOf(input, context);
    if (hit !== null && CLASSES.has(hit.data.class)) see(state, hit, context);
  },
  due: (_state, key, context) => context.clear(zoneAsset(context.kitchen, key.slice(QUIET.length))),
});

function see(state: InsectState, hit: Detection, context: Context): void {
  const { zone } = hit.data;
  const stretch = stretchTo(state.stretches, hit, context);
  if (!stretch.hasRung) {
    stretch.hasRung = true;
    count(state, zone, { time: hit.time, cause: stretch.first, exercise: hit.exercise }, context);
  }
  const seenAt = Math.max(state.seenAt[zone] ?? 0, stretch.to);
  state.seenAt[zone] = seenAt;
  if (context.openLevel(zoneAsset(context.kitchen, zone)) === null) return;
  context.setTimer(QUIET + zone, seenAt + context.parameters.quietMs);
}

/** Rings at the sighting that completes the number, which for a late one may be a later one than itself. */
function count(state: InsectState, zone: string, sighting: Sighting, context: Context): void {
  const { sightingsCount, withinMs } = context.parameters;
  const before = (state.sightings[zone] ?? []).filter(({ time }) => sighting.time - time <= withinMs);
  const all = [...before, sighting].sort((a, b) => a.time - b.time).slice(-SIGHTINGS_MAX);
  state.sightings[zone] = all;
  for (let last = Math.max(all.indexOf(sighting), sightingsCount - 1); last < all.length; last++) {
    const seen = all.slice(last - sightingsCount + 1, last + 1);
    if (!seen.includes(sighting) || seen.at(-1)!.time - seen[0]!.time > withinMs) continue;
    context.raise({
      asset: zoneAsset(context.kitchen, zone),
      level: "L3",
      at: seen.at(-1)!.time,
      because: seen.map(({ cause }) => cause),
      exercise: seen.some(({ exercise }) => exercise),
    });
    return;
  }
}
