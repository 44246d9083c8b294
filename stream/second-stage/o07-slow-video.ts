/**
 * O07 秒开不达标: for 10 min the first frames of a street's live pictures come too late — P95 above 1.0 s, or fewer than
 * 90 % within it. Judged at each measurement by those of the last minute; normal for 15 min ends it. Where
 * nothing is measured nothing rings. Kitchens of no street count together, for the city.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { MINUTE_MS, minutes, SECOND_MS } from "../../twin/kernel/time.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { causeOf, causeOfTime } from "../rules/cause.ts";
import { CITY_PLAN } from "../rules/legal-basis.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";

const PARAMETERS = {
  /** The picture is there at once if its first frame is within this. */
  firstFrameMs: 1_000,
  /** Share of the first frames that may come later, before P95 is beyond. */
  latestShare: 0.05,
  holdMs: minutes(10),
  clearMs: minutes(15),
  /** Pictures opened during the stretch, at least. */
  pictureCount: 5,
  /** Measurements that are judged together. */
  windowMs: MINUTE_MS,
  /** Longer without any, and a stretch begins anew: pictures are opened when somebody looks, by no period. */
  gapMs: minutes(3),
};

type Context = CityRuleContext<typeof PARAMETERS>;
type Measured = EventOf<"warmcity.video.measured">;

interface Stretch {
  readonly since: number;
  pictures: number;
  readonly first: Cause;
  exercise: boolean;
}

interface Street {
  /** The newest measurements: when, and ms to the first frame. */
  recent: [at: number, firstFrameMs: number][];
  slow: Stretch | null;
  /** Since when it has been normal; `null` = it is not, or nothing was measured. */
  normalSince: number | null;
  p95Ms: number;
  newest: Cause | null;
}

interface VideoState {
  /** Asset -> its pictures. */
  streets: Record<string, Street>;
}

export const slowVideo = defineCityRule<VideoState, VideoState, typeof PARAMETERS>({
  code: "O07",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [CITY_PLAN],
  title: { zh: "秒开不达标", en: "Live pictures open too slowly" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.video.measured"],
  initial: () => ({ streets: {} }),
  fold: (state, input, context) => {
    if (input.kind === "event" && input.event.type === "warmcity.video.measured") {
      measure(state, input.event, context);
    }
  },
  due: (state, key, context) => {
    const [what, ...rest] = key.split(" ");
    const asset = rest.join(" ");
    const street = state.streets[asset];
    if (street === undefined || context.now - newestAt(street) >= context.parameters.windowMs) return;
    if (what === "slow") ring(street, asset, context);
    else if (what === "normal" && street.normalSince !== null) end(street, asset, context);
  },
});

function measure(state: VideoState, event: Measured, context: Context): void {
  const asset = assetOf(event, context);
  const street = state.streets[asset] ?? {
    recent: [],
    slow: null,
    normalSince: null,
    p95Ms: 0,
    newest: null,
  };
  state.streets[asset] = street;
  const { firstFrameMs, latestShare, holdMs, clearMs, windowMs, gapMs } = context.parameters;
  if (street.recent.length > 0 && event.time - newestAt(street) > gapMs) street.slow = null;
  street.recent = [...street.recent, [event.time, event.data.firstFrameMs] as [number, number]].filter(
    ([at]) => at > event.time - windowMs,
  );
  const sorted = street.recent.map(([, ms]) => ms).sort((a, b) => a - b);
  street.p95Ms = sorted[Math.ceil((1 - latestShare) * sorted.length) - 1]!;
  const cause = causeOf(event, {
    zh: `首帧 ${event.data.firstFrameMs} 毫秒`,
    en: `first frame after ${event.data.firstFrameMs} ms`,
  });
  street.newest = cause;
  if (street.p95Ms > firstFrameMs) {
    street.normalSince = null;
    context.cancelTimer(`normal ${asset}`);
    street.slow ??= { since: event.time, pictures: 0, first: cause, exercise: event.exercise };
    street.slow.pictures++;
    const due = street.slow.since + holdMs;
    if (due > context.now) context.setTimer(`slow ${asset}`, due);
    else ring(street, asset, context);
    return;
  }
  street.slow = null;
  context.cancelTimer(`slow ${asset}`);
  street.normalSince ??= event.time;
  const due = street.normalSince + clearMs;
  if (due > context.now) context.setTimer(`normal ${asset}`, due);
  else end(street, asset, context);
}

/** The street of the measurement, else of the camera's kitchen. */
function assetOf({ data, kitchen }: Measured, { city }: Context): string {
  const camera = city.deviceOrdinal(data.camera);
  const at = kitchen >= 0 ? kitchen : camera >= 0 ? city.kitchenOfDevice[camera]! : -1;
  const street = data.street ?? (at < 0 ? null : city.kitchens[at]!.street);
  return street === null ? "city" : `street:${street}`;
}

function newestAt({ recent }: Street): number {
  return recent.at(-1)![0];
}

function ring({ slow, p95Ms, newest }: Street, asset: string, context: Context): void {
  if (slow === null || newest === null || slow.pictures < context.parameters.pictureCount) return;
  const name = areaName(asset);
  const span = spanText(context.parameters.windowMs);
  const said = causeOfTime(context.now, `video-${asset}-${slow.since}`, {
    zh: `${name.zh}：${span.zh}内首帧时间 P95 为 ${p95Ms} 毫秒`,
    en: `${name.en}: P95 of the first frames of ${span.en} ${p95Ms} ms`,
  });
  context.raise({
    asset,
    level: "L4",
    value: { number: p95Ms, unit: "ms" },
    because: [said, slow.first, newest],
    exercise: slow.exercise,
  });
}

function spanText(windowMs: number): Bilingual {
  if (windowMs === MINUTE_MS) return { zh: "一分钟", en: "a minute" };
  const seconds = windowMs / SECOND_MS;
  return { zh: `${seconds} 秒`, en: `${seconds} s` };
}

function end({ newest }: Street, asset: string, context: Context): void {
  if (context.openLevel(asset) !== null) context.clear(asset, newest === null ? [] : [newest]);
}
