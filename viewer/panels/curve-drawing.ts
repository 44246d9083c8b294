/** Turns points of a history into SVG paths. */
export interface CurvePoint {
  /** ms since epoch. */
  readonly at: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

export interface Limit {
  readonly celsius: number;
  readonly keep: "below" | "above";
}

export interface CurveDrawing {
  readonly mean: string;
  readonly band: string;
  /** The parts of the mean beyond the limit. */
  readonly over: string;
  readonly limitY: number | null;
  readonly hours: readonly { readonly x: number; readonly at: number }[];
}

const HOUR_MS = 3_600_000;
/** Longer spans have a mark every four hours, which are full hours in Shanghai too. */
const LONG_MS = 12 * HOUR_MS;
const FOOT_PX = 12;
/** Below this range the curve would show nothing but noise. */
const RANGE_MIN = 4;

/** `null` where there is nothing to draw. A gap of three steps breaks the line. */
export function drawCurve(
  points: readonly CurvePoint[],
  span: { readonly from: number; readonly to: number },
  limit: Limit | null,
  size: { readonly width: number; readonly height: number },
): CurveDrawing | null {
  if (points.length < 2) return null;
  let low = Math.min(...points.map(({ min }) => min), limit?.celsius ?? Number.POSITIVE_INFINITY);
  let high = Math.max(...points.map(({ max }) => max), limit?.celsius ?? Number.NEGATIVE_INFINITY);
  const spare = Math.max(0, RANGE_MIN - (high - low)) / 2 + 0.06 * (high - low);
  low -= spare;
  high += spare;
  const x = (at: number) => round(((at - span.from) / (span.to - span.from)) * size.width);
  const y = (value: number) => round((1 - (value - low) / (high - low)) * (size.height - FOOT_PX));
  const step = (points.at(-1)!.at - points[0]!.at) / (points.length - 1);
  const parts = split(points, (a, b) => b.at - a.at > 3 * step);
  const line = (part: readonly CurvePoint[], value: (point: CurvePoint) => number) =>
    part.map((point, i) => `${i === 0 ? "M" : "L"}${x(point.at)} ${y(value(point))}`).join("");
  const beyond = limit === null ? [] : parts.flatMap((part) => over(part, limit));
  const tick = span.to - span.from > LONG_MS ? 4 * HOUR_MS : HOUR_MS;
  const firstTick = Math.ceil(span.from / tick) * tick;
  return {
    mean: parts.map((part) => line(part, ({ mean }) => mean)).join(""),
    band: parts
      .map(
        (part) =>
          `${line(part, ({ max }) => max)}${line([...part].reverse(), ({ min }) => min).replace("M", "L")}Z`,
      )
      .join(""),
    over: beyond.map((part) => line(part, ({ mean }) => mean)).join(""),
    limitY: limit === null ? null : y(limit.celsius),
    hours: Array.from({ length: 7 }, (_, i) => firstTick + i * tick)
      .filter((at) => at > span.from + tick / 4 && at < span.to - tick / 4)
      .map((at) => ({ x: x(at), at })),
  };
}

function over(points: readonly CurvePoint[], { celsius, keep }: Limit): CurvePoint[][] {
  const parts: CurvePoint[][] = [];
  let current: CurvePoint[] | null = null;
  for (const point of points) {
    const kept = keep === "below" ? point.mean <= celsius : point.mean >= celsius;
    if (kept) current = null;
    else if (current === null) {
      current = [point];
      parts.push(current);
    } else current.push(point);
  }
  return parts;
}

function split<T>(items: readonly T[], apart: (a: T, b: T) => boolean): T[][] {
  const parts: T[][] = [];
  items.forEach((item, i) => {
    const before = items[i - 1];
    if (before === undefined || apart(before, item)) parts.push([item]);
    else parts.at(-1)!.push(item);
  });
  return parts;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
