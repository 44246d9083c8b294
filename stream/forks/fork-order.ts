/** `parseForkOrder()`: what somebody asks of a fork to what is run, or everything that is wrong with it by JSON pointer. */
import { Value } from "@sinclair/typebox/value";
import type { City } from "../../twin/city/city.ts";
import { schemaFaults, shown } from "../../twin/city/schema-faults.ts";
import type { Fault, Parsed } from "../../twin/kernel/fault.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { policyName } from "../../twin/policy/policy-pack.ts";
import { parsePolicies } from "../../twin/policy/policy-parser.ts";
import { RULES } from "../rules/catalogue.ts";
import { CITY_RULES } from "../second-stage/catalogue.ts";
import { CHANGES_MAX, FORK_CHANGES, FORK_HOURS_MAX, type ForkChange } from "./fork-change.ts";

export interface ForkOrder {
  /** Event time from which it runs, ms since epoch; `null` = now. */
  readonly at: number | null;
  readonly hours: number;
  /** How many runs; each has a seed of its own. */
  readonly seeds: number;
  readonly changes: readonly ForkChange[];
}

interface Ground {
  readonly city: City;
  readonly policies: PolicyBook;
}

export const SEEDS_LEAST = 5;
export const SEEDS_MOST = 20;
const HOURS = 24;

export function parseForkOrder(
  ground: Ground,
  asked: {
    readonly at: number | null;
    readonly hours?: number;
    readonly seeds?: number;
    readonly changes: unknown;
  },
): Parsed<ForkOrder> {
  const { at, hours = HOURS, seeds = SEEDS_LEAST } = asked;
  const faults: Fault[] = [];
  if (!(Number.isInteger(hours) && hours >= 1 && hours <= FORK_HOURS_MAX))
    faults.push({
      pointer: "/hours",
      reason: `is ${hours}; expected a whole number from 1 to ${FORK_HOURS_MAX}`,
    });
  if (!(Number.isInteger(seeds) && seeds >= SEEDS_LEAST && seeds <= SEEDS_MOST))
    faults.push({
      pointer: "/seeds",
      reason: `is ${seeds}; expected a whole number from ${SEEDS_LEAST} to ${SEEDS_MOST}: fewer say nothing of the spread`,
    });
  const changes = parseChanges(ground, asked.changes);
  if (!changes.ok) faults.push(...changes.faults);
  return changes.ok && faults.length === 0
    ? { ok: true, value: { at, hours, seeds, changes: changes.value } }
    : { ok: false, faults };
}

function parseChanges(ground: Ground, json: unknown): Parsed<ForkChange[]> {
  if (!Array.isArray(json) || json.length > CHANGES_MAX) {
    const reason = `is ${shown(json)}; expected a list of at most ${CHANGES_MAX} changes`;
    return { ok: false, faults: [{ pointer: "/changes", reason }] };
  }
  const changes: ForkChange[] = [];
  const faults: Fault[] = [];
  json.forEach((item: unknown, i) => {
    const found = isChange(item) ? [] : shapeFaults(item, `/changes/${i}`);
    if (found.length === 0 && isChange(item)) {
      found.push(...meaningFaults(ground, item, `/changes/${i}`));
      changes.push(item);
    }
    faults.push(...found);
  });
  const packs = changes.filter(({ kind }) => kind === "policy");
  if (packs.length > 1)
    faults.push({ pointer: "/changes", reason: `has ${packs.length} policy packs; expected at most one` });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: changes };
}

function isChange(item: unknown): item is ForkChange {
  return Object.values(FORK_CHANGES).some((schema) => Value.Check(schema, item));
}

function shapeFaults(item: unknown, root: string): Fault[] {
  const kind: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "kind") : undefined;
  const schema = typeof kind === "string" && Object.hasOwn(FORK_CHANGES, kind) ? schemaOf(kind) : undefined;
  if (schema !== undefined) return schemaFaults(Value.Errors(schema, item), root);
  const known = Object.keys(FORK_CHANGES).join(" ");
  return [{ pointer: `${root}/kind`, reason: `is ${shown(kind)}; expected one of ${known}` }];
}

function schemaOf(kind: string) {
  return Object.entries(FORK_CHANGES).find(([known]) => known === kind)?.[1];
}

/** What the schemas cannot say. */
function meaningFaults({ city, policies }: Ground, change: ForkChange, root: string): Fault[] {
  switch (change.kind) {
    case "power-cut": {
      const isKnown = city.kitchens.some(({ devices }) => devices[0]?.feeder === change.feeder);
      return isKnown ? [] : [unknown(`${root}/feeder`, change.feeder, "a feeder of the registry")];
    }
    case "network-cut": {
      const { by, id } = change.area;
      const isKnown =
        by === "isp"
          ? city.devices.some(({ isp }) => isp === id)
          : city.kitchens.some((one) => one[by] === id);
      return isKnown ? [] : [unknown(`${root}/area/id`, id, `a ${by} of the registry`)];
    }
    case "fridge-failure": {
      const device = city.devices[city.deviceOrdinal(change.device)];
      const isCold = device?.kind.endsWith("fridge-temperature") || device?.kind === "freezer-temperature";
      return isCold && device?.reportEveryMs != null
        ? []
        : [unknown(`${root}/device`, change.device, "a fridge or freezer that reports by period")];
    }
    case "street":
    case "inspectors": {
      const { banner } = change;
      const isKnown = banner === null || city.kitchens.some((one) => one.banner === banner);
      return isKnown ? [] : [unknown(`${root}/banner`, banner, "a banner of the registry")];
    }
    case "policy": {
      const parsed = parsePolicies(change.pack, [...RULES, ...CITY_RULES]);
      const named = policyName(change.pack);
      if (parsed.ok && policies.eras.some(({ name }) => name === named)) {
        const reason = `makes it ${named}, which is in force; expected another version or name`;
        return [{ pointer: `${root}/pack/version`, reason }];
      }
      if (parsed.ok) return [];
      return parsed.faults.map(({ pointer, reason }) => ({ pointer: `${root}/pack${pointer}`, reason }));
    }
    case "recall":
      return [];
  }
}

function unknown(pointer: string, value: string, wanted: string): Fault {
  return { pointer, reason: `is ${shown(value)}; expected ${wanted}` };
}
