/**
 * O02 上线率低于90%: the share of devices online now, of the city, each banner and each office (the published rate is its
 * daily mean; the rule judges the moment). Below 95 % a reminder at once; below 90 % for 10 min it is serious.
 *
 * "≥92 % for 15 min" ends the row's grave level (90 % and two points of hysteresis). For the reminder it can make no
 * sense: at 93 % it would hold, the reminder's own condition too, and the alert would come and go. So each level has its
 * own limit: what was serious is over at 92 % for 15 min, a reminder at 95 % for 15 min; a rate that still stands between
 * the two a minute after the serious alert ended is a reminder again, as a new alert of the same case. An area too small to be judged
 * (CONTRACT §8.4) counts as whole, so that the closing of its units ends what was open.
 */
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { formatTime, minutes } from "../../twin/kernel/time.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { causeOfTime } from "../rules/cause.ts";
import { CITY_PLAN } from "../rules/legal-basis.ts";
import { type AreaCount, isJudged } from "./area-counts.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";

const PARAMETERS = {
  /** A rate below it: a reminder at once. */
  remindShare: 0.95,
  /** A rate below it for `seriousAfterMs`: serious. */
  seriousShare: 0.9,
  seriousAfterMs: minutes(10),
  /** What was serious is over from here on, for `goodForMs`. */
  goodShare: 0.92,
  goodForMs: minutes(15),
};
type Context = CityRuleContext<typeof PARAMETERS>;

/** Two alerts of one key do not begin and end in one moment. */
const AGAIN_AFTER_MS = minutes(1);

/** The banners (旗区) and offices (所) that answer for the rate; feeders and segments answer to O06. */
const ANSWERS = /^(city$|banner:|office:)/;

/** An area whose rate is or was low: from its alert to the clearing. */
interface LowRate {
  /** Since when it has been seriously low, ms since epoch; `null` = it is not. */
  belowSince: number | null;
  /** Since when it has held the limit that ends the alert's level; `null` = it does not. */
  goodSince: number | null;
}

interface RateState {
  low: Record<string, LowRate>;
}

export const onlineRate = defineCityRule<RateState, RateState, typeof PARAMETERS>({
  code: "O02",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [CITY_PLAN],
  title: { zh: "上线率低于90%", en: "Online rate below 90 %" },
  autoClose: "condition",
  parameters: PARAMETERS,
  rising: [["seriousShare", "goodShare", "remindShare"]],
  events: [],
  initial: () => ({ low: {} }),
  areas: {
    moment: (state, touched, context) => {
      for (const area of touched) if (ANSWERS.test(area)) judge(state, area, context);
    },
  },
  due: (state, key, context) => {
    const area = key.slice(key.indexOf(" ") + 1);
    if (key.startsWith("serious ")) raise(area, "L2", context);
    else judge(state, area, context);
  },
});

function judge(state: RateState, area: string, context: Context): void {
  const { remindShare, goodForMs } = context.parameters;
  const rate = rateOf(area, context);
  const low = state.low[area];
  if (low === undefined) {
    if (rate < remindShare) begin(state, area, rate, context);
    return;
  }
  followSerious(low, area, rate, context);
  followGood(low, area, rate, context);
  if (low.goodSince === null || context.now < low.goodSince + goodForMs) return;
  delete state.low[area];
  context.cancelTimer(`good ${area}`);
  context.clear(area, [causeOf(area, context)]);
  if (rate < remindShare) context.setTimer(`again ${area}`, context.now + AGAIN_AFTER_MS);
}

/** The rate that ends the alert, if it holds. */
function goodFrom(area: string, context: Context): number {
  return context.openLevel(area) === "L2" ? context.parameters.goodShare : context.parameters.remindShare;
}

function begin(state: RateState, area: string, rate: number, context: Context): void {
  const low: LowRate = { belowSince: null, goodSince: null };
  state.low[area] = low;
  raise(area, "L4", context);
  followSerious(low, area, rate, context);
  followGood(low, area, rate, context);
}

function followSerious(low: LowRate, area: string, rate: number, context: Context): void {
  if (rate >= context.parameters.seriousShare) {
    if (low.belowSince !== null) context.cancelTimer(`serious ${area}`);
    low.belowSince = null;
  } else if (low.belowSince === null) {
    low.belowSince = context.now;
    context.setTimer(`serious ${area}`, context.now + context.parameters.seriousAfterMs);
  }
}

function followGood(low: LowRate, area: string, rate: number, context: Context): void {
  if (rate < goodFrom(area, context)) {
    if (low.goodSince !== null) context.cancelTimer(`good ${area}`);
    low.goodSince = null;
  } else if (low.goodSince === null) {
    low.goodSince = context.now;
    context.setTimer(`good ${area}`, context.now + context.parameters.goodForMs);
  }
}

function raise(area: string, level: "L4" | "L2", context: Context): void {
  const percent = Math.floor(rateOf(area, context) * 10_000) / 100;
  context.raise({
    asset: area,
    level,
    value: { number: percent, unit: "%" },
    because: [causeOf(area, context)],
  });
}

function rateOf(area: string, { areas }: Context): number {
  const count = areas.count(area);
  return count === undefined || !isJudged(count) ? 1 : count.online / count.known;
}

function causeOf(area: string, { areas, now }: Context): Cause {
  return causeOfTime(now, `online-${area}-${formatTime(now)}`, sentenceOf(areas.count(area)));
}

function sentenceOf(count: AreaCount | undefined): Bilingual {
  if (count === undefined) return { zh: "没有设备", en: "no device" };
  const { area, online, known, kitchens } = count;
  const { zh, en } = areaName(area);
  return {
    zh: `${zh}：${kitchens} 家单位的 ${known} 台设备中 ${online} 台在线`,
    en: `${en}: ${online} of ${known} devices of ${kitchens} kitchens online`,
  };
}
