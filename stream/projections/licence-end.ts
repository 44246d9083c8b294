/** The last day of a licence as it now stands: that of the registry, until the authority has changed it. */
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { endOf, formatDate, shanghaiDay } from "../../twin/kernel/time.ts";
import type { KitchenFacts } from "../facts.ts";

export function licenceEnd(
  { licence: { validTo } }: Pick<Kitchen, "licence">,
  { licence }: KitchenFacts,
): string {
  const { validUntil } = licence;
  return endOf(validTo) === validUntil ? validTo : formatDate(shanghaiDay(validUntil - 1));
}
