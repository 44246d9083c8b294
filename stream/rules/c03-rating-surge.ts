/**
 * C03 差评激增: eight bad ratings in 2 h, and more than the unit is used to: their number lies 4 deviations (MAD, at least 1)
 * above the median of the 2 h windows of the 14 days before. When the reviews look ordered (`review-bomb.ts`), a cause
 * with id `bomb-flag` says so beside the ratings. It is over when it has not held for 24 h. Good ratings never ring.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { days, hours } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { bombSigns, medianOf, type Review } from "./review-bomb.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** A rating of so few stars is bad. */
  badStars: 2,
  /** Window in which bad ratings count; its like of the days before are the base. */
  windowMs: hours(2),
  baseMs: days(14),
  badCount: 8,
  surgeDeviations: 4,
  /** The least that counts as the usual deviation. */
  deviationMinCount: 1,
  /** The bomb flag: accounts younger than this are new … */
  newAccountDays: 7,
  /** … and so many of the window's bad ratings are of new accounts, */
  newAccountShare: 0.6,
  /** without an order, */
  noOrderShare: 0.5,
  /** and so much alike. */
  likenessShare: 0.8,
  /** It has not held for so long: over. */
  clearMs: hours(24),
};

/** Bad ratings kept; a window with more is a surge whatever came before them. */
const RATINGS_MAX = 256;
const TEXT_MAX = 64;
/** Of the ratings, so many stand as evidence. */
const WITNESSES = 8;

interface BadRating extends Review {
  /** ms since epoch. */
  readonly time: number;
  readonly exercise: boolean;
  readonly cause: Cause;
}

interface SurgeState {
  /** Bad ratings of the last 2 h, oldest first. */
  bad: BadRating[];
  /** Number of a window (time / length) -> its bad ratings; windows without any are left out. */
  windows: Record<string, number>;
}

type Context = RuleContext<typeof PARAMETERS>;

export const ratingSurge = defineRule<SurgeState, typeof PARAMETERS>({
  code: "C03",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: ["电子商务法 Art. 17, 39"],
  title: { zh: "差评激增", en: "Surge of bad ratings" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.rating.posted"],
  findings: [],
  initial: () => ({ bad: [], windows: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.rating.posted") return;
    const { event } = input;
    if (event.data.stars > context.parameters.badStars) return;
    const rating = ratingOf(event, context);
    count(state, rating, context);
    judge(state, rating, context);
  },
  due: (_state, _key, context) => context.clear(null),
});

function ratingOf(event: EventOf<"warmcity.rating.posted">, { parameters }: Context): BadRating {
  const { stars, text, accountAgeDays, orderVerified } = event.data;
  return {
    time: event.time,
    exercise: event.exercise,
    isNewAccount: accountAgeDays < parameters.newAccountDays,
    hasOrder: orderVerified,
    text: text.slice(0, TEXT_MAX),
    cause: causeOf(event, { zh: `${stars} 星评价`, en: `rated ${stars} star${stars === 1 ? "" : "s"}` }),
  };
}

function count(state: SurgeState, rating: BadRating, { parameters }: Context): void {
  const { windowMs, baseMs } = parameters;
  const newest = Math.max(rating.time, state.bad.at(-1)?.time ?? 0);
  const kept = [...state.bad, rating].filter(({ time }) => time > newest - windowMs);
  state.bad = kept.sort((a, b) => a.time - b.time).slice(-RATINGS_MAX);
  const window = Math.floor(rating.time / windowMs);
  state.windows[window] = (state.windows[window] ?? 0) + 1;
  const oldest = Math.floor((newest - windowMs - baseMs) / windowMs);
  for (const past of Object.keys(state.windows)) if (Number(past) < oldest) delete state.windows[past];
}

/** Rings at the rating that completes the number; a late one is judged by those before it alone. */
function judge(state: SurgeState, rating: BadRating, context: Context): void {
  const seen = state.bad.filter(({ time }) => time <= rating.time);
  const needed = neededAt(state, rating.time, context);
  if (seen.length < needed) return;
  const { windowMs, clearMs } = context.parameters;
  context.raise({
    asset: null,
    level: "L4",
    at: rating.time,
    value: { number: seen.length, unit: "count" },
    because: [...flagOf(seen, context), ...seen.slice(-WITNESSES).map(({ cause }) => cause)],
    exercise: seen.some(({ exercise }) => exercise),
  });
  context.setTimer("calm", state.bad.at(-needed)!.time + windowMs + clearMs);
}

/** So many bad ratings in 2 h are a surge for this unit. */
function neededAt({ windows }: SurgeState, time: number, { parameters }: Context): number {
  const { windowMs, baseMs, badCount, surgeDeviations, deviationMinCount } = parameters;
  const last = Math.floor((time - windowMs) / windowMs);
  const base = Array.from({ length: Math.ceil(baseMs / windowMs) }, (_, i) => windows[last - i] ?? 0);
  const median = medianOf(base);
  const deviation = Math.max(deviationMinCount, medianOf(base.map((number) => Math.abs(number - median))));
  return Math.max(badCount, Math.ceil(median + surgeDeviations * deviation));
}

function flagOf(seen: readonly BadRating[], { parameters, now }: Context): Cause[] {
  const { newAccounts, noOrder, likeness, isBomb } = bombSigns(seen, parameters);
  if (!isBomb) return [];
  const [young, unbought, alike] = [newAccounts, noOrder, likeness].map((share) => Math.round(share * 100));
  return [
    causeOfTime(now, "bomb-flag", {
      zh: `疑似刷评：新账号 ${young}%，无订单 ${unbought}%，文本相似度 ${alike}%`,
      en: `bomb flag: ${young} % new accounts, ${unbought} % without an order, texts ${alike} % alike`,
    }),
  ];
}
