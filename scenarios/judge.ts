/** A story held against what its scenario expects. */
import type { Bilingual } from "../twin/events/output-events.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import { alertsOf, type Happening, noticesOf, shown, stepsOf, TOLERANCE_MIN } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import type { Expectation, Never, Scenario, Wanted } from "./scenario.ts";
import { at, type Story } from "./story.ts";
import type { Telling } from "./telling.ts";
import { equal, NOTHING, noneOf, type Row, type Verdict } from "./verdict.ts";

/** A sentence, and how to find out whether it is true. */
export interface Judgement {
  readonly says: Bilingual;
  readonly rows: (story: Story) => readonly Row[];
}

/** Everything that the scenario expects of the story told alone. */
export function judgements({ expects = [], never = [], checks = [] }: Scenario): Judgement[] {
  return [
    ...expects.map((expected) => ({ says: expected.says, rows: (story: Story) => rowsOf(expected, story) })),
    ...never.map((unwanted) => ({
      says: unwanted.says,
      rows: (story: Story) => noneOf(breaches(unwanted, story.alone())),
    })),
    ...checks.map(({ says, holds }) => ({ says, rows: (story: Story) => tried(() => holds(story)) })),
  ];
}

export function judged(scenario: Scenario, story: Story): Verdict[] {
  return judgements(scenario).map(({ says, rows }) => ({ says, rows: rows(story) }));
}

/** A check that breaks off, as one does that finds nothing to look at, is not met. */
function tried(holds: () => readonly Row[]): readonly Row[] {
  try {
    return holds();
  } catch (error) {
    return [{ wanted: "a check that can be made", seen: String(error), met: false }];
  }
}

function rowsOf(expectation: Expectation, story: Story): readonly Row[] {
  const told = story.alone();
  if ("alertsOf" in expectation) {
    const { alertsOf: kitchen, are, which, inAnyOrder } = expectation;
    return alertRows(told, kitchen, are, { which, inAnyOrder });
  }
  if ("alertsOfEach" in expectation) {
    const { alertsOfEach, which, inAnyOrder } = expectation;
    return Object.entries(alertsOfEach).flatMap(([kitchen, are]) =>
      alertRows(told, kitchen, are, { which, inAnyOrder }).map((row) => ({
        ...row,
        wanted: `${kitchen}: ${row.wanted}`,
      })),
    );
  }
  if ("stepsOf" in expectation) {
    const { kitchen, code } = expectation.stepsOf;
    return paired(chosen(stepsOf(told, kitchen, code), expectation.which), expectation.are);
  }
  if ("noticesOf" in expectation) {
    const { kitchen, code } = expectation.noticesOf;
    const notices = chosen(noticesOf(told, kitchen, code), expectation.which);
    return paired(notices.sort(byTimeAndWords), expectation.are);
  }
  const cases = casesIn(told);
  if ("casesOf" in expectation) {
    const { casesOf, are } = expectation;
    const own = casesOf === "all" ? cases : cases.filter(({ code }) => code === casesOf);
    return [equal(own.length, are, casesOf === "all" ? "cases:" : `cases of ${casesOf}:`)];
  }
  const { stateOf, by, is } = expectation;
  const { kitchen, code } = stateOf;
  const before = stepsOf(told, kitchen, code).filter(({ time }) => time <= at(by));
  return [equal(before.at(-1)?.what.split(" ")[0] ?? "no case", is, `${code} of ${kitchen} by ${by}:`)];
}

interface AlertChoice {
  readonly which?: RegExp | undefined;
  readonly inAnyOrder?: boolean | undefined;
}

function alertRows(
  told: Telling,
  kitchen: string | null,
  are: readonly Wanted[],
  { which, inAnyOrder = false }: AlertChoice,
): readonly Row[] {
  const alerts = chosen(alertsOf(told, kitchen), which);
  if (!inAnyOrder) return paired(alerts, are);
  alerts.sort((a, b) => inOrder(a.what, b.what) || a.time - b.time);
  const wanted = [...are].sort((a, b) => inOrder(whatOf(a), whatOf(b)) || inOrder(whenOf(a), whenOf(b)));
  return paired(alerts, wanted);
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whatOf(wanted: Wanted): string {
  return typeof wanted === "string" ? wanted : wanted[1];
}

function whenOf(wanted: Wanted): string {
  return typeof wanted === "string" ? "" : wanted[0];
}

function chosen(happenings: readonly Happening[], which: RegExp = /./): Happening[] {
  return happenings.filter(({ what }) => which.test(what));
}

function byTimeAndWords(a: Happening, b: Happening): number {
  return a.time - b.time || inOrder(a.what, b.what);
}

/** One beside the other in their order; what is missing or too much stands alone. */
export function paired(seen: readonly Happening[], wanted: readonly Wanted[]): readonly Row[] {
  const rows = Array.from({ length: Math.max(seen.length, wanted.length) }, (_, i): Row => {
    const [happening, expected] = [seen[i], wanted[i]];
    const words = expected === undefined ? NOTHING : wordsOf(expected);
    const moment = momentOf(expected, happening);
    if (happening === undefined) return { wanted: words, seen: NOTHING, met: false, ...moment };
    const met = expected !== undefined && isAsWanted(happening, expected);
    return { wanted: words, seen: `${shown(happening.time)} ${happening.what}`, met, ...moment };
  });
  return rows.length > 0 ? rows : [{ wanted: NOTHING, seen: NOTHING, met: true }];
}

function isAsWanted({ time, what }: Happening, expected: Wanted): boolean {
  if (typeof expected === "string") return what === expected;
  const [when, words, toleranceMin = TOLERANCE_MIN] = expected;
  return what === words && Math.abs(time - at(when)) <= toleranceMin * MINUTE_MS;
}

function momentOf(expected: Wanted | undefined, seen: Happening | undefined): Pick<Row, "moment"> {
  if (expected === undefined || typeof expected === "string") return {};
  const [when, , toleranceMin = TOLERANCE_MIN] = expected;
  const toleranceMs = toleranceMin * MINUTE_MS;
  return { moment: { wanted: at(when), toleranceMs, seen: seen?.time ?? null } };
}

/** `05-13 00:17 ±4 min T01 raised L3 SC01/fridge-2` */
function wordsOf(expected: Wanted): string {
  if (typeof expected === "string") return `whenever ${expected}`;
  const [when, what, toleranceMin = TOLERANCE_MIN] = expected;
  return `${when}${toleranceMin === 0 ? "" : ` ±${toleranceMin} min`} ${what}`;
}

function breaches({ alertsOf: whose, which, from, until }: Never, told: Telling): string[] {
  const kitchens = whose === "any kitchen" ? told.city.kitchens.map(({ id }) => id) : whose;
  const [begin, end] = [
    from === undefined ? Number.NEGATIVE_INFINITY : at(from),
    until === undefined ? Number.POSITIVE_INFINITY : at(until),
  ];
  return kitchens.flatMap((kitchen) =>
    alertsOf(told, kitchen)
      .filter(({ time, what }) => which.test(what) && time >= begin && time < end)
      .map(({ time, what }) => `${shown(time)} ${kitchen ?? "area"}: ${what}`),
  );
}
