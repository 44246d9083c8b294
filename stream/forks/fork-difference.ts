/** The difference that changes made, figure by figure: mean and spread over the seeds. */
import { type Static, Type } from "@sinclair/typebox";
import { number } from "../../twin/events/fields.ts";
import type { ForkFigures } from "./fork-outcome.ts";

export const ForkFigure = Type.Object({
  figure: Type.String({
    description: "`alerts`, `alerts.<code>`, `alerts.<level>`, `cases.…`, `exposure.meals`, `index`.",
  }),
  unchanged: Type.Number({ description: "Mean of the runs without the changes." }),
  changed: Type.Number({ description: "Mean of the runs with them." }),
  difference: Type.Number({ description: "Mean of changed - unchanged, run by run of one seed." }),
  deviation: Type.Number({ description: "Standard deviation of that over the seeds." }),
  least: number(),
  most: number(),
});
export type ForkFigure = Static<typeof ForkFigure>;

/** Both runs of one seed. */
export interface ForkPair {
  readonly seed: number;
  readonly unchanged: ForkFigures;
  readonly changed: ForkFigures;
}

/** Of every figure that any run has; one that some runs lack (no case was closed) is left out of their means. */
export function forkDifference(pairs: readonly ForkPair[]): ForkFigure[] {
  const names = new Set(
    pairs.flatMap(({ unchanged, changed }) => [...Object.keys(unchanged), ...Object.keys(changed)]),
  );
  return [...names].sort(byKind).flatMap((figure) => {
    const known = pairs.flatMap(({ unchanged, changed }) => {
      const [before, after] = [figureIn(unchanged, figure), figureIn(changed, figure)];
      return before === null || after === null ? [] : [{ before, after }];
    });
    if (known.length === 0) return [];
    const differences = known.map(({ before, after }) => after - before);
    const difference = mean(differences);
    return {
      figure,
      unchanged: mean(known.map(({ before }) => before)),
      changed: mean(known.map(({ after }) => after)),
      difference,
      deviation: deviation(differences, difference),
      least: Math.min(...differences),
      most: Math.max(...differences),
    };
  });
}

/** Nothing to take a mean of is no 0; what is counted is 0 where it is absent. */
const MEANS: ReadonlySet<string> = new Set(["cases.hoursToClose", "index"]);

function figureIn(figures: ForkFigures, name: string): number | null {
  return figures[name] ?? (MEANS.has(name) ? null : 0);
}

function byKind(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[], around: number): number {
  if (values.length < 2) return 0;
  const squares = values.reduce((sum, value) => sum + (value - around) * (value - around), 0);
  return Math.sqrt(squares / (values.length - 1));
}
