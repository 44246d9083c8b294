/**
 * The food-safety index 食安指数 (DOMAIN §6.1): transparent, versioned, a pure function of facts and of how much is known.
 *
 *   Index = w·S + (1 - w)·μ(type),  w = n / (n + 10)
 *
 * Missing data is never good data: a kitchen whose devices are silent is 数据不足 or not rated.
 */
import type { IndexConstants } from "./index-constants.ts";
import type { IndexFact } from "./index-fact.ts";
import { type Deduction, ownScore } from "./own-score.ts";

/** What is known of a kitchen at a moment. */
export interface IndexEvidence {
  readonly facts: readonly IndexFact[];
  /** Days of the last 30 with a valid self-check or 90 % of the device minutes. */
  readonly evidenceDays: number;
  /** Share of its device minutes heard in the last 7 d; `null` = it has no devices, or none was ever heard. */
  readonly onlineShare: number | null;
  /** A confirmed L1 is open, or its case was closed at this time; `null` = none. */
  readonly l1: "open" | { readonly closedAt: number } | null;
}

export type IndexStanding = "rated" | "insufficient" | "not-rated";

export interface FoodSafetyIndex {
  /** 0 … 100 with one decimal; `null` when it is not rated. */
  readonly index: number | null;
  readonly standing: IndexStanding;
  /** S before it is drawn to the mean of the type. */
  readonly own: number;
  /** The gravest facts, at most five (DOMAIN §6.3, safeguards). */
  readonly reasons: readonly Deduction[];
  readonly version: string;
}

const REASONS_MAX = 5;

/** `typeMean`: mean S of the rated kitchens of the type, 0 … 100. */
export function foodSafetyIndex(
  evidence: IndexEvidence,
  typeMean: number,
  now: number,
  constants: IndexConstants,
): FoodSafetyIndex {
  const { score, deductions } = ownScore(evidence.facts, now, constants);
  const standing = standingOf(evidence, constants);
  const weight = evidence.evidenceDays / (evidence.evidenceDays + constants.shrinkDays);
  let index = weight * score + (1 - weight) * typeMean;
  if (standing === "insufficient") index = Math.min(index, constants.insufficientCeiling);
  if (isHeldByL1(evidence, now, constants)) index = Math.min(index, constants.l1Ceiling);
  return {
    index: standing === "not-rated" ? null : Math.round(index * 10) / 10,
    standing,
    own: score,
    reasons: deductions.slice(0, REASONS_MAX),
    version: constants.version,
  };
}

/** Nothing at all is known of a kitchen without a day of evidence: it is not rated either. */
export function standingOf(
  { evidenceDays, onlineShare }: Pick<IndexEvidence, "evidenceDays" | "onlineShare">,
  { enoughShare, ratedShare }: IndexConstants,
): IndexStanding {
  if (evidenceDays === 0) return "not-rated";
  if (onlineShare === null || onlineShare >= enoughShare) return "rated";
  return onlineShare >= ratedShare ? "insufficient" : "not-rated";
}

function isHeldByL1({ l1 }: IndexEvidence, now: number, { l1HoldMs }: IndexConstants): boolean {
  if (l1 === null) return false;
  return l1 === "open" || now < l1.closedAt + l1HoldMs;
}
