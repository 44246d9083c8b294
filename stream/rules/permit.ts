/** What a mobile unit's permit says of a moment. */
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { withinSpans } from "../../twin/kernel/calendar.ts";
import { operationAt } from "../facts.ts";
import type { RuleContext } from "./rule.ts";

/** Whether the permit binds now; one without hours always does. */
export function isPermitHour({ hours }: NonNullable<Kitchen["permit"]>, time: number): boolean {
  return hours.length === 0 || withinSpans(hours, time);
}

/** Whether the unit has not said that it is closed; what silence makes one presume does not count for a mobile unit. */
export function worksByDeclaration({ facts, now }: RuleContext): boolean {
  const operation = operationAt(facts, now);
  return operation !== "closed" && operation !== "rest-day";
}
