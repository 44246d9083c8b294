/**
 * Numbers of a pack that belong to no alert: how much an office looks at by camera, when a feed from outside counts as
 * late. Proposals (P): the law sets none.
 */
import { DAY_MS } from "../kernel/time.ts";
import type { RuleParameters } from "./rule-parameters.ts";

export const DUTY_NUMBERS = {
  /** Of the kitchens that can be looked at by camera, so many are drawn a week; at least `patrolCount` where there are as many. */
  patrolShare: 0.05,
  patrolCount: 3,
  /** Silent for so long a feed is late: platforms and departments speak every day. */
  feedLateMs: DAY_MS,
};
export type DutyNumbers = Readonly<typeof DUTY_NUMBERS>;

export function dutyNumbersOf({ duties = {} }: { readonly duties?: RuleParameters }): DutyNumbers {
  return { ...DUTY_NUMBERS, ...duties };
}
