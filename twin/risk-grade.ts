/**
 * The risk grade A–D of a kitchen (O49 Art. 21; 风险分级管理办法(试行) 2016; DOMAIN R35–R38): 40 points for what it is,
 * 60 for what it did. It steers how often officials come; it is no judgement and stands on no list.
 */
import type { Kitchen } from "./city/kitchen.ts";
import { DAY_MS } from "./kernel/time.ts";

export type RiskGrade = "A" | "B" | "C" | "D";

/** I drinks; II hot food; III high-risk cold or raw food; IV patients, the old, children, canteens (DOMAIN R36). */
export type StaticClass = "I" | "II" | "III" | "IV";

export const STATIC_POINTS: Readonly<Record<StaticClass, number>> = { I: 10, II: 20, III: 30, IV: 40 };
export const DYNAMIC_MAX = 60;

/** Upper ends of A, B and C, points (DOMAIN R35; the cut-offs need checking, mark G). */
const CUT_OFFS: readonly (readonly [RiskGrade, number])[] = [
  ["A", 30],
  ["B", 45],
  ["C", 60],
];

/** Inspections a year: at least, and as planned (DOMAIN R37). */
export const INSPECTIONS_A_YEAR: Readonly<
  Record<RiskGrade, { readonly least: number; readonly most: number }>
> = {
  A: { least: 1, most: 1 },
  B: { least: 1, most: 2 },
  C: { least: 2, most: 3 },
  D: { least: 3, most: 4 },
};

/** The whole of the inspection points, at least once in so long (DOMAIN R38, O49 Art. 22). */
export const FULL_SCOPE_MS = 730 * DAY_MS;

export function staticClass({ type, zones }: Pick<Kitchen, "type" | "zones">): StaticClass {
  switch (type) {
    case "drinks":
      return "I";
    case "school":
    case "nursery":
    case "elder-care":
    case "hospital":
    case "office":
      return "IV";
    case "mobile-banquet":
      return "III";
    default:
      return zones.some(({ kind }) => kind === "rte-room") ? "III" : "II";
  }
}

export interface Risk {
  readonly grade: RiskGrade;
  readonly static: number;
  readonly dynamic: number;
}

/** `ownScore`: S of the food-safety index, 0 … 100: what it lacks is the dynamic part, up to 60. */
export function riskOf(kitchen: Pick<Kitchen, "type" | "zones">, ownScore: number): Risk {
  const fixed = STATIC_POINTS[staticClass(kitchen)];
  const dynamic = Math.min(DYNAMIC_MAX, Math.max(0, 100 - ownScore));
  return { grade: gradeOf(fixed + dynamic), static: fixed, dynamic };
}

export function gradeOf(points: number): RiskGrade {
  return CUT_OFFS.find(([, upTo]) => points <= upTo)?.[0] ?? "D";
}

/** When the next inspection is due, ms since epoch; `last` = `null`: none is known, it is due at `now`. */
export function nextInspection(grade: RiskGrade, last: number | null, now: number): number {
  if (last === null) return now;
  return last + Math.floor((365 * DAY_MS) / INSPECTIONS_A_YEAR[grade].most);
}
