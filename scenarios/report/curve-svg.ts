/** A curve of readings as SVG below a timeline, on the same axis. */

import type { Curve } from "./curves.ts";
import { bilingualText, PICTURE_WIDTH } from "./page-text.ts";
import { type Axis, placeOf, ticksOf } from "./time-axis.ts";

const HEIGHT = 132;
const TOP = 12;
const FOOT = 22;
/** Readings further apart than this share of the axis are not joined. */
const GAP_SHARE = 0.06;

export function curveSvg({ device, name, unit, points, limits }: Curve, axis: Axis): string {
  const shown = points.filter(([time]) => time >= axis.from && time <= axis.to);
  if (shown.length < 2) return "";
  const values = shown.map(([, value]) => value);
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const near = limits.filter(
    ({ value }) => value >= least - (most - least) && value <= most + (most - least),
  );
  const low = Math.min(least, ...near.map(({ value }) => value));
  const high = Math.max(most, ...near.map(({ value }) => value));
  const room = Math.max(0.5, (high - low) * 0.08);
  const y = (value: number) => {
    const share = (value - low + room) / (high - low + 2 * room);
    return Math.round((HEIGHT - FOOT - share * (HEIGHT - FOOT - TOP)) * 10) / 10;
  };
  const right = axis.left + axis.width;
  const lines = near.map(
    ({ value, text }) =>
      `<line class="limit" x1="${axis.left}" y1="${y(value)}" x2="${right}" y2="${y(value)}"/>` +
      `<text class="limit-name" x="${right - 4}" y="${y(value) - 4}" text-anchor="end">${text} ${unitName(unit)}</text>`,
  );
  const ticks = ticksOf(axis).map(({ at, text }) => {
    const x = placeOf(axis, at);
    return (
      `<line class="grid" x1="${x}" y1="${TOP}" x2="${x}" y2="${HEIGHT - FOOT}"/>` +
      `<text class="tick" x="${x}" y="${HEIGHT - 6}" text-anchor="middle">${text}</text>`
    );
  });
  const scale = [least, most].map(
    (value) =>
      `<text class="tick" x="${axis.left - 8}" y="${y(value) + 4}" text-anchor="end">${Math.round(value * 10) / 10}</text>`,
  );
  const label = bilingualText(name, { class: "lane", x: 0, y: TOP + 14 });
  const sub = `<text class="tick" x="0" y="${TOP + 32}">${device}${unit === "" ? "" : ` · ${unitName(unit)}`}</text>`;
  return (
    `<svg class="curve" viewBox="0 0 ${PICTURE_WIDTH} ${HEIGHT}" role="img">${ticks.join("")}${lines.join("")}` +
    `<path class="values" d="${pathOf(shown, axis, y)}"/>${scale.join("")}${label}${sub}</svg>`
  );
}

/** The least and the most in each pixel, so that no peak is lost and no page grows large. */
function pathOf(points: Curve["points"], axis: Axis, y: (value: number) => number): string {
  const gap = (axis.to - axis.from) * GAP_SHARE;
  const columns: { x: number; low: number; high: number; last: number; time: number }[] = [];
  for (const [time, value] of points) {
    const x = Math.round(placeOf(axis, time));
    const column = columns.at(-1);
    if (column?.x === x) {
      column.low = Math.min(column.low, value);
      column.high = Math.max(column.high, value);
      column.last = value;
      column.time = time;
    } else columns.push({ x, low: value, high: value, last: value, time });
  }
  return columns
    .map(({ x, low, high, last, time }, i) => {
      const before = columns[i - 1];
      const move = before === undefined || time - before.time > gap ? "M" : "L";
      return low === high
        ? `${move}${x} ${y(last)}`
        : `${move}${x} ${y(low)}L${x} ${y(high)}L${x} ${y(last)}`;
    })
    .join("");
}

const UNIT_NAMES: Readonly<Record<string, string>> = { Cel: "°C", "%LEL": "%LEL", "%RH": "%" };

function unitName(unit: string): string {
  return UNIT_NAMES[unit] ?? unit;
}
