/** A timeline as SVG; its colours come from the page's classes, so that it follows the theme. */
import { formatTime } from "../../twin/kernel/time.ts";
import { bilingual, bilingualText, LABEL_WIDTH, PICTURE_WIDTH } from "./page-text.ts";
import { SAYS } from "./report-words.ts";
import { type Axis, placeOf, ticksOf } from "./time-axis.ts";
import type { Lane, Point, Span } from "./timeline.ts";

const LANE_HEIGHT = 24;
const HEAD_HEIGHT = 8;
const FOOT_HEIGHT = 26;
/** A state that lasts long enough has its name inside. */
const NAMED_FROM = 58;

export function timelineSvg(lanes: readonly Lane[], axis: Axis): string {
  const height = HEAD_HEIGHT + lanes.length * LANE_HEIGHT + FOOT_HEIGHT;
  const foot = height - FOOT_HEIGHT;
  const grid = ticksOf(axis).map(({ at, text }) => {
    const x = placeOf(axis, at);
    return (
      `<line class="grid" x1="${x}" y1="${HEAD_HEIGHT}" x2="${x}" y2="${foot}"/>` +
      `<text class="tick" x="${x}" y="${foot + 17}" text-anchor="middle">${text}</text>`
    );
  });
  const rows = lanes.map((lane, i) => laneSvg(lane, HEAD_HEIGHT + i * LANE_HEIGHT, axis, lanes[i - 1]));
  return (
    `<svg class="timeline" viewBox="0 0 ${PICTURE_WIDTH} ${height}" role="img">` +
    `${grid.join("")}${rows.join("")}</svg>`
  );
}

function laneSvg(lane: Lane, y: number, axis: Axis, before: Lane | undefined): string {
  const middle = y + LANE_HEIGHT / 2;
  const isFirst = before?.group !== lane.group;
  const name = isFirst
    ? `<line class="rule" x1="0" y1="${y}" x2="${PICTURE_WIDTH}" y2="${y}"/>${bilingualText(
        SAYS[lane.group],
        {
          class: "group",
          x: 0,
          y: middle + 4,
        },
      )}`
    : "";
  const label =
    lane.label === SAYS[lane.group]
      ? ""
      : bilingualText(cut(lane.label), {
          class: "lane",
          x: LABEL_WIDTH - 10,
          y: middle + 4,
          "text-anchor": "end",
        });
  const line = `<line class="thread" x1="${axis.left}" y1="${middle}" x2="${axis.left + axis.width}" y2="${middle}"/>`;
  const spans = lane.spans.map((span) => spanSvg(span, y + 4, axis));
  return `${name}${label}${line}${spans.join("")}${lane.points.map((point) => pointSvg(point, middle, axis)).join("")}`;
}

const LABEL_MAX = 30;

function cut({ zh, en }: { readonly zh: string; readonly en: string }) {
  const short = (text: string, max: number) => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);
  return { zh: short(zh, LABEL_MAX - 6), en: short(en, LABEL_MAX) };
}

function spanSvg({ from, to, tone, text, inside }: Span, y: number, axis: Axis): string {
  if (to < axis.from || from > axis.to) return "";
  const [x, end] = [placeOf(axis, from), placeOf(axis, to)];
  const width = Math.max(2.5, Math.round((end - x) * 10) / 10);
  const name =
    width >= NAMED_FROM && inside !== undefined
      ? bilingualText(inside, { class: "inside", x: x + 6, y: y + 12 })
      : "";
  const title = `<title>${bilingual(text)} ${clock(from)} – ${clock(to)}</title>`;
  return `<g><rect class="span ${tone}" x="${x}" y="${y}" width="${width}" height="${LANE_HEIGHT - 8}" rx="3">${title}</rect>${name}</g>`;
}

function pointSvg({ at, tone, text, toleranceMs = 0 }: Point, y: number, axis: Axis): string {
  if (at < axis.from || at > axis.to) return "";
  const x = placeOf(axis, at);
  const [from, to] = [placeOf(axis, at - toleranceMs), placeOf(axis, at + toleranceMs)];
  const whisker =
    toleranceMs === 0 ? "" : `<line class="whisker ${tone}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/>`;
  const title = `<title>${clock(at)} ${bilingual(text)}</title>`;
  const mark =
    tone === "met" || tone === "unmet"
      ? `<path class="point ${tone}" d="M${x} ${y - 6}l6 6l-6 6l-6 -6z">${title}</path>`
      : `<circle class="point ${tone}" cx="${x}" cy="${y}" r="4">${title}</circle>`;
  return `${whisker}${mark}`;
}

function clock(time: number): string {
  return formatTime(time).slice(5, 19).replace("T", " ");
}
