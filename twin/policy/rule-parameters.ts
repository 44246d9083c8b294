/**
 * The numbers of a rule: limits, holds, windows, counts. Flat, so that a policy pack can name each of them; the unit stands
 * in the name and is what a pack is checked against (`parameter-unit.ts`).
 */
export type RuleParameters = Readonly<Record<string, number>>;

/** A rule without numbers of its own. */
export const NO_PARAMETERS: RuleParameters = Object.freeze({});

/** What a pack may say about the rules of one code. */
export interface RuleShape {
  readonly code: string;
  /** The defaults. */
  readonly parameters: RuleParameters;
  /** Names of parameters that must not fall from one to the next. */
  readonly rising: readonly (readonly string[])[];
}
