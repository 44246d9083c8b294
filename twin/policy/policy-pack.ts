/**
 * A policy pack: everything that a city decides about alerts and cases, with the dates between which it is valid. Another
 * city replaces the whole pack; a new year adds a version. `ordos-2026` is the default.
 */
import { type CasePolicy, ORDOS_CASES } from "../case-policy.ts";
import type { Bilingual } from "../events/output-events.ts";
import type { RuleParameters } from "./rule-parameters.ts";

export interface PolicyPack {
  readonly name: string;
  readonly version: number;
  /** First and last Shanghai day, `YYYY-MM-DD`; `validTo` `null` = until another follows. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly title: Bilingual;
  readonly cases: CasePolicy;
  /** By code, what differs from the rule's defaults. */
  readonly rules: Readonly<Record<string, RuleParameters>>;
  /** What differs from `DUTY_NUMBERS`. */
  readonly duties?: RuleParameters;
  /** Codes whose conditions raise nothing. */
  readonly disabled: readonly string[];
}

export const ORDOS_2026: PolicyPack = {
  name: "ordos-2026",
  version: 1,
  validFrom: "2026-01-01",
  validTo: null,
  title: { zh: "鄂尔多斯市餐饮食安监管策略（2026）", en: "Food-safety policy of Ordos, 2026" },
  cases: ORDOS_CASES,
  rules: {},
  disabled: [],
};

/** `ordos-2026@1`: how alerts and cases name the pack they stand under. */
export function policyName(pack: Pick<PolicyPack, "name" | "version">): string {
  return `${pack.name}@${pack.version}`;
}
