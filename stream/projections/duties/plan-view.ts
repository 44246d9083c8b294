/** Inspections, visits, patrols and samplings: planned, overdue and done, one by one and by who has to do them. */
import type { City } from "../../../twin/city/city.ts";
import { formatDate, formatTime, startOfShanghaiDay } from "../../../twin/kernel/time.ts";
import { DUTY_KINDS } from "../../duties/plans.ts";
import type { CityFold } from "../../fold.ts";
import type { DutySummary, DutyView } from "../../server/duty-answers.ts";

/** Of a kitchen, what is due first comes first. */
export function planViews(city: City, fold: CityFold, index: number): DutyView[] {
  const state = fold.duties.books.plans.stateOf(index);
  if (state === undefined) return [];
  const { id, office, banner } = city.kitchens[index]!;
  return Object.entries(state.planned)
    .map(([duty, { kind, dueDay, assignee }]): DutyView => {
      const done = state.done[duty];
      const isOver = startOfShanghaiDay(dueDay + 1) <= fold.now;
      return {
        duty,
        kind,
        kitchen: id,
        office,
        banner,
        assignee,
        due: formatDate(dueDay),
        state: done !== undefined ? "done" : isOver ? "overdue" : "planned",
        doneAt: done === undefined ? null : formatTime(done.at),
        faults: done?.faults ?? 0,
      };
    })
    .sort((a, b) => compare(a.due, b.due) || compare(a.duty, b.duty));
}

/** By assignee, office or banner, in that order of names. */
export function dutySummaries(
  city: City,
  fold: CityFold,
  indices: readonly number[],
  by: "assignee" | "office" | "banner",
): DutySummary[] {
  const sums = new Map<string, DutySummary>();
  const sumOf = (who: string, kind: DutyView["kind"]) => {
    const key = `${who} ${kind}`;
    const known = sums.get(key) ?? { who, kind, planned: 0, overdue: 0, done: 0, unplanned: 0 };
    sums.set(key, known);
    return known;
  };
  for (const index of indices) {
    for (const view of planViews(city, fold, index)) sumOf(view[by], view.kind)[view.state]++;
    if (by === "assignee") continue;
    const unplanned = fold.duties.books.plans.stateOf(index)?.unplanned ?? {};
    for (const kind of DUTY_KINDS) {
      const count = unplanned[kind]?.count ?? 0;
      if (count > 0) sumOf(city.kitchens[index]![by], kind).unplanned += count;
    }
  }
  return [...sums.values()].sort((a, b) => compare(a.who, b.who) || compare(a.kind, b.kind));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
