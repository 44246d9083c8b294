/** What came of a story, in short words, and how it is held against what was expected. */
import type { Output } from "../stream/output.ts";
import { formatTime, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { at } from "./story.ts";
import type { Telling } from "./telling.ts";

export interface Happening {
  /** Event time, ms since epoch. */
  readonly time: number;
  readonly what: string;
}

/** When (see `at`), what, and by how many minutes it may miss (default: ±90 s). */
export type Expected = readonly [when: string, what: string, toleranceMin?: number];

export const TOLERANCE_MIN = 1.5;

const VERBS: Partial<Record<Output["type"], string>> = {
  "warmcity.alert.raised": "raised",
  "warmcity.alert.level-changed": "rose to",
  "warmcity.alert.suppressed": "suppressed",
  "warmcity.alert.resolved": "resolved",
};

/** All alerts of one kitchen (`null`: of none, but of areas, stations): `T01 raised L3 SC01/fridge-2`, and what is odd about it. */
export function alertsOf({ outputs }: Telling, kitchen: string | null): Happening[] {
  return outputs.flatMap(({ type, time, subject: of, data }) => {
    const verb = VERBS[type];
    if (of !== kitchen || verb === undefined || !("raisedAt" in data)) return [];
    const odd = [
      data.reason !== null && data.reason !== "cleared" ? data.reason : "",
      data.retro ? "retro" : "",
      data.delayed ? "delayed" : "",
    ].filter((word) => word !== "");
    const asset = data.asset === null ? "" : ` ${data.asset}`;
    const oddly = odd.length === 0 ? "" : ` (${odd.join(", ")})`;
    return [{ time, what: `${data.code} ${verb} ${data.level}${asset}${oddly}` }];
  });
}

/** Steps of the cases of one kitchen and code, in order: `dispatched`, `acked by O`. */
export function stepsOf({ city, fold }: Telling, kitchen: string | null, code: string): Happening[] {
  const desk = kitchen === null ? fold.stage.desk : fold.settled(city.kitchenIndex(kitchen));
  return Object.values(desk.cases)
    .filter((one) => one.code === code)
    .flatMap(({ history }) => history.filter(({ from, to }) => from !== to))
    .map(({ time, to, role }) => ({ time, what: role === null ? to : `${to} by ${role}` }));
}

/** Notifications of the cases of one kitchen and code: `L2 to O by sms`, `L3 to O by push (silent)`. */
export function noticesOf({ outputs }: Telling, kitchen: string | null, code: string): Happening[] {
  const cases = casesOf(outputs, kitchen, code);
  return outputs.flatMap(({ type, time, data }) => {
    if (type !== "warmcity.notification.requested" || !cases.has(data.case ?? "")) return [];
    const { level, to, channel, ring, notBefore } = data;
    const later = notBefore === null ? "" : ` (from ${shown(parseTime(notBefore))})`;
    return [{ time, what: `${level} to ${to} by ${channel}${ring ? "" : " (silent)"}${later}` }];
  });
}

/** Ids of the cases of one kitchen and code. */
export function casesOf(outputs: readonly Output[], kitchen: string | null, code: string): Set<string> {
  const cases = new Set<string>();
  for (const { subject: of, data } of outputs) {
    if (of === kitchen && "raisedAt" in data && data.code === code) cases.add(data.case);
  }
  return cases;
}

/**
 * The happenings in the words of what was expected: where one is within its tolerance, with the expected time; so that
 * two lists compared show every difference.
 */
export function against(happenings: readonly Happening[], expected: readonly Expected[]): string[] {
  return happenings.map(({ time, what }, i) => {
    const [when, wanted, toleranceMin = TOLERANCE_MIN] = expected[i] ?? ["", ""];
    const isNear = wanted === what && Math.abs(time - at(when)) <= toleranceMin * MINUTE_MS;
    return isNear ? `${when} ${what}` : `${shown(time)} ${what}`;
  });
}

export function wordsOf(expected: readonly Expected[]): string[] {
  return expected.map(([when, what]) => `${when} ${what}`);
}

/** `05-12 14:21:25` */
export function shown(time: number): string {
  return formatTime(time).slice(5, 19).replace("T", " ");
}
