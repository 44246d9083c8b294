/** What a run has to reach (SCENARIOS, last line), whatever the noise. */
import type { Score } from "./score.ts";

const LEAST_RECALL = { "L1/L2": 1, "L3/L4": 0.98 } as const;
const MOST_DRIFT = 0.1;

/** The gates that a run breaks, in words; none if it passes. */
export function brokenGates({ levels, extra, duplicates, bystanderDrift }: Score): string[] {
  return [
    ...levels
      .filter(({ levels: which, recall }) => recall !== null && recall < LEAST_RECALL[which])
      .map(
        ({ levels: which, recall, missed, expected }) =>
          `recall of ${which} is ${percent(recall)}: ${missed} of ${expected} missed, at least ${percent(LEAST_RECALL[which])} wanted`,
      ),
    ...(extra > 0 ? [`${extra} alerts that nothing explains, none wanted`] : []),
    ...(duplicates > 0 ? [`${duplicates} alerts said twice, none wanted`] : []),
    ...(bystanderDrift > MOST_DRIFT
      ? [
          `alerts took ${bystanderDrift.toFixed(2)} points from a kitchen where nothing went wrong, at most ${MOST_DRIFT} wanted`,
        ]
      : []),
  ];
}

export function percent(share: number | null): string {
  return share === null ? "n/a" : `${(share * 100).toFixed(1)} %`;
}
