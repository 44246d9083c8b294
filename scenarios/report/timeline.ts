/** What a timeline of a story shows: lanes of spans and points, taken from its truth, its tellers, alerts and cases. */
import type { TruthRecord } from "../../simulator/truth.ts";
import type { Alert, Bilingual } from "../../twin/events/output-events.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { casesIn } from "../invariants.ts";
import type { Story } from "../story.ts";
import type { Telling } from "../telling.ts";
import type { Verdict } from "../verdict.ts";
import { cuesOf } from "./cues.ts";
import { CASE_STATE_NAMES, CAUSE_NAMES, LEVEL_NAMES, SAYS } from "./report-words.ts";
import { rowText } from "./row-words.ts";

/** Times in ms since epoch; `tone` = the class of its colour. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly tone: string;
  readonly text: Bilingual;
  /** Stands in it, where there is room. */
  readonly inside?: Bilingual;
}

export interface Point {
  readonly at: number;
  readonly tone: string;
  readonly text: Bilingual;
  /** How far it may lie off, drawn as a whisker; default: not at all. */
  readonly toleranceMs?: number;
}

export interface Lane {
  readonly group: keyof typeof SAYS;
  readonly label: Bilingual;
  readonly spans: readonly Span[];
  readonly points: readonly Point[];
}

const LANES_MAX = { truth: 8, alerts: 12, cases: 8 };

/** The lanes of a story told alone, from top to bottom; `verdicts` are those of its expectations. */
export function lanesOf(story: Story, verdicts: readonly Verdict[]): Lane[] {
  const told = story.alone();
  return [
    ...few(truthLanes(story.truth(), told), LANES_MAX.truth),
    ...peopleLane(story),
    ...findingsLane(told),
    ...expectedLane(verdicts),
    ...few(alertLanes(told), LANES_MAX.alerts),
    ...few(caseLanes(told), LANES_MAX.cases),
  ];
}

const same = (text: string): Bilingual => ({ zh: text, en: text });
const joined = (a: Bilingual, b: Bilingual, between = " "): Bilingual => ({
  zh: `${a.zh}${between}${b.zh}`,
  en: `${a.en}${between}${b.en}`,
});

/** The first ones; the label of the last says how many more there are. */
function few(lanes: readonly Lane[], max: number): Lane[] {
  if (lanes.length <= max) return [...lanes];
  const more = lanes.length - max;
  const note = { zh: `另有 ${more} 行${SAYS.further.zh}`, en: `${more} ${SAYS.further.en}` };
  return [...lanes.slice(0, max), { group: lanes[0]!.group, label: note, spans: [], points: [] }];
}

/** One lane for each cause and the alert that it deserves. */
function truthLanes(records: readonly TruthRecord[], { until }: Telling): Lane[] {
  const lanes = new Map<string, { readonly label: Bilingual; readonly spans: Span[] }>();
  for (const { code, cause, kitchen, asset, from, to } of records) {
    const name = CAUSE_NAMES[cause] ?? same(cause);
    const lane = lanes.get(`${cause} ${code}`) ?? {
      label: code === "" ? name : joined(name, same(code), " → "),
      spans: [],
    };
    const text = joined(
      name,
      kitchen === null && asset !== null ? areaName(asset) : same(asset ?? kitchen ?? ""),
    );
    const end = Math.min(to ?? until, until);
    lane.spans.push({ from, to: Math.max(from, end), tone: code === "" ? "calm" : "truth", text });
    lanes.set(`${cause} ${code}`, lane);
  }
  return [...lanes.values()].map((lane) => ({ group: "truth", points: [], ...lane }));
}

/** What the story tells by hand, and what people do. */
function peopleLane(story: Story): Lane[] {
  const points = cuesOf(story).filter(({ tone }) => tone !== "truth");
  const shown = points.slice(0, POINTS_MAX);
  return shown.length === 0 ? [] : [{ group: "people", label: SAYS.people, spans: [], points: shown }];
}

/** Of one lane. */
const POINTS_MAX = 600;

/** What the alerts rest on. */
function findingsLane({ outputs }: Telling): Lane[] {
  const seen = new Map<string, Point>();
  for (const { data } of outputs) {
    if (!("because" in data)) continue;
    for (const { source, id, time, text, summary } of data.because) {
      const words = text ?? same(summary);
      seen.set(`${source} ${id} ${time}`, {
        at: parseTime(time),
        tone: "finding",
        text: joined(same(data.code), words),
      });
    }
  }
  const points = [...seen.values()].slice(0, POINTS_MAX);
  return points.length === 0 ? [] : [{ group: "findings", label: SAYS.findings, spans: [], points }];
}

function expectedLane(verdicts: readonly Verdict[]): Lane[] {
  const rows = verdicts.flatMap(({ rows }) => rows).slice(0, 300);
  const points = rows.flatMap(({ moment, wanted, met }): Point[] =>
    moment === undefined
      ? []
      : [
          {
            at: moment.wanted,
            tone: met ? "met" : "unmet",
            text: rowText(wanted),
            toleranceMs: moment.toleranceMs,
          },
        ],
  );
  return points.length === 0 ? [] : [{ group: "wanted", label: SAYS.wanted, spans: [], points }];
}

interface AlertLane {
  readonly code: string;
  readonly title: Bilingual;
  readonly where: string;
  readonly isArea: boolean;
  readonly spans: Span[];
  /** Of its gravest alert; suppressed ones count least. */
  grave: number;
}

/** A lane for each code and kitchen, or area; the gravest first, of each code a few and all others in one. */
function alertLanes({ outputs, until }: Telling): Lane[] {
  const lanes = new Map<string, AlertLane>();
  const open = new Map<string, { readonly from: number; readonly data: Alert; readonly lane: AlertLane }>();
  const end = (alert: string, to: number) => {
    const one = open.get(alert);
    open.delete(alert);
    if (one === undefined) return;
    const { from, data, lane } = one;
    const isSuppressed = data.state === "suppressed";
    const level = LEVEL_NAMES[data.level] ?? same(data.level);
    const place = lane.isArea ? areaName(lane.where) : same(data.asset ?? lane.where);
    const text = joined(joined(level, data.title), place);
    const inside = isSuppressed ? CASE_STATE_NAMES.suppressed : level;
    lane.spans.push({ from, to, tone: isSuppressed ? "suppressed" : data.level.toLowerCase(), text, inside });
  };
  for (const { type, time, subject, data } of outputs) {
    if (!("raisedAt" in data)) continue;
    end(data.alert, time);
    if (type === "warmcity.alert.resolved") continue;
    const where = subject ?? data.asset ?? "";
    const key = `${where} ${data.code}`;
    const { code, title } = data;
    const lane = lanes.get(key) ?? { code, title, where, isArea: subject === null, spans: [], grave: 9 };
    lane.grave = Math.min(lane.grave, Number(data.level.slice(1)) + (data.state === "suppressed" ? 4 : 0));
    lanes.set(key, lane);
    open.set(data.alert, { from: time, data, lane });
  }
  for (const alert of [...open.keys()]) end(alert, until);
  return perCode([...lanes.values()].sort((a, b) => a.grave - b.grave || rankOf(a) - rankOf(b)));
}

function rankOf({ where }: AlertLane): number {
  return where === "city" ? 0 : where.startsWith("banner:") ? 1 : 2;
}

const LANES_PER_CODE = 3;

function perCode(lanes: readonly AlertLane[]): Lane[] {
  return [...new Set(lanes.map(({ code }) => code))].flatMap((code): Lane[] => {
    const own = lanes.filter((lane) => lane.code === code);
    const alone = own.length <= LANES_PER_CODE + 1 ? own : own.slice(0, LANES_PER_CODE);
    const rest = own.slice(alone.length);
    const shown = alone.map(({ title, where, isArea, spans }): Lane => {
      const label = joined(joined(same(code), title), isArea ? areaName(where) : same(where), " · ");
      return { group: "alerts", label, spans, points: [] };
    });
    if (rest.length === 0) return shown;
    const label = { zh: `${code} · 另 ${rest.length} 处`, en: `${code} · at ${rest.length} more places` };
    const spans = rest.flatMap((lane) =>
      lane.spans.map(({ inside: _, tone, ...span }) => ({ ...span, tone: `${tone} many` })),
    );
    return [...shown, { group: "alerts", label, spans, points: [] }];
  });
}

/** A lane for each case, the most eventful first; a span for each state. */
function caseLanes(telling: Telling): Lane[] {
  const { city, until } = telling;
  return casesIn(telling)
    .map((one) => ({ ...one, moves: one.history.filter(({ from, to }) => from !== to) }))
    .sort((a, b) => b.moves.length - a.moves.length)
    .map(({ code, kitchen, asset, moves }) => {
      const where = kitchen < 0 ? areaName(asset ?? "") : same(city.kitchens[kitchen]?.id ?? "");
      return {
        group: "cases" as const,
        label: joined(same(code), where, " · "),
        spans: moves.map(({ time, to }, i) => ({
          from: time,
          to: moves[i + 1]?.time ?? until,
          tone: `case-${to}`,
          text: CASE_STATE_NAMES[to],
          inside: CASE_STATE_NAMES[to],
        })),
        points: [],
      };
    });
}
