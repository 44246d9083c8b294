/** S of DOMAIN §6.1: 100 less what each component's facts take away, each up to its cap. */
import { pow } from "../kernel/math.ts";
import type { IndexConstants } from "./index-constants.ts";
import { componentOf, INDEX_COMPONENTS, type IndexComponent, type IndexFact } from "./index-fact.ts";

/** What one fact takes away, before the cap of its component. */
export interface Deduction {
  readonly component: IndexComponent;
  readonly fact: IndexFact;
  readonly points: number;
}

export interface OwnScore {
  /** 0 … 100. */
  readonly score: number;
  /** Gravest first. */
  readonly deductions: readonly Deduction[];
  /** What each component takes away, capped. */
  readonly components: Readonly<Record<IndexComponent, number>>;
}

/** The score at `now`, ms since epoch; facts that lie ahead of it do not count yet. */
export function ownScore(facts: readonly IndexFact[], now: number, constants: IndexConstants): OwnScore {
  const deductions: Deduction[] = [];
  const sums = Object.fromEntries(INDEX_COMPONENTS.map((name) => [name, 0])) as Record<
    IndexComponent,
    number
  >;
  for (const fact of [...facts].sort(byName)) {
    const component = fact.at > now ? null : componentOf(fact.code, fact.level);
    if (component === null) continue;
    const points = pointsOf(fact, now, constants);
    sums[component] += points;
    deductions.push({ component, fact, points });
  }
  let score = 100;
  for (const name of INDEX_COMPONENTS) {
    sums[name] = Math.min(sums[name], constants.caps[name]);
    score -= sums[name];
  }
  deductions.sort((a, b) => b.points - a.points || byName(a.fact, b.fact));
  return { score: Math.max(0, score), deductions, components: sums };
}

/** p · q · 2^(-age/h) / e. */
export function pointsOf(fact: IndexFact, now: number, { penalty, factors }: IndexConstants): number {
  const { points, halfLifeMs } = penalty[fact.level];
  let q = fact.fixed === "on-time" ? factors.onTime : fact.fixed === "late" ? factors.late : 1;
  if (fact.selfReported) q *= factors.selfReported;
  if (fact.repeat) q *= factors.repeat;
  return (points * q * pow(2, -(now - fact.at) / halfLifeMs)) / fact.exposure;
}

/** Sums of floats depend on their order, so it is fixed. */
function byName(a: IndexFact, b: IndexFact): number {
  return compare(a.code, b.code) || compare(a.about, b.about) || a.at - b.at;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
