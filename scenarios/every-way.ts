/** The ways in which every story is told, beside its own expectations: sound alone, the same on top of a load, and live. */
import { describe, expect, it } from "vitest";
import type { Output } from "../stream/output.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { Random } from "../twin/kernel/random.ts";
import { minutes, parseTime } from "../twin/kernel/time.ts";
import { background } from "./background.ts";
import { violationsOf } from "./invariants.ts";
import { type GivenOut, lastWords, lived } from "./lived.ts";
import { type Line, replayed, withoutPositions } from "./replayed.ts";
import { at, type Story } from "./story.ts";

export interface Ways {
  /** When the background lives: some hours around what matters. */
  readonly load: readonly [from: string, until: string];
  /** Up to when it is told live; default: to its end. */
  readonly liveUntil?: string;
  /** Default 1 s. */
  readonly tickMs?: number;
  /** Up to when it is told in three copies of each line, up to nine minutes late; default: not at all. */
  readonly floodedUntil?: string;
  /**
   * Where devices come and go and a backlog comes, who is online is told live as it is known at the time: what is said of
   * areas (alerts of no kitchen; the second stage folds in order of arrival) may begin and end up to three minutes from
   * where it is settled, and regions of kitchens are not asked. Default false: to the millisecond.
   */
  readonly areasAsKnown?: boolean;
}

export function tellEveryWay(story: Story, ways: Ways): void {
  const { load, liveUntil, tickMs = 1_000, floodedUntil, areasAsKnown = false } = ways;
  describe("told every way", () => {
    it("keeps all invariants alone", () => {
      expect(violationsOf(story.alone())).toEqual([]);
    });

    it("keeps them on top of the background load, with the same outputs of the named units", () => {
      const names = new Set(story.city.kitchens.map(({ id }) => id));
      const ofTheNamed = (outputs: readonly Output[]) =>
        outputs.filter(({ subject }) => subject !== null && names.has(subject)).map(withoutPositions);
      const crowded = story.among(background(at(load[0]), at(load[1])));
      const alone = story.upTo(crowded.until);
      expect(violationsOf(crowded)).toEqual([]);
      expect(ofTheNamed(crowded.outputs)).toEqual(ofTheNamed(alone.outputs));
      const ofOthers = crowded.outputs.length - ofTheNamed(crowded.outputs).length;
      expect(ofOthers).toBeGreaterThan(Math.min(alone.outputs.length, LOUD));
    });

    it("gives out live, in time, what is settled in the end, and withdraws the rest", () => {
      const until = liveUntil === undefined ? story.until : at(liveUntil);
      const { city, lines, outputs: settled } = story.upTo(until);
      const given = lived(city, lines, { until, tickMs }).given.filter(({ output }) => output.time <= until);
      expect(delays(given, tickMs)).toEqual([]);
      const said = given.map(({ output }) => output);
      if (areasAsKnown) expect(areaDifferences(said, settled)).toEqual([]);
      const isAsked = ({ subject, type }: Output) =>
        !areasAsKnown || (subject !== null && type !== "warmcity.kitchen.changed");
      expect(words(said.filter(isAsked))).toEqual(words(settled.filter(isAsked)));
      expect(
        unsettled(
          given.filter(({ output }) => isAsked(output)),
          settled.filter(isAsked),
        ),
      ).toEqual([]);
    });

    if (floodedUntil === undefined) return;

    it("gives the same outputs from three copies of each line, shuffled within nine minutes", () => {
      const { city, lines, until, outputs } = story.upTo(at(floodedUntil));
      const flooded = replayed(city, flood(lines), until);
      expect(flooded.outputs.map(withoutPositions)).toEqual(outputs.map(withoutPositions));
    });
  });
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
    return !wanted.has(id) && !("case" in data && withdrawn.has(data.case));
  });
  return [
    ...missing.map((output) => `missing ${withoutPositions(output)}`),
    ...extra.map((output) => `extra ${withoutPositions(output)}`),
  ];
}
