/**
 * Who belongs on the monthly lists (红黑榜, DOMAIN §6.3). Red: the best of their type and banner. Black: only what a
 * person confirmed or an authority decided; never AI hits, quick tests, ratings or the index alone. It is not the
 * statutory list of serious offenders (REG 66).
 */
import type { KitchenType } from "../city/kitchen.ts";
import { days } from "../kernel/time.ts";

/** What is known of a kitchen at the end of the month. */
export interface ListCandidate {
  readonly kitchen: string;
  readonly type: KitchenType;
  readonly banner: string;
  /** `null` = not rated. */
  readonly index: number | null;
  readonly evidenceDays: number;
  /** Time-weighted share of its devices online; `null` = none. */
  readonly onlineShare: number | null;
  /** When alerts of L1 or L2 were raised, leads that nobody confirmed apart; ms since epoch. */
  readonly graveAlerts: readonly number[];
  readonly hasOverdueCase: boolean;
  /** Result of the last official inspection; `null` = there was none. */
  readonly inspectionPassed: boolean | null;
  /** What counts against it: each confirmed by a person, or decided. */
  readonly confirmed: readonly ConfirmedFact[];
}

export interface ConfirmedFact {
  readonly case: string;
  readonly kind: "penalty" | "L1" | "L2";
  readonly at: number;
  /** Its time to be put right has passed. */
  readonly overdue: boolean;
}

export interface ListEntry {
  readonly kitchen: string;
  readonly banner: string;
  readonly type: KitchenType;
  readonly index: number | null;
  /** The cases it stands there for; none on the red list. */
  readonly cases: readonly string[];
  readonly ground: "top-5-percent" | "penalty" | "confirmed-L1" | "three-L2-with-overdue";
}

const RED_SHARE = 0.05;
const RED_INDEX = 95;
const RED_ONLINE = 0.95;
const RATED_DAYS = 20;
const LOOK_BACK_MS = days(90);
const L2_COUNT = 3;

/**
 * The red list at `now`: of each type and banner the best twentieth (rounded up, if any is good enough), by index, equal
 * ones together only as far as the twentieth reaches, in the order of their ids.
 */
export function redList(candidates: readonly ListCandidate[], now: number): ListEntry[] {
  const groups = new Map<string, ListCandidate[]>();
  for (const one of candidates) {
    if (one.index === null || one.evidenceDays < RATED_DAYS) continue;
    const key = `${one.banner}|${one.type}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  const entries: ListEntry[] = [];
  for (const group of groups.values()) {
    const places = Math.ceil(group.length * RED_SHARE);
    const best = group.sort((a, b) => (b.index ?? 0) - (a.index ?? 0) || byId(a, b)).slice(0, places);
    for (const one of best) if (deservesRed(one, now)) entries.push(entryOf(one, "top-5-percent", []));
  }
  return entries.sort(byId);
}

function deservesRed(one: ListCandidate, now: number): boolean {
  return (
    one.index !== null &&
    one.index >= RED_INDEX &&
    one.onlineShare !== null &&
    one.onlineShare >= RED_ONLINE &&
    !one.hasOverdueCase &&
    one.inspectionPassed === true &&
    !one.graveAlerts.some((at) => at > now - LOOK_BACK_MS)
  );
}

/** The draft of the black list at `now`: people look at each entry before anybody else does (`list.machine.ts`). */
export function blackList(candidates: readonly ListCandidate[], now: number): ListEntry[] {
  return candidates
    .flatMap((one) => {
      const ground = blackGround(one, now);
      return ground === null ? [] : [entryOf(one, ground.ground, ground.cases)];
    })
    .sort(byId);
}

function blackGround({ confirmed }: ListCandidate, now: number): Pick<ListEntry, "ground" | "cases"> | null {
  const recent = confirmed.filter(({ at }) => at <= now && at > now - LOOK_BACK_MS);
  const of = (kind: ConfirmedFact["kind"]) => recent.filter((fact) => fact.kind === kind);
  const cases = (facts: readonly ConfirmedFact[]) => facts.map((fact) => fact.case).sort();
  if (of("penalty").length > 0) return { ground: "penalty", cases: cases(of("penalty")) };
  if (of("L1").length > 0) return { ground: "confirmed-L1", cases: cases(of("L1")) };
  const grave = of("L2");
  if (grave.length < L2_COUNT || !grave.some(({ overdue }) => overdue)) return null;
  return { ground: "three-L2-with-overdue", cases: cases(grave) };
}

function entryOf(one: ListCandidate, ground: ListEntry["ground"], cases: readonly string[]): ListEntry {
  const { kitchen, banner, type, index } = one;
  return { kitchen, banner, type, index, cases, ground };
}

function byId(a: { readonly kitchen: string }, b: { readonly kitchen: string }): number {
  return a.kitchen < b.kitchen ? -1 : a.kitchen > b.kitchen ? 1 : 0;
}
