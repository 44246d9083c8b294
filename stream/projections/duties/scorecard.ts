/**
 * 项目绩效考评: how each part of the city does, in the figures the programme is judged by: connected kitchens, devices online,
 * cases closed, duties done, self-checks in time, how content people are. One line per banner, office, type or key group.
 */
import type { City } from "../../../twin/city/city.ts";
import type { Kitchen, KitchenType } from "../../../twin/city/kitchen.ts";
import type { Level } from "../../../twin/events/fields.ts";
import { shanghaiDay } from "../../../twin/kernel/time.ts";
import { NEVER, ONLINE } from "../../detectors/absence.ts";
import type { CityFold } from "../../fold.ts";
import type { Score } from "../../server/city-duty-answers.ts";
import { planViews } from "./plan-view.ts";
import { dailyCheck } from "./self-control-view.ts";

export const SCORED_BY = ["city", "banner", "office", "type", "group"] as const;
export type ScoredBy = (typeof SCORED_BY)[number];

/** 重点群体 (DOMAIN #64). */
const GROUPS: Readonly<Record<KitchenType, string>> = {
  school: "minors",
  nursery: "minors",
  "elder-care": "elderly",
  hospital: "patients",
  office: "workplaces",
  "mobile-banquet": "mobile",
  "very-large": "restaurants",
  large: "restaurants",
  medium: "restaurants",
  small: "restaurants",
  drinks: "restaurants",
};

/** Case states that are work still to be done. */
const ENDED: ReadonlySet<string> = new Set(["closed", "false", "merged", "suppressed"]);

export function scorecard(city: City, fold: CityFold, indices: readonly number[], by: ScoredBy): Score[] {
  const sums = new Map<string, Sums>();
  for (const index of indices) {
    const who = nameOf(city.kitchens[index]!, by);
    const known = sums.get(who) ?? newSums();
    sums.set(who, known);
    addKitchen(known, city, fold, index);
  }
  return [...sums]
    .map(([who, { points, answers, closed, open, casesOverdue, ...counts }]) => ({
      who,
      ...counts,
      cases: { open, overdue: casesOverdue, closed },
      closedShare: share(closed, closed + open),
      onlineShare: share(counts.devicesOnline, counts.devicesHeard),
      satisfaction: answers === 0 ? null : Math.round((points / answers) * 10) / 10,
    }))
    .sort((a, b) => (a.who < b.who ? -1 : 1));
}

interface Sums {
  kitchens: number;
  connected: number;
  devicesHeard: number;
  devicesOnline: number;
  openAlerts: Record<Level, number>;
  open: number;
  closed: number;
  casesOverdue: number;
  dutiesDone: number;
  dutiesOverdue: number;
  selfChecksDue: number;
  selfChecksInTime: number;
  answers: number;
  points: number;
}

function newSums(): Sums {
  return {
    kitchens: 0,
    connected: 0,
    devicesHeard: 0,
    devicesOnline: 0,
    openAlerts: { L1: 0, L2: 0, L3: 0, L4: 0 },
    open: 0,
    closed: 0,
    casesOverdue: 0,
    dutiesDone: 0,
    dutiesOverdue: 0,
    selfChecksDue: 0,
    selfChecksInTime: 0,
    answers: 0,
    points: 0,
  };
}

function nameOf(kitchen: Kitchen, by: ScoredBy): string {
  if (by === "city") return "city";
  return by === "group" ? GROUPS[kitchen.type] : kitchen[by];
}

function addKitchen(sums: Sums, city: City, fold: CityFold, index: number): void {
  sums.kitchens++;
  if (city.kitchens[index]!.connect === "online") sums.connected++;
  for (let device = city.firstDevice[index]!; device < city.firstDevice[index + 1]!; device++) {
    const connection = fold.devices.connectionOf(device);
    if (connection !== NEVER) sums.devicesHeard++;
    if (connection === ONLINE) sums.devicesOnline++;
  }
  const { episodes, cases } = fold.kitchen(index);
  for (const { state, level } of Object.values(episodes)) if (state === "firing") sums.openAlerts[level]++;
  for (const { state, due, exercise } of Object.values(cases)) {
    if (exercise) continue;
    if (state === "closed") sums.closed++;
    if (ENDED.has(state)) continue;
    sums.open++;
    if (due !== null && due <= fold.now) sums.casesOverdue++;
  }
  for (const { state } of planViews(city, fold, index)) {
    if (state === "done") sums.dutiesDone++;
    else if (state === "overdue") sums.dutiesOverdue++;
  }
  const check = dailyCheck(city, fold, index, shanghaiDay(fold.now) - 1);
  if (check !== "closed" && check !== "not-covered" && check !== "pending") sums.selfChecksDue++;
  if (check === "zero-risk" || check === "done") sums.selfChecksInTime++;
  const survey = fold.duties.books.feedback.stateOf(index)?.survey;
  sums.answers += survey?.count ?? 0;
  sums.points += survey?.sum ?? 0;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 1_000;
}
