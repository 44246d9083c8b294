/**
 * D01 许可到期: a reminder 30 d and a warning 15 working days before the licence ends; trading after its end, seen twice
 * 10 min apart, is probably a breach, unless the renewal was accepted (DOMAIN R27). A new licence, or none wanted any
 * more, ends it.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { addWorkdays } from "../../twin/kernel/calendar.ts";
import { formatDate, minutes, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import type { KitchenFacts } from "../facts.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext, type RuleView } from "./rule.ts";
import { TRADING_EVENTS, tradingOf, tradingWord } from "./trading.ts";

const PARAMETERS = {
  /** A reminder so long before the licence's last day. */
  remindDays: 30,
  /** A warning so many working days before it. */
  warnWorkdays: 15,
  /** Two signs of trading of one day so far apart are a breach. */
  apartMs: minutes(10),
};
type Context = RuleContext<typeof PARAMETERS>;

const LICENCE_WORDS: Readonly<Record<KitchenFacts["licence"]["state"], Bilingual>> = {
  valid: { zh: "许可证有效", en: "licence valid" },
  revoked: { zh: "许可证被吊销", en: "licence revoked" },
  closed: { zh: "许可证注销", en: "licence closed" },
};

interface Sign {
  readonly at: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface LicenceState {
  /** End of the licence that was judged last, ms since epoch; 0 = none yet. */
  validUntil: number;
  revokedAt: number | null;
  /** First and last sign of trading without a licence on the newest such day. */
  signs: { day: number; first: Sign; last: Sign } | null;
}

export const licenceExpiry = defineRule<LicenceState, typeof PARAMETERS>({
  code: "D01",
  version: 1,
  level: "L4",
  validFrom: "2023-12-01",
  legalBasis: [regulation("15"), "食品经营许可和备案管理办法 (2023)", "行政许可法 Art. 50"],
  title: { zh: "许可到期", en: "Licence expiring" },
  autoClose: "condition",
  mutedBy: [],
  parameters: PARAMETERS,
  events: ["warmcity.licence.changed", ...TRADING_EVENTS],
  findings: [],
  initial: () => ({ validUntil: 0, revokedAt: null, signs: null }),
  begin: (state, context) => {
    state.validUntil = context.facts.licence.validUntil;
    const { warnAt, remindAt } = momentsOf(context);
    if (warnAt <= context.now && !isPending(context)) raiseBy(warnAt, "L3", context);
    else if (remindAt <= context.now) raiseBy(remindAt, "L4", context);
    plan(context);
  },
  concerns: (state, input, view) =>
    (input.kind === "event" && input.event.type === "warmcity.licence.changed") || isUnlicensed(state, view),
  fold: (state, input, context) => {
    if (input.kind === "event" && input.event.type === "warmcity.licence.changed") {
      change(state, input.event, context);
      return;
    }
    const sign = tradingOf(input);
    if (sign !== null) noteTrading(state, sign, context);
  },
  due: (_state, key, context) => {
    if (key === "remind") raiseBy(context.now, "L4", context);
    else if (key === "warn" && !isPending(context)) raiseBy(context.now, "L3", context);
  },
});

/** Start of the days of the reminder and of the warning. */
function momentsOf({ facts: { licence }, parameters }: Context): { remindAt: number; warnAt: number } {
  const lastDay = shanghaiDay(licence.validUntil - 1);
  return {
    remindAt: startOfShanghaiDay(lastDay - parameters.remindDays),
    warnAt: startOfShanghaiDay(addWorkdays(lastDay, -parameters.warnWorkdays)),
  };
}

/** A renewal that was accepted before the end counts as an extension until it is decided (行政许可法 Art. 50). */
function isPending({ facts }: RuleView): boolean {
  return facts.licence.renewal === "accepted";
}

function raiseBy(at: number, level: Level, context: Context): void {
  context.raise({ asset: null, level, at, because: [calendarCause(at, context.facts)] });
}

function calendarCause(at: number, { licence }: KitchenFacts): Cause {
  const lastDay = formatDate(shanghaiDay(licence.validUntil - 1));
  return causeOfTime(at, `licence-to-${lastDay}`, {
    zh: `许可证有效期至 ${lastDay}`,
    en: `licence valid to ${lastDay}`,
  });
}

/** Timers for what is still to come. */
function plan(context: Context): void {
  const { remindAt, warnAt } = momentsOf(context);
  const isOver = context.facts.licence.state !== "valid";
  for (const [key, at] of [
    ["remind", remindAt],
    ["warn", warnAt],
  ] as const) {
    if (at > context.now && !isOver) context.setTimer(key, at);
    else context.cancelTimer(key);
  }
}

function change(state: LicenceState, event: CityEvent, context: Context): void {
  const { licence } = context.facts;
  if (licence.validUntil > state.validUntil || licence.state === "closed") {
    context.clear(null, [causeOf(event, LICENCE_WORDS[licence.state])]);
    state.signs = null;
  }
  state.validUntil = licence.validUntil;
  state.revokedAt = licence.state === "revoked" ? context.now : null;
  if (licence.state === "valid") {
    const { remindAt, warnAt } = momentsOf(context);
    if (warnAt <= context.now && !isPending(context)) raiseBy(context.now, "L3", context);
    else if (remindAt <= context.now) raiseBy(context.now, "L4", context);
  }
  plan(context);
}

/** Whether trading now is trading without a licence; who has closed for good is another matter. */
function isUnlicensed({ revokedAt }: LicenceState, view: RuleView<typeof PARAMETERS>): boolean {
  const { licence } = view.facts;
  if (view.now < (revokedAt ?? licence.validUntil) || licence.state === "closed") return false;
  return !isPending(view) || revokedAt !== null;
}

function noteTrading(state: LicenceState, event: CityEvent, context: Context): void {
  const { licence } = context.facts;
  const day = shanghaiDay(context.now);
  const sign = { at: context.now, cause: causeOf(event, tradingWord(event)), exercise: event.exercise };
  const { signs } = state;
  if (signs === null || signs.day < day) {
    state.signs = { day, first: sign, last: sign };
    return;
  }
  if (signs.day > day) return;
  const first = sign.at < signs.first.at ? sign : signs.first;
  const last = sign.at > signs.last.at ? sign : signs.last;
  state.signs = { day, first, last };
  if (last.at - first.at < context.parameters.apartMs) return;
  const because = [calendarCause(licence.validUntil, context.facts), first.cause, last.cause];
  const exercise = first.exercise || last.exercise;
  context.raise({ asset: null, level: "L2", at: last.at, because, exercise });
}
