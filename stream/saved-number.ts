/** JSON has neither NaN nor Infinity: in a snapshot `null` stands for them, and who reads it back knows for which. */

/** A number as a snapshot keeps it. */
export function savedNumber(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
