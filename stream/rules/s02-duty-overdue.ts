/**
 * S02 检查/包保/巡查逾期: an inspection, a visit, a patrol or a sampling that was planned and is not done 7 d after its date,
 * graver after 30 d (DOMAIN R37, R51). Any event that carries the duty does it. A plan that names no duty cannot be done
 * by name and is not watched.
 */
import type { CityEvent, EventOf } from "../../twin/events/event.ts";
import { formatDate, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { dayNamed } from "./duty-day.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** At the beginning of the day so many days after the planned one it is overdue. */
  overdueDays: 7,
  graveDays: 30,
};
type Context = RuleContext<typeof PARAMETERS>;
type Plan = EventOf<"warmcity.duty.planned">["data"];

const DONE_BY = [
  "warmcity.inspection.completed",
  "warmcity.visit.completed",
  "warmcity.patrol.completed",
  "warmcity.test.result",
] as const;
/** Duties done that are remembered, in case their plan comes later. */
const DONE_MAX = 40;

interface DutyState {
  /** Duty -> what is planned and not done. */
  open: Record<string, { kind: Plan["kind"]; day: number }>;
  done: string[];
}

export const dutyOverdue = defineRule<DutyState, typeof PARAMETERS>({
  code: "S02",
  version: 1,
  level: "L4",
  validFrom: "2022-03-15",
  legalBasis: ["食品生产经营监督检查管理办法 Art. 21–22"],
  title: { zh: "检查/包保/巡查逾期", en: "Duty overdue" },
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["overdueDays", "graveDays"]],
  events: ["warmcity.duty.planned", ...DONE_BY],
  findings: [],
  initial: () => ({ open: {}, done: [] }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    switch (event.type) {
      case "warmcity.duty.planned":
        plan(state, event, context);
        return;
      case "warmcity.inspection.completed":
      case "warmcity.visit.completed":
      case "warmcity.patrol.completed":
      case "warmcity.test.result":
        if (event.data.duty != null) finish(state, event.data.duty, event, context);
        return;
      default:
        return;
    }
  },
  due: judge,
});

function plan(state: DutyState, event: EventOf<"warmcity.duty.planned">, context: Context): void {
  const { duty, kind, due } = event.data;
  if (duty == null || state.done.includes(duty)) return;
  state.open[duty] = { kind, day: dayNamed(due) };
  const isOverdue = judge(state, duty, context);
  if (!isOverdue) context.clear(`duty:${duty}`, [causeOf(event, { zh: "计划已改期", en: "planned anew" })]);
}

function finish(state: DutyState, duty: string, event: CityEvent, context: Context): void {
  if (!state.done.includes(duty)) state.done = [...state.done, duty].slice(-DONE_MAX);
  if (state.open[duty] === undefined) return;
  delete state.open[duty];
  context.cancelTimer(duty);
  context.clear(`duty:${duty}`, [causeOf(event, { zh: "已完成", en: "done" })]);
}

/** Raises what is due by now, at the calendar's moment, and sets the timer for what comes; whether it is overdue. */
function judge(state: DutyState, duty: string, context: Context): boolean {
  const planned = state.open[duty];
  if (planned === undefined) return false;
  const { overdueDays, graveDays } = context.parameters;
  const overdueAt = startOfShanghaiDay(planned.day + overdueDays);
  const graveAt = startOfShanghaiDay(planned.day + graveDays);
  const next = [overdueAt, graveAt].find((at) => at > context.now);
  if (next === undefined) context.cancelTimer(duty);
  else context.setTimer(duty, next);
  if (overdueAt > context.now) return false;
  const isGrave = graveAt <= context.now;
  const late = shanghaiDay(context.now) - planned.day;
  const date = formatDate(planned.day);
  const wording = {
    zh: `${KIND_ZH[planned.kind]}计划于${date}，逾期${late}天`,
    en: `${planned.kind} planned for ${date}, ${late} d late`,
  };
  context.raise({
    asset: `duty:${duty}`,
    level: isGrave ? "L3" : "L4",
    at: isGrave ? graveAt : overdueAt,
    value: { number: late, unit: "d" },
    because: [
      causeOfTime(
        isGrave ? graveAt : overdueAt,
        `duty-${duty}-${isGrave ? graveDays : overdueDays}-d-late`,
        wording,
      ),
    ],
    receivedAt: null,
  });
  return true;
}

const KIND_ZH = { inspection: "监督检查", visit: "包保督导", patrol: "线上巡查", test: "抽样检验" } as const;
