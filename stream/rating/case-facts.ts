/**
 * The facts that a kitchen's cases are: what a person confirmed, or what nobody disputed for three working days where the
 * reading itself is the fact (T*, D*, W*; never a lead that AI alone stands behind). DOMAIN §6.1, second column.
 */
import type { Case } from "../../twin/case-file.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { exposureOf, type IndexFact } from "../../twin/food-safety-index/index-fact.ts";
import { workdayDeadline } from "../../twin/kernel/calendar.ts";
import type { Exposure } from "./exposure.ts";

const UNDISPUTED_WORKDAYS = 3;
/** A case there is no fact: judged false, kept quiet, part of another, or still argued about. */
const NO_FACT: ReadonlySet<Case["state"]> = new Set(["false", "suppressed", "merged", "appealed"]);

export function factsOfCases(
  cases: readonly Case[],
  kitchen: Kitchen,
  exposure: Exposure,
  now: number,
): IndexFact[] {
  return cases.filter((one) => isFact(one, now)).map((one) => factOf(one, kitchen, exposure));
}

export function isFact(one: Case, now: number): boolean {
  if (one.exercise || NO_FACT.has(one.state) || one.openedAt > now) return false;
  if (one.confirmed) return true;
  if (one.aiOnly || one.lead || isDisputed(one)) return false;
  return now >= workdayDeadline(one.openedAt, UNDISPUTED_WORKDAYS);
}

function isDisputed({ history }: Case): boolean {
  return history.some(({ what }) => what === "dispute");
}

function factOf(one: Case, kitchen: Kitchen, exposure: Exposure): IndexFact {
  const { assets, median } = exposure.of(kitchen, one.code);
  return {
    about: one.id,
    code: one.code,
    level: one.level,
    at: one.openedAt,
    fixed: howFixed(one),
    selfReported: false,
    repeat: one.repeats > 0,
    exposure: exposureOf(assets, median),
  };
}

/** On time: it was put right, and no limit was passed before; late: one was. */
export function howFixed({ clearedAt, state, history }: Case): IndexFact["fixed"] {
  if (isOverdue({ history })) return "late";
  const isRight = clearedAt !== null || state === "submitted" || state === "recheck" || state === "closed";
  return isRight ? "on-time" : "open";
}

/** Its time to be put right has passed. */
export function isOverdue({ history }: Pick<Case, "history">): boolean {
  return history.some(({ what, to }) => what === "limit-passed" && (to === "acked" || to === "rectifying"));
}
