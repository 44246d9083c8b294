/** What a story was held against, line by line: what was wanted beside what was seen. */
import type { Bilingual } from "../twin/events/output-events.ts";

export interface Row {
  readonly wanted: string;
  readonly seen: string;
  readonly met: boolean;
  /** Where something was wanted at a time. */
  readonly moment?: Moment;
}

/** ms since epoch. */
export interface Moment {
  readonly wanted: number;
  readonly toleranceMs: number;
  /** `null` = never. */
  readonly seen: number | null;
}

/** A sentence about a story. It is true when it has rows and each is met: who compares nothing proves nothing. */
export interface Verdict {
  readonly says: Bilingual;
  readonly rows: readonly Row[];
}

export function isMet({ rows }: Verdict): boolean {
  return rows.length > 0 && rows.every(({ met }) => met);
}

/** What keeps it from being true, a line each; none = it is true. */
export function faultsOf({ rows }: Verdict): string[] {
  if (rows.length === 0) return ["nothing was compared"];
  return rows.filter(({ met }) => !met).map(({ wanted, seen }) => `wanted ${wanted}; seen ${seen}`);
}

/** A verdict on a list of faults, which is wanted to be empty. */
export function noneOf(faults: readonly string[]): readonly Row[] {
  return faults.length === 0
    ? [{ wanted: NOTHING, seen: NOTHING, met: true }]
    : faults.map((seen) => ({ wanted: NOTHING, seen, met: false }));
}

export const NOTHING = "-";

/** Both are the same, field by field; sets and maps count as what they hold. `what` says of what it is told. */
export function equal(seen: unknown, wanted: unknown, what = ""): Row {
  const [a, b] = [canonical(seen), canonical(wanted)];
  return row(what, b, a, a === b);
}

/** All fields that `wanted` names are so, at any depth; lists are as long as there (as Vitest's `toMatchObject`). */
export function matches(seen: unknown, wanted: unknown, what = ""): Row {
  return row(what, canonical(wanted), canonical(seen), isPart(seen, wanted));
}

/** A list, set or text that has each of these, one row for each. */
export function has(
  seen: string | readonly string[] | ReadonlySet<string>,
  ...wanted: readonly string[]
): readonly Row[] {
  return wanted.map((one) => {
    const met = seen instanceof Set ? seen.has(one) : (seen as string | readonly string[]).includes(one);
    return row("has ", canonical(one), met ? canonical(one) : canonical(seen), met);
  });
}

/** A list, set or text that has none of these, one row for each. */
export function hasNot(
  seen: string | readonly string[] | ReadonlySet<string>,
  ...unwanted: readonly string[]
): readonly Row[] {
  return has(seen, ...unwanted).map(({ met }, i) =>
    row(
      "has not ",
      canonical(unwanted[i]),
      met ? `it has ${canonical(unwanted[i])}` : canonical(unwanted[i]),
      !met,
    ),
  );
}

export function atLeast(seen: number, low: number, what = ""): Row {
  return row(what, `>= ${low}`, `${seen}`, seen >= low);
}

export function atMost(seen: number, high: number, what = ""): Row {
  return row(what, `<= ${high}`, `${seen}`, seen <= high);
}

export function isTrue(met: boolean, what: string): Row {
  return row("", what, met ? what : `not so: ${what}`, met);
}

function row(what: string, wanted: string, seen: string, met: boolean): Row {
  return {
    wanted: cut(`${what}${what === "" || what.endsWith(" ") ? "" : " "}${wanted}`),
    seen: cut(seen),
    met,
  };
}

const SHOWN_MAX = 600;

function cut(text: string): string {
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}… (${text.length} characters)`;
}

/** A text that is the same for what counts as the same. */
function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Set) return `{${[...value].map(canonical).sort().join(", ")}}`;
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .map(([name, field]) => `${name}: ${canonical(field)}`)
    .sort()
    .join(", ")}}`;
}

function isPart(seen: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return Object.is(seen, wanted);
  if (typeof seen !== "object" || seen === null) return false;
  if (Array.isArray(wanted) !== Array.isArray(seen)) return false;
  if (Array.isArray(wanted) && Array.isArray(seen) && wanted.length !== seen.length) return false;
  return Object.entries(wanted).every(([name, field]) => isPart(Reflect.get(seen, name), field));
}
