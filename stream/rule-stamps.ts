/**
 * The rules as a snapshot names them: code, version, and a hash of the numbers and limits that the rule brings along. A
 * state folded under other rules is foreign: it is not gone on with.
 */
import { hashHex } from "../twin/kernel/hash.ts";
import type { RuleParameters } from "../twin/policy/rule-parameters.ts";
import type { Limit } from "./detectors/limit.ts";
import { ruleName } from "./rules/rule.ts";

export interface Stamped {
  readonly code: string;
  readonly version: number;
  readonly parameters: RuleParameters;
  readonly limit?: ((parameters: RuleParameters) => readonly Limit[]) | null;
}

/** `T01@1 3f2a…`, one for each rule of the kitchens, then of the second stage (`city C02@1 …`). */
export function ruleStamps(rules: readonly Stamped[], cityRules: readonly Stamped[]): string[] {
  return [...rules.map(stampOf), ...cityRules.map((rule) => `city ${stampOf(rule)}`)];
}

function stampOf(rule: Stamped): string {
  const { parameters, limit } = rule;
  return `${ruleName(rule)} ${hashHex(JSON.stringify([parameters, limit?.(parameters) ?? []]))}`;
}
