/** P02 吸烟: two hits within 60 s in one zone (DOMAIN R20). Guests in the dining room are not the kitchen's staff. */

import type { Cause } from "../../twin/events/output-events.ts";
import { seconds } from "../../twin/kernel/time.ts";
import { causeOfHit, type Detection, HIT_PARAMETERS, hitOf } from "./hit.ts";
import { CATERING_HYGIENE, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { zoneAsset, zoneKind } from "./zone.ts";

const PARAMETERS = {
  ...HIT_PARAMETERS,
  /** Two hits are at most so far apart. */
  apartMaxMs: seconds(60),
};

/** Hits kept while a second one is awaited. */
const RECENT_MAX = 8;

interface RecentHit {
  readonly time: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface SmokingState {
  /** Zone -> its newest hits, oldest first. */
  recent: Record<string, RecentHit[]>;
}

export const smoking = defineRule<SmokingState, typeof PARAMETERS>({
  code: "P02",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§14")],
  title: { zh: "吸烟", en: "Smoking" },
  lead: true,
  autoClose: "human",
  parameters: PARAMETERS,
  events: ["warmcity.detection"],
  findings: [],
  initial: () => ({ recent: {} }),
  fold: (state, input, context) => {
    const hit = hitOf(input, context);
    if (hit === null || hit.data.class !== "smoking") return;
    if (zoneKind(context.kitchen, hit.data.zone) === "dining") return;
    const partner = partnerOf(state, hit, context);
    if (partner === null) return;
    context.raise({
      asset: zoneAsset(context.kitchen, hit.data.zone),
      level: "L3",
      at: Math.max(hit.time, partner.time),
      because: [partner.cause, causeOfHit(hit)],
      exercise: hit.exercise || partner.exercise,
    });
  },
});

/** An earlier hit of the zone that is near enough; the hit itself is kept for the next. */
function partnerOf(
  state: SmokingState,
  hit: Detection,
  { parameters: { apartMaxMs } }: RuleContext<typeof PARAMETERS>,
): RecentHit | null {
  const { time, exercise } = hit;
  const recent = (state.recent[hit.data.zone] ?? []).filter((other) => time - other.time <= apartMaxMs);
  const all = [...recent, { time, cause: causeOfHit(hit), exercise }].sort((a, b) => a.time - b.time);
  state.recent[hit.data.zone] = all.slice(-RECENT_MAX);
  return recent.find((other) => Math.abs(time - other.time) <= apartMaxMs) ?? null;
}
