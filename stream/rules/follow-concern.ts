/** The fold of rules whose condition the second stage finds: it says where it holds, the kitchen raises and clears it. */
import type { RuleContext, RuleInput } from "./rule.ts";

/** Raises and clears what concerns of rule `code` say. */
export function followConcern(code: string): (state: object, input: RuleInput, context: RuleContext) => void {
  return (_state, input, context) => {
    if (input.kind !== "concern" || input.code !== code) return;
    const { asset, level, time: at, value, because, receivedAt, exercise } = input;
    if (input.holds) context.raise({ asset, level, at, value, because, receivedAt, exercise });
    else context.clear(asset, because);
  };
}
