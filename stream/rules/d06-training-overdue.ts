/**
 * D06 培训逾期: somebody's exam is overdue; two failed ones in a row are graver, due or not (DOMAIN R26). A passed exam
 * ends it, so does leaving the kitchen. A date that nobody named breaks no rule.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { endOf, formatDate, shanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** A score from here on is a pass, in points of 100. */
  passPoints: 60,
  /** So many failed exams in a row are graver. */
  failuresCount: 2,
};
type Context = RuleContext<typeof PARAMETERS>;

interface Trainee {
  active: boolean;
  /** End of the day by which the next exam must be passed, ms since epoch; `null` = not known. */
  dueAt: number | null;
  /** The exams failed in a row, the newest last. */
  failed: Cause[];
}

interface TrainingState {
  /** Staff id -> what was said since the registry was written. */
  changed: Record<string, Trainee>;
  /** What fell due up to here has been raised, ms since epoch. */
  judgedTo: number;
}

export const trainingOverdue = defineRule<TrainingState, typeof PARAMETERS>({
  code: "D06",
  version: 1,
  level: "L4",
  validFrom: "2018-10-01",
  legalBasis: [foodSafetyLaw("44"), operatingCode("14.2")],
  title: { zh: "培训逾期", en: "Training overdue" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.training.scored", "warmcity.staff.changed"],
  findings: [],
  initial: () => ({ changed: {}, judgedTo: 0 }),
  begin: judgeDue,
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    if (input.event.type === "warmcity.training.scored") score(state, input.event, context);
    else if (input.event.type === "warmcity.staff.changed") change(state, input.event, context);
  },
  due: (state, key, context) => {
    if (key === "due") judgeDue(state, context);
  },
});

function traineeOf(state: TrainingState, staff: string, { kitchen }: Context): Trainee {
  const changed = state.changed[staff];
  if (changed !== undefined) return changed;
  const trainingDue = kitchen.staff.find(({ id }) => id === staff)?.trainingDue ?? null;
  return { active: true, dueAt: trainingDue === null ? null : endOf(trainingDue), failed: [] };
}

/** Raises what has fallen due, and sets the timer for the next. */
function judgeDue(state: TrainingState, context: Context): void {
  let next = Number.POSITIVE_INFINITY;
  const listed = context.kitchen.staff.map(({ id }) => id);
  for (const staff of new Set([...listed, ...Object.keys(state.changed)])) {
    const { active, dueAt } = traineeOf(state, staff, context);
    if (!active || dueAt === null) continue;
    if (dueAt > context.now) next = Math.min(next, dueAt);
    else if (dueAt > state.judgedTo) raiseOverdue(staff, dueAt, dueAt, context);
  }
  state.judgedTo = Math.max(state.judgedTo, context.now);
  if (next < Number.POSITIVE_INFINITY) context.setTimer("due", next);
  else context.cancelTimer("due");
}

function raiseOverdue(staff: string, dueAt: number, at: number, context: Context): void {
  const date = formatDate(shanghaiDay(dueAt - 1));
  const wording = { zh: `培训考核应于${date}前完成`, en: `exam was due by ${date}` };
  const because = [causeOfTime(dueAt, `training-${staff}-due-${date}`, wording)];
  context.raise({ asset: assetOf(staff), level: "L4", at, because, receivedAt: null });
}

function score(state: TrainingState, event: EventOf<"warmcity.training.scored">, context: Context): void {
  const { staff, score: points, nextDue } = event.data;
  const { passPoints, failuresCount } = context.parameters;
  const before = traineeOf(state, staff, context);
  const passed = points != null && points >= passPoints;
  const trainee: Trainee = {
    active: before.active,
    dueAt: nextDue == null ? (passed ? null : before.dueAt) : endOf(nextDue),
    failed: passed ? [] : before.failed,
  };
  state.changed[staff] = trainee;
  const cause = causeOf(event, {
    zh: `考核得分${points ?? "未知"}`,
    en: `exam score ${points ?? "unknown"}`,
  });
  if (passed) context.clear(assetOf(staff), [cause]);
  else if (points != null && trainee.active) {
    trainee.failed = [...trainee.failed, cause].slice(-failuresCount);
    if (trainee.failed.length >= failuresCount) {
      const value = { number: points, unit: "1" };
      context.raise({ asset: assetOf(staff), level: "L3", value, because: trainee.failed });
    }
  }
  judgeNew(state, staff, context);
}

function change(state: TrainingState, event: EventOf<"warmcity.staff.changed">, context: Context): void {
  const { staff, active } = event.data;
  state.changed[staff] = { ...traineeOf(state, staff, context), active };
  if (!active) {
    context.clear(assetOf(staff), [causeOf(event, { zh: "已离岗", en: "no longer works here" })]);
  }
  judgeNew(state, staff, context);
}

/** A date that was named just now and lies behind us already. */
function judgeNew(state: TrainingState, staff: string, context: Context): void {
  const { active, dueAt } = traineeOf(state, staff, context);
  if (active && dueAt !== null && dueAt <= context.now) raiseOverdue(staff, dueAt, context.now, context);
  judgeDue(state, context);
}

function assetOf(staff: string): string {
  return `staff:${staff}`;
}
