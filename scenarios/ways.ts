/** The ways in which every story is told beside alone: on top of a load, live, and from three shuffled copies. */
import type { Output } from "../stream/output.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { Random } from "../twin/kernel/random.ts";
import { minutes, parseTime } from "../twin/kernel/time.ts";
import { background } from "./background.ts";
import {
  casesIn,
  forbiddenSteps,
  leadsInIndex,
  lossOf,
  movedAlerts,
  movedBystanders,
  mutedWords,
  namedReporters,
  repeatedNotices,
  violationsOf,
  wrongHashes,
} from "./invariants.ts";
import { type GivenOut, lastWords, lived } from "./lived.ts";
import { type Line, replayed, withoutPositions } from "./replayed.ts";
import type { Ways } from "./scenario.ts";
import { at, type Story } from "./story.ts";
import type { Telling } from "./telling.ts";
import { atLeast, noneOf, type Verdict } from "./verdict.ts";

export const WAYS = ["alone", "background", "live", "flooded"] as const;
export type Way = (typeof WAYS)[number];

/** What a way showed; `violations` `null` = the invariants are those of another way's outputs. */
export interface WayTold {
  readonly verdicts: readonly Verdict[];
  readonly violations: readonly string[] | null;
}

/** The ways in which a story is told. */
export function waysOf(ways: Ways | null): readonly Way[] {
  if (ways === null) return ["alone"];
  return ways.floodedUntil === undefined ? ["alone", "background", "live"] : WAYS;
}

const SAME_AMONG_OTHERS = {
  zh: "在城市背景负荷之上，被点名单位的输出完全相同",
  en: "gives the same outputs of the named units on top of the background load",
};
const LOADED = { zh: "背景确有负荷", en: "has a load to stand against" };

/** On top of a city that lives, the named units give the same outputs. */
export function toldOnTop(story: Story, { load: [from, until] }: Ways): WayTold {
  const names = new Set(story.city.kitchens.map(({ id }) => id));
  const ofTheNamed = (outputs: readonly Output[]) =>
    outputs.filter(({ subject }) => subject !== null && names.has(subject)).map(withoutPositions);
  const load = background(at(from), at(until), story.seed);
  const crowded = story.among(load);
  const alone = story.upTo(crowded.until);
  const ofOthers = crowded.outputs.length - ofTheNamed(crowded.outputs).length;
  const differences = differing(ofTheNamed(crowded.outputs), ofTheNamed(alone.outputs));
  return {
    verdicts: [
      { says: SAME_AMONG_OTHERS, rows: noneOf(differences) },
      {
        says: LOADED,
        rows: [atLeast(ofOthers, Math.min(alone.outputs.length, LOUD) + 1, "outputs of others")],
      },
    ],
    violations: [
      ...violationsOf(crowded),
      ...movedBystanders(story.without(load), crowded, (id) => names.has(id)),
    ],
  };
}

const IN_TIME = {
  zh: "实时运行时一级告警 5 秒内发出，其余一分钟内发出",
  en: "gives out live an L1 within 5 s and all else within a minute",
};
const AREAS_AS_KNOWN = {
  zh: "实时运行时区域告警与最终结果相差不超过三分钟",
  en: "says live of areas what is settled in the end, within three minutes",
};
const LAST_WORDS = {
  zh: "实时运行时每条告警的最后说法与最终结果一致",
  en: "ends live with what is settled of every alert that was not taken back",
};
const NOTHING_ELSE = {
  zh: "实时发出的都成立，不成立的都已撤回",
  en: "gives out live all that is settled, and withdraws the rest",
};

/** As it happens, with a tick each second: alerts are out in time, and end as they are settled. */
export function toldLive(story: Story, { liveUntil, tickMs = 1_000, areasAsKnown = false }: Ways): WayTold {
  const until = liveUntil === undefined ? story.until : at(liveUntil);
  const { city, lines, outputs: settled } = story.upTo(until);
  const { given: all, fold } = lived(city, lines, { until, tickMs });
  const given = all.filter(({ output }) => output.time <= until);
  const said = given.map(({ output }) => output);
  const isAsked = ({ subject, type }: Output) =>
    !areasAsKnown || (subject !== null && type !== "warmcity.kitchen.changed");
  const [saidOf, settledOf] = [said.filter(isAsked), settled.filter(isAsked)];
  const lasting = unsettled(
    given.filter(({ output }) => isAsked(output)),
    settledOf,
  );
  const areas: Verdict[] = areasAsKnown
    ? [{ says: AREAS_AS_KNOWN, rows: noneOf(areaDifferences(said, settled)) }]
    : [];
  return {
    verdicts: [
      { says: IN_TIME, rows: noneOf(delays(given, tickMs)) },
      ...areas,
      { says: LAST_WORDS, rows: noneOf(differing(words(saidOf), words(settledOf))) },
      { says: NOTHING_ELSE, rows: noneOf(lasting) },
    ],
    violations: liveViolations({ city, lines, fold, outputs: said }),
  };
}

/** Of the invariants those that what was given out as it happened can break, and that its settled end does not show. */
function liveViolations(told: Pick<Telling, "city" | "lines" | "fold" | "outputs">): string[] {
  const cases = casesIn(told);
  return [
    ...movedAlerts(told.outputs),
    ...repeatedNotices(told.outputs),
    ...forbiddenSteps(cases),
    ...leadsInIndex(told, cases),
    ...wrongHashes(cases),
    ...namedReporters(told),
    ...mutedWords(told.outputs),
  ];
}

const SAME_FLOODED = {
  zh: "每条消息来三份、九分钟内乱序，输出仍完全相同",
  en: "gives the same outputs from three copies of each line, shuffled within nine minutes",
};

/** Three copies of each line, shuffled: the same outputs. */
export function toldFlooded(story: Story, floodedUntil: string): WayTold {
  const { city, lines, until, outputs } = story.upTo(at(floodedUntil));
  const copies = flood(lines);
  const flooded = replayed(city, copies, until);
  const differences = differing(flooded.outputs.map(withoutPositions), outputs.map(withoutPositions));
  return {
    verdicts: [{ says: SAME_FLOODED, rows: noneOf(differences) }],
    violations: lossOf(flooded.summary, copies),
  };
}

/** The lists side by side, from where they part. */
function differing(seen: readonly string[], wanted: readonly string[]): string[] {
  const parts = wanted.findIndex((text, i) => text !== seen[i]);
  const from = parts >= 0 ? parts : wanted.length;
  if (from === wanted.length && seen.length === wanted.length) return [];
  return [
    `from number ${from + 1} on, of ${seen.length} instead of ${wanted.length}: ${seen[from] ?? "nothing"}; wanted ${wanted[from] ?? "nothing"}`,
  ];
}

/** So many outputs of its own make a background a load, however much the story says. */
const LOUD = 100;

const FLOOD_LATE_MS = minutes(9);

function flood(lines: readonly Line[]): Line[] {
  const random = new Random(5, "flood");
  const copies = lines.flatMap((line) =>
    [1, 2, 3].map(() => ({ ...line, at: line.at + random.between(0, FLOOD_LATE_MS) })),
  );
  return copies.sort((a, b) => a.at - b.at);
}

/**
 * Found by data that took no longer than half a second, an L1 is out after 5 s, all else after a minute (SCENARIOS), or
 * with the tick after it: what time alone brings about is found by a tick.
 */
const OUT_AFTER_MS = { L1: 5_000, L2: 60_000, L3: 60_000, L4: 60_000 };

function delays(given: readonly GivenOut[], tickMs: number): string[] {
  return given.flatMap(({ output, at: out }) => {
    const { type, time, data } = output;
    if (type !== "warmcity.alert.raised" && type !== "warmcity.alert.level-changed") return [];
    // What rests on late data alone is reconciled, and rings only where it still holds.
    if (!("raisedAt" in data) || data.retro) return [];
    if (out - time <= OUT_AFTER_MS[data.level] + (data.level === "L1" ? 0 : tickMs)) return [];
    return [`${data.code} ${data.level} of ${time} went out ${out - time} ms later`];
  });
}

function isLasting({ type }: Output): boolean {
  return type !== "warmcity.area.changed";
}

/** The last word about each alert that was not taken back. */
function words(outputs: readonly Output[]): string[] {
  const standing = [...lastWords(outputs).values()].filter(({ reason }) => reason !== "withdrawn");
  return standing.map((alert) => JSON.stringify(alert)).sort();
}

const AS_KNOWN_MS = minutes(3);

/** Alerts of no kitchen that differ in more than a little time between what was said and what is settled. */
function areaDifferences(said: readonly Output[], settled: readonly Output[]): string[] {
  const ofAreas = (outputs: readonly Output[]) =>
    [...lastWords(outputs).values()].filter(
      ({ kitchen, reason }) => kitchen === null && reason !== "withdrawn",
    );
  const known = new Map(ofAreas(said).map((alert) => [alert.alert, alert]));
  const wanted = ofAreas(settled);
  const isNear = (a: string | null, b: string | null) =>
    a === b || (a !== null && b !== null && Math.abs(parseTime(a) - parseTime(b)) <= AS_KNOWN_MS);
  const shown = ({ code, asset, level, state, raisedAt, levelAt, resolvedAt }: Alert) =>
    `${code} ${level} of ${asset} is ${state} from ${raisedAt}, ${levelAt} to ${resolvedAt}`;
  const differing = wanted.flatMap((alert) => {
    const live = known.get(alert.alert);
    known.delete(alert.alert);
    const isSame =
      live?.level === alert.level &&
      live.state === alert.state &&
      (["raisedAt", "levelAt", "resolvedAt"] as const).every((time) => isNear(live[time], alert[time]));
    return isSame ? [] : [`${shown(alert)}, but live ${live === undefined ? "never" : shown(live)}`];
  });
  return [...differing, ...[...known.values()].map((live) => `live alone: ${shown(live)}`)];
}

/**
 * What is settled and did not go out, or went out and was neither settled nor withdrawn. How an area stands is not asked:
 * that is told live as it is known at the time.
 */
function unsettled(given: readonly GivenOut[], settled: readonly Output[]): string[] {
  const byId = (outputs: readonly Output[]) =>
    new Map(outputs.filter(isLasting).map((output) => [output.id, output]));
  const out = byId(given.map(({ output }) => output));
  const wanted = byId(settled);
  const withdrawn = new Set(
    given.flatMap(({ output: { data } }) =>
      "raisedAt" in data && data.reason === "withdrawn" ? [data.case] : [],
    ),
  );
  const missing = [...wanted.values()].filter(({ id }) => !out.has(id));
  const extra = [...out.values()].filter(({ id, data }) => {
    return !wanted.has(id) && !("case" in data && withdrawn.has(data.case ?? ""));
  });
  return [
    ...missing.map((output) => `missing ${withoutPositions(output)}`),
    ...extra.map((output) => `extra ${withoutPositions(output)}`),
  ];
}
