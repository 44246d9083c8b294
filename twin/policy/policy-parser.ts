/** `parsePolicies()`: a file's JSON to the packs of one city, or everything that is wrong with it by JSON pointer. */
import { type ValueError, ValueErrorType } from "@sinclair/typebox/errors";
import { Value } from "@sinclair/typebox/value";
import { ALERT_CODES } from "../alerts/alert-codes.ts";
import { schemaFaults } from "../city/schema-faults.ts";
import type { Fault, Parsed } from "../kernel/fault.ts";
import { pointerToken } from "../kernel/fault.ts";
import { parseDate } from "../kernel/time.ts";
import { DUTY_NUMBERS } from "./duty-numbers.ts";
import { unitFault } from "./parameter-unit.ts";
import { PolicyBook } from "./policy-book.ts";
import { policyName } from "./policy-pack.ts";
import { PolicyPackJson } from "./policy-schema.ts";
import type { RuleShape } from "./rule-parameters.ts";
import { validityFaults } from "./validity.ts";

/** `json`: one pack, or a list of packs of one city; `shapes`: the rules and the parameters that a pack may set. */
export function parsePolicies(json: unknown, shapes: readonly RuleShape[]): Parsed<PolicyBook> {
  const isList = Array.isArray(json);
  const items: unknown[] = isList ? json : [json];
  if (items.length === 0)
    return { ok: false, faults: [{ pointer: "", reason: "is an empty list; expected a pack" }] };
  const packs: PolicyPackJson[] = [];
  const faults: Fault[] = [];
  items.forEach((item, i) => {
    const root = isList ? `/${i}` : "";
    if (isPack(item)) packs.push(item);
    else faults.push(...shapeFaults(item, root));
    faults.push(...meaningFaults(item, root, shapes));
  });
  if (packs.length === items.length) {
    faults.push(...validityFaults(packs, (i) => (isList ? `/${i}` : "")), ...nameFaults(packs));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: new PolicyBook(packs) };
}

function isPack(item: unknown): item is PolicyPackJson {
  return Value.Check(PolicyPackJson, item);
}

function shapeFaults(item: unknown, root: string): Fault[] {
  const errors: ValueError[] = [...Value.Errors(PolicyPackJson, item)];
  const unknown = errors.filter(({ type }) => type === ValueErrorType.ObjectAdditionalProperties);
  const others = errors.filter(({ type }) => type !== ValueErrorType.ObjectAdditionalProperties);
  return [
    ...unknown.map(({ path }) => ({ pointer: root + path, reason: "is no field of a policy pack" })),
    ...schemaFaults(others, root),
  ];
}

/** What the schema cannot say; looks into whatever is there, so that all faults come at once. */
function meaningFaults(item: unknown, root: string, shapes: readonly RuleShape[]): Fault[] {
  const cases = fieldOf(item, "cases");
  return [
    ...dateFaults(item, root),
    ...ruleFaults(fieldOf(item, "rules"), `${root}/rules`, shapes),
    ...dutyFaults(fieldOf(item, "duties"), `${root}/duties`),
    ...codeFaults(fieldOf(item, "disabled"), `${root}/disabled`),
    ...codeFaults(fieldOf(cases, "neverAlone"), `${root}/cases/neverAlone`),
    ...prefixFaults(fieldOf(cases, "direct"), `${root}/cases/direct`),
    ...keysOf(fieldOf(cases, "codes"))
      .filter((code) => !ALERT_CODES.includes(code))
      .map((code) => ({
        pointer: `${root}/cases/codes/${pointerToken(code)}`,
        reason: "is no code of the catalogue",
      })),
    ...windowFaults(fieldOf(cases, "dayWindow"), `${root}/cases/dayWindow`),
    ...ladderFaults(fieldOf(cases, "levels"), `${root}/cases/levels`),
  ];
}

function dateFaults(item: unknown, root: string): Fault[] {
  return ["validFrom", "validTo"].flatMap((name) => {
    const date = fieldOf(item, name);
    if (typeof date !== "string" || !Number.isNaN(parseDate(date))) return [];
    return [{ pointer: `${root}/${name}`, reason: `is "${date}"; expected a date (YYYY-MM-DD)` }];
  });
}

function ruleFaults(rules: unknown, root: string, shapes: readonly RuleShape[]): Fault[] {
  return keysOf(rules).flatMap((code) => {
    const pointer = `${root}/${pointerToken(code)}`;
    if (!ALERT_CODES.includes(code)) return [{ pointer, reason: "is no code of the catalogue" }];
    const own = shapes.filter((shape) => shape.code === code);
    const known = Object.assign({}, ...own.map(({ parameters }) => parameters));
    const given = fieldOf(rules, code);
    const faults: Fault[] = keysOf(given).flatMap((name) => {
      const at = `${pointer}/${pointerToken(name)}`;
      if (!(name in known)) return [{ pointer: at, reason: unknownParameter(code, Object.keys(known)) }];
      const reason = unitFault(name, fieldOf(given, name));
      return reason === null ? [] : [{ pointer: at, reason }];
    });
    if (faults.length > 0) return faults;
    const all = { ...known, ...(typeof given === "object" ? given : {}) };
    return own.flatMap(({ rising }) => rising.flatMap((names) => fallingFaults(names, all, given, pointer)));
  });
}

function dutyFaults(duties: unknown, root: string): Fault[] {
  return keysOf(duties).flatMap((name) => {
    const pointer = `${root}/${pointerToken(name)}`;
    if (!(name in DUTY_NUMBERS)) {
      const reason = `is no number of the duties; expected one of ${Object.keys(DUTY_NUMBERS).join(" ")}`;
      return [{ pointer, reason }];
    }
    const reason = unitFault(name, fieldOf(duties, name));
    return reason === null ? [] : [{ pointer, reason }];
  });
}

function unknownParameter(code: string, known: readonly string[]): string {
  return known.length === 0
    ? `is unknown: ${code} has no parameters`
    : `is no parameter of ${code}; expected one of ${known.join(" ")}`;
}

/** A parameter that falls below the one before it; told where the pack sets one of the two. */
function fallingFaults(
  names: readonly string[],
  values: Readonly<Record<string, number>>,
  given: unknown,
  pointer: string,
): Fault[] {
  return names.slice(1).flatMap((name, i) => {
    const before = names[i]!;
    const [low, high] = [values[before]!, values[name]!];
    if (low <= high) return [];
    if (name in Object(given)) {
      return [
        { pointer: `${pointer}/${name}`, reason: `is ${high}; expected at least ${before}, which is ${low}` },
      ];
    }
    return [
      { pointer: `${pointer}/${before}`, reason: `is ${low}; expected at most ${name}, which is ${high}` },
    ];
  });
}

function codeFaults(codes: unknown, root: string): Fault[] {
  if (!Array.isArray(codes)) return [];
  return codes.flatMap((code: unknown, i) =>
    typeof code !== "string" || ALERT_CODES.includes(code)
      ? []
      : [{ pointer: `${root}/${i}`, reason: `is "${code}", which is no code of the catalogue` }],
  );
}

function prefixFaults(prefixes: unknown, root: string): Fault[] {
  if (!Array.isArray(prefixes)) return [];
  return prefixes.flatMap((prefix: unknown, i) =>
    typeof prefix !== "string" || ALERT_CODES.some((code) => code.startsWith(prefix))
      ? []
      : [{ pointer: `${root}/${i}`, reason: `is "${prefix}", which no code of the catalogue begins with` }],
  );
}

function windowFaults(window: unknown, root: string): Fault[] {
  const [from, to] = [fieldOf(window, "fromMs"), fieldOf(window, "toMs")];
  if (typeof from !== "number" || typeof to !== "number" || from < to) return [];
  return [{ pointer: `${root}/toMs`, reason: `is ${to}; expected more than fromMs, which is ${from}` }];
}

/** Rungs counted from the dispatch come one after the other. */
function ladderFaults(levels: unknown, root: string): Fault[] {
  return keysOf(levels).flatMap((level) => {
    const ladder = fieldOf(fieldOf(levels, level), "ladder");
    let last = 0;
    return (Array.isArray(ladder) ? ladder : []).flatMap((rung: unknown, i) => {
      const [after, from] = [fieldOf(rung, "after"), fieldOf(rung, "from")];
      const ms = fieldOf(after, "ms");
      if (from !== "dispatch" || fieldOf(after, "kind") !== "elapsed" || typeof ms !== "number") return [];
      const before = last;
      last = Math.max(last, ms);
      if (ms >= before) return [];
      return [
        {
          pointer: `${root}/${level}/ladder/${i}/after/ms`,
          reason: `is ${ms}; expected at least the rung before, ${before}`,
        },
      ];
    });
  });
}

function nameFaults(packs: readonly PolicyPackJson[]): Fault[] {
  const names = packs.map(policyName);
  return names.flatMap((name, i) =>
    names.indexOf(name) === i ? [] : [{ pointer: `/${i}/version`, reason: `makes a second ${name}` }],
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
