/**
 * C01 投诉举报临期: the clocks of the law on complaints and tip-offs, in working days of the official calendar. A complaint is
 * accepted or refused within 7 (DOMAIN R40); a tip-off is verified and filed or not within 15, once extended 30 (R41); a
 * mixed letter has both clocks. A reminder 2 working days before the last one, probably a breach once it is over. The
 * day of filing does not count. Nothing of the reporter goes into the texts.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { addWorkdays } from "../../twin/kernel/calendar.ts";
import { formatDate, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  acceptWorkdays: 7,
  fileWorkdays: 15,
  extensionWorkdays: 15,
  /** The reminder comes at the beginning of the day so many working days before the last. */
  remindWorkdays: 2,
};
type Context = RuleContext<typeof PARAMETERS>;
type Handled = EventOf<"warmcity.complaint.handled">;
type Clock = "accept" | "file";

/** The steps that end each clock: mediation begins and ends only with what was accepted. */
const ENDED_BY: { readonly [K in Clock]: ReadonlySet<Handled["data"]["step"]> } = {
  accept: new Set(["accepted", "refused", "mediated", "ended"]),
  file: new Set(["filed", "not-filed"]),
};

interface ComplaintState {
  /** Complaint -> Shanghai day on which it was filed, whether it was extended, and the clocks that still run. */
  open: Record<string, { day: number; extended: boolean; clocks: Clock[] }>;
}

export const complaintClock = defineRule<ComplaintState, typeof PARAMETERS>({
  code: "C01",
  version: 1,
  level: "L4",
  validFrom: "2020-01-01",
  legalBasis: ["市场监督管理投诉举报处理暂行办法 Art. 14, 31", "市场监督管理行政处罚程序规定 Art. 18"],
  title: { zh: "投诉举报临期", en: "Complaint due" },
  autoClose: "condition",
  /** It is the office that owes the answer, whether the unit works or not. */
  mutedBy: [],
  parameters: PARAMETERS,
  events: ["warmcity.complaint.filed", "warmcity.complaint.handled"],
  findings: [],
  initial: () => ({ open: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    if (input.event.type === "warmcity.complaint.filed") file(state, input.event, context);
    else if (input.event.type === "warmcity.complaint.handled") handle(state, input.event, context);
  },
  due: (state, key, context) => {
    judge(state, key, context);
  },
});

function file(state: ComplaintState, event: EventOf<"warmcity.complaint.filed">, context: Context): void {
  const { complaint, kind } = event.data;
  if (state.open[complaint] !== undefined) return;
  const clocks: Clock[] = kind === "mixed" ? ["accept", "file"] : kind === "tip-off" ? ["file"] : ["accept"];
  state.open[complaint] = { day: shanghaiDay(context.now), extended: false, clocks };
  judge(state, complaint, context);
}

function handle(state: ComplaintState, event: Handled, context: Context): void {
  const { complaint, step } = event.data;
  const one = state.open[complaint];
  if (one === undefined) return;
  one.clocks = one.clocks.filter((clock) => !ENDED_BY[clock].has(step));
  if (step === "extended") one.extended = true;
  const isDue = judge(state, complaint, context);
  if (!isDue)
    context.clear(assetOf(complaint), [
      causeOf(event, { zh: `已办理：${STEP_ZH[step]}`, en: `handled: ${step}` }),
    ]);
  if (one.clocks.length > 0) return;
  delete state.open[complaint];
  context.cancelTimer(complaint);
}

/** Raises what the clocks that run say now, and sets the timer for what comes next; whether anything is due. */
function judge(state: ComplaintState, complaint: string, context: Context): boolean {
  const one = state.open[complaint];
  if (one === undefined) return false;
  const moments = one.clocks.map((clock) => momentsOf(clock, one, context));
  const coming = moments
    .flatMap(({ remindAt, overAt }) => [remindAt, overAt])
    .filter((at) => at > context.now);
  if (coming.length > 0) context.setTimer(complaint, Math.min(...coming));
  else context.cancelTimer(complaint);
  let isDue = false;
  for (const { clock, lastDay, remindAt, overAt } of moments) {
    if (remindAt > context.now) continue;
    isDue = true;
    const isOver = overAt <= context.now;
    const at = isOver ? overAt : remindAt;
    const date = formatDate(lastDay);
    const wording = {
      zh: `${CLOCK_ZH[clock]}时限为${date}`,
      en: `${CLOCK_EN[clock]} by ${date}`,
    };
    const because = [causeOfTime(at, `${clock}-${complaint}-by-${date}`, wording)];
    context.raise({ asset: assetOf(complaint), level: isOver ? "L2" : "L4", at, because, receivedAt: null });
  }
  return isDue;
}

function momentsOf(clock: Clock, { day, extended }: ComplaintState["open"][string], { parameters }: Context) {
  const { acceptWorkdays, fileWorkdays, extensionWorkdays, remindWorkdays } = parameters;
  const workdays = clock === "accept" ? acceptWorkdays : fileWorkdays + (extended ? extensionWorkdays : 0);
  const lastDay = addWorkdays(day, workdays);
  return {
    clock,
    lastDay,
    remindAt: startOfShanghaiDay(addWorkdays(lastDay, -remindWorkdays)),
    overAt: startOfShanghaiDay(lastDay + 1),
  };
}

function assetOf(complaint: string): string {
  return `complaint:${complaint}`;
}

const CLOCK_ZH = { accept: "投诉受理决定", file: "举报核查及立案决定" } as const;
const CLOCK_EN = {
  accept: "accept or refuse the complaint",
  file: "decide whether to file the tip-off",
} as const;
const STEP_ZH: { readonly [S in Handled["data"]["step"]]: string } = {
  accepted: "受理",
  refused: "不予受理",
  mediated: "已调解",
  ended: "终止调解",
  verified: "已核查",
  filed: "立案",
  "not-filed": "不予立案",
  extended: "延期",
  "reporter-told": "告知举报人",
  "reward-paid": "发放奖励",
};
