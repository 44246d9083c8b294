/** The dates of the packs of one city: one after the other, without overlap and without gap. */
import type { Fault } from "../kernel/fault.ts";
import { formatDate, parseDate } from "../kernel/time.ts";
import { policyName } from "./policy-pack.ts";

interface Validity {
  readonly name: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** `rootOf`: JSON pointer of the pack of an index. Days that are no dates are somebody else's fault to tell. */
export function validityFaults(packs: readonly Validity[], rootOf: (index: number) => string): Fault[] {
  const faults: Fault[] = [];
  const spans = packs.map((pack, index) => ({
    pack,
    index,
    from: parseDate(pack.validFrom),
    to: pack.validTo === null ? Number.POSITIVE_INFINITY : parseDate(pack.validTo),
  }));
  for (const { pack, index, from, to } of spans) {
    if (to < from)
      faults.push({
        pointer: `${rootOf(index)}/validTo`,
        reason: `is ${pack.validTo}; expected a day from ${pack.validFrom} on`,
      });
  }
  const inOrder = spans.filter(({ from, to }) => from <= to).sort((a, b) => a.from - b.from);
  inOrder.slice(1).forEach(({ index, from }, i) => {
    const before = inOrder[i]!;
    const pointer = `${rootOf(index)}/validFrom`;
    if (from <= before.to) {
      faults.push({
        pointer,
        reason: `overlaps ${policyName(before.pack)}, which ${endOf(before.pack)}`,
      });
    } else if (from > before.to + 1) {
      const gap = `${formatDate(before.to + 1)} to ${formatDate(from - 1)}`;
      faults.push({ pointer, reason: `leaves no pack valid from ${gap}` });
    }
  });
  return faults;
}

function endOf({ validTo }: Validity): string {
  return validTo === null ? "has no end: set its validTo" : `is valid to ${validTo}`;
}
