/** The first word of an episode: what its rule found, when, and whether it may ring. */
import { caseId, type Episode } from "../twin/alerts/episode.ts";
import type { Level } from "../twin/events/fields.ts";
import type { DeskRule, DeskScene, Mute } from "./desk-scene.ts";
import { mergeCauses } from "./rules/cause.ts";
import { type Condition, ruleName } from "./rules/rule.ts";

export interface Beginning {
  readonly key: string;
  readonly number: number;
  /** Number of the episode that opened its case. */
  readonly caseSince: number;
  readonly level: Level;
  /** The trigger time, ms since epoch. */
  readonly at: number;
  readonly delayed: boolean;
}

/** `mute` = why it may not ring. */
export function newEpisode(
  rule: DeskRule,
  { key, number, caseSince, level, at, delayed }: Beginning,
  condition: Condition,
  mute: Mute | null,
  scene: DeskScene,
): Episode {
  return {
    key,
    number,
    case: caseId(key, caseSince),
    caseSince,
    code: rule.code,
    rule: ruleName(rule),
    policy: scene.policies.at(scene.now).name,
    asset: condition.asset,
    level,
    state: mute === null ? "firing" : "suppressed",
    raisedAt: at,
    levelAt: at,
    resolvedAt: null,
    reason: mute?.reason ?? null,
    lead: rule.lead === true,
    retro: scene.retro,
    delayed,
    exercise: condition.exercise ?? scene.exercise,
    title: rule.title,
    legalBasis: rule.legalBasis,
    value: condition.value ?? null,
    because: mergeCauses([], condition.because),
    parent: mute?.reason === "outage" ? mute.by : null,
    suppressedBy: mute?.by ?? null,
    recordAt: null,
  };
}
