/** Why a condition that holds may not ring now (DOMAIN §5.3, SUPPRESSED): closed unit, maintenance, outage, ramp. */
import type { City } from "../twin/city/city.ts";
import type { Mute } from "./alert-desk.ts";
import { isMaintained, type KitchenFacts, operationAt, outageOf } from "./facts.ts";
import type { Suppression } from "./rules/rule.ts";

const BY_DEFAULT: readonly Suppression[] = ["closed-unit", "maintenance"];

/** The first reason that applies, or `null`. */
export function muteOf(
  rule: { readonly mutedBy?: readonly Suppression[] },
  asset: string | null,
  facts: KitchenFacts,
  city: City,
  time: number,
): Mute | null {
  const device = asset === null ? -1 : city.deviceOrdinal(asset);
  for (const reason of rule.mutedBy ?? BY_DEFAULT) {
    const by = applies(reason, device, facts, time);
    if (by !== null) return { reason, by };
  }
  return null;
}

function applies(reason: Suppression, device: number, facts: KitchenFacts, time: number): string | null {
  switch (reason) {
    case "closed-unit": {
      const operation = operationAt(facts, time);
      return operation === "open" || operation === "maintenance" ? null : reason;
    }
    case "maintenance": {
      const muted =
        operationAt(facts, time) === "maintenance" || (device >= 0 && isMaintained(facts, device, time));
      return muted ? reason : null;
    }
    case "outage":
      return device >= 0 ? outageOf(facts, device) : null;
    case "ramp":
      return time < facts.rampUntil ? reason : null;
    case "quarantine":
      return null;
  }
}
