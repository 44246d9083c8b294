/**
 * The numbers of a rule: limits, holds, windows, counts. Flat, so that a policy pack can name each of them; the unit stands
 * in the name and is what a pack is checked against (`parameter-unit.ts`).
 */
export type RuleParameters = Readonly<Record<string, number>>;

/** A rule without numbers of its own. */
export const NO_PARAMETERS: RuleParameters = Object.freeze({});
