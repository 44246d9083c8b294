/** What may follow what in the regions of a kitchen (DESIGN §4, CONTRACT §9), written down a second time on purpose. */
import type { RegionName } from "../kitchen.machine.ts";

const LICENCES = ["valid", "expiring", "expired", "pending", "revoked"] as const;
const DECLARED = ["open", "closed", "rest-day", "maintenance"] as const;
const CONDITIONS = ["good", "watch", "bad"] as const;

const each = (from: readonly string[], to: readonly string[]): string[] =>
  from.flatMap((a) => to.filter((b) => b !== a).map((b) => `${a}>${b}`));

/** `from>to`; whatever is not listed is forbidden. */
export const KITCHEN_TABLE: { readonly [R in RegionName]: readonly string[] } = {
  /** Anybody may declare at any time; only an open kitchen is presumed closed, and whoever shows up ends that. */
  operation: [...each([...DECLARED, "presumed-closed"], DECLARED), "open>presumed-closed"],
  /** As the authority and the calendar say. */
  licence: each(LICENCES, LICENCES),
  /** A device that was heard once is never unheard again. */
  connection: each(["never", "online", "partial", "dark"], ["online", "partial", "dark"]),
  hygiene: each(CONDITIONS, CONDITIONS),
  "cold-chain": each(CONDITIONS, CONDITIONS),
  "self-control": each(CONDITIONS, CONDITIONS),
  attention: each(["none", "L4", "L3", "L2", "L1"], ["none", "L4", "L3", "L2", "L1"]),
  colour: each(["grey", "green", "amber", "red"], ["grey", "green", "amber", "red"]),
};

/** States that a region only begins in. */
export const BEGINNINGS: ReadonlySet<string> = new Set(["connection never"]);
