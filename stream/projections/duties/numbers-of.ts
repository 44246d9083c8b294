/** The numbers of a rule as the policy in force has them, for views that count as the rule counts. */
import type { RuleParameters } from "../../../twin/policy/rule-parameters.ts";
import type { CityFold } from "../../fold.ts";
import { RULES } from "../../rules/catalogue.ts";

export function numbersOf(fold: CityFold, code: string): RuleParameters {
  const rule = RULES.find((one) => one.code === code);
  return { ...rule?.parameters, ...fold.policies.at(fold.now).pack.rules[code] };
}
