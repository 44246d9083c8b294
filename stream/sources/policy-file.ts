/** The policy packs of a file (`--policy`, `--shadow`), checked against the rules of the catalogue. */
import { readFile } from "node:fs/promises";
import { DEFAULT_POLICIES, type PolicyBook } from "../../twin/policy/policy-book.ts";
import { parsePolicies } from "../../twin/policy/policy-parser.ts";
import type { RuleShape } from "../../twin/policy/rule-parameters.ts";
import { RULES } from "../rules/catalogue.ts";
import { CITY_RULES } from "../second-stage/catalogue.ts";
import { shadowRules } from "../shadow/shadow-rules.ts";

/** The packs of a file, `ordos-2026` without one, or why there are none: every fault with its pointer. */
export async function policiesOf(file: string | null): Promise<PolicyBook | string> {
  return file === null ? DEFAULT_POLICIES : packsIn(file, "--policy", [...RULES, ...CITY_RULES]);
}

/** The packs that a shadow is to try (`--shadow`), checked against its rules; or why there are none. */
export function shadowPoliciesOf(file: string): Promise<PolicyBook | string> {
  const { rules, cityRules } = shadowRules();
  return packsIn(file, "--shadow", [...rules, ...cityRules]);
}

async function packsIn(
  file: string,
  option: string,
  shapes: readonly RuleShape[],
): Promise<PolicyBook | string> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    return `${option} ${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = parsePolicies(json, shapes);
  if (parsed.ok) return parsed.value;
  const faults = parsed.faults.map(({ pointer, reason }) => `  ${pointer || "/"}: ${reason}`);
  return [`${option} ${file} has ${faults.length} faults:`, ...faults].join("\n");
}
