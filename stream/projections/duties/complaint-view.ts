/**
 * The docket of complaints and tip-offs with the clocks of the law (DOMAIN R40, R41) and the reward (R43). Who wrote is a
 * pseudonym, for the offices alone; a unit sees complaints about itself without it, and no tip-offs.
 */
import type { Principal } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";
import { unknownYears, workdayDeadline } from "../../../twin/kernel/calendar.ts";
import { hashHex } from "../../../twin/kernel/hash.ts";
import { formatTime, shanghaiDay } from "../../../twin/kernel/time.ts";
import type { RuleParameters } from "../../../twin/policy/rule-parameters.ts";
import { rewardOf } from "../../../twin/reward.ts";
import type { Complaint, ComplaintState, ComplaintStep } from "../../duties/complaints.ts";
import { CITY_KEY } from "../../duties/duty.ts";
import type { CityFold } from "../../fold.ts";
import type { ComplaintView } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

type Clock = ComplaintView["clocks"][number];
type Steps = ComplaintState["steps"][string];

/** Mediation ends so many working days after acceptance (Order 20 Art. 21); a named reporter is told within these (Art. 31). */
const MEDIATE_WORKDAYS = 45;
const TELL_WORKDAYS = 5;

/** Of a kitchen (-1 = of none that is known), newest first, as the principal may see them. */
export function complaintViews(
  city: City,
  fold: CityFold,
  index: number,
  { role }: Principal,
): ComplaintView[] {
  const book = fold.duties.books.complaints;
  const state = book.stateOf(index < 0 ? CITY_KEY : index);
  if (state === undefined) return [];
  // A step may be told without the kitchen.
  const elsewhere = index < 0 ? undefined : book.stateOf(CITY_KEY);
  const stepsOf = (complaint: string) => ({ ...elsewhere?.steps[complaint], ...state.steps[complaint] });
  const ofUnit = role === "O";
  const numbers = numbersOf(fold, "C01");
  return Object.entries(state.filed)
    .filter(([, { kind }]) => !ofUnit || kind === "complaint")
    .sort(([idA, a], [idB, b]) => b.filedAt - a.filedAt || (idA < idB ? -1 : 1))
    .map(([complaint, one]) => ({
      complaint,
      kitchen: city.kitchens[index]?.id ?? null,
      kind: one.kind,
      topic: one.topic,
      person: ofUnit ? null : one.person,
      named: one.named,
      filedAt: formatTime(one.filedAt),
      clocks: clocksOf(one, stepsOf(complaint), numbers, fold.now),
      reward:
        ofUnit || one.kind === "complaint"
          ? null
          : rewardView(fold, index, complaint, state, stepsOf(complaint)),
    }));
}

function clocksOf(one: Complaint, steps: Steps, numbers: RuleParameters, now: number): Clock[] {
  const clocks: Clock[] = [];
  const add = (clock: Clock["clock"], from: number, workdays: number, ended: readonly ComplaintStep[]) =>
    clocks.push(clockOf(clock, from, workdays, first(steps, ended), now));
  if (one.kind !== "tip-off") {
    add("accept", one.filedAt, numbers.acceptWorkdays ?? 0, ["accepted", "refused", "mediated", "ended"]);
    if (steps.accepted !== undefined) add("mediate", steps.accepted, MEDIATE_WORKDAYS, ["mediated", "ended"]);
  }
  if (one.kind !== "complaint") {
    const extension = steps.extended === undefined ? 0 : (numbers.extensionWorkdays ?? 0);
    add("file", one.filedAt, (numbers.fileWorkdays ?? 0) + extension, ["filed", "not-filed"]);
    const decidedAt = first(steps, ["filed", "not-filed"]);
    if (one.named && decidedAt !== null) add("tell-reporter", decidedAt, TELL_WORKDAYS, ["reporter-told"]);
  }
  return clocks;
}

function clockOf(
  clock: Clock["clock"],
  from: number,
  workdays: number,
  doneAt: number | null,
  now: number,
): Clock {
  const due = workdayDeadline(from, workdays);
  return {
    clock,
    due: formatTime(due),
    provisional: unknownYears(shanghaiDay(from), shanghaiDay(due - 1)).length > 0,
    doneAt: doneAt === null ? null : formatTime(doneAt),
    state: doneAt === null ? (due <= now ? "overdue" : "running") : doneAt < due ? "done" : "late",
  };
}

/** When the first of these steps was taken; `null` = none of them. */
function first(steps: Steps, names: readonly ComplaintStep[]): number | null {
  const times = names.map((name) => steps[name]).filter((time) => time !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

/** By the decision on the case of the complaint's own clock (C01), once the case has taken it. */
function rewardView(
  fold: CityFold,
  index: number,
  complaint: string,
  state: ComplaintState,
  steps: Steps,
): NonNullable<ComplaintView["reward"]> {
  const code = rewardCode(complaint, state.filed[complaint]!.person);
  const paidAt = steps["reward-paid"] ?? null;
  const paid = paidAt === null ? null : formatTime(paidAt);
  const cases = index < 0 ? [] : Object.values(fold.kitchen(index).cases);
  const decided = cases.find(
    ({ code: rule, asset, history }) =>
      rule === "C01" && asset === `complaint:${complaint}` && history.some(({ to }) => to === "decided"),
  );
  const decision = decided === undefined ? undefined : state.decisions[decided.id];
  if (decision === undefined)
    return { code, state: paidAt === null ? "undecided" : "paid", yuan: 0, paidAt: paid };
  const yuan = rewardOf(decision);
  const open = yuan === 0 ? "none" : "due";
  return { code, state: paidAt === null ? open : "paid", yuan, paidAt: paid };
}

/** The anonymous code under which a reporter asks for the reward: it leads to nobody. */
export function rewardCode(complaint: string, person: string): string {
  return hashHex(`reward|${complaint}|${person}`);
}
