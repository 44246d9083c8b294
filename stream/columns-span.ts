import type { Columns } from "../twin/events/columns.ts";

/** Event times of the oldest and the newest reading of a columns message, ms since epoch. */
export function spanOf({ base, dtMs }: Columns): { oldest: number; newest: number } {
  let newest = Number.NEGATIVE_INFINITY;
  let oldest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < dtMs.length; i++) {
    const dt = dtMs[i]!;
    if (dt > newest) newest = dt;
    if (dt < oldest) oldest = dt;
  }
  return { oldest: base + oldest, newest: base + newest };
}
