/** What a case is opened with: the episode that opens it, and where the desk stands. */
import type { Episode } from "../twin/alerts/episode.ts";
import type { CaseOpening } from "../twin/case.ts";
import type { DeskRule, DeskScene } from "./desk-scene.ts";

/** `alert` = the episode's id. */
export function caseOpening(
  rule: DeskRule,
  episode: Episode,
  alert: string,
  { kitchen, kitchenType, hours }: DeskScene,
): CaseOpening {
  return {
    id: episode.case,
    alert,
    kitchen,
    code: rule.code,
    policy: episode.policy,
    asset: episode.asset,
    level: episode.level,
    openedAt: episode.raisedAt,
    lead: episode.lead,
    exercise: episode.exercise,
    autoClose: rule.autoClose,
    suppressed: episode.reason,
    kitchenType,
    hours,
  };
}
