/** The fold of rules whose values `LimitBank` watches: one device, one condition. */
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { HeldFinding } from "../detectors/finding.ts";
import type { Condition, RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

/** Raises and clears the device itself as the limit of the rule `code` is held and cleared. */
export function followLimit({
  code,
}: {
  readonly code: string;
}): (state: object, input: RuleInput, context: RuleContext) => void {
  return (_state, input, context) => {
    if (input.kind === "held" && input.code === code) {
      context.raise(conditionOf(input, deviceId(context, input.device), context));
    } else if (input.kind === "cleared" && input.code === code) {
      context.clear(deviceId(context, input.device), input.because);
    }
  };
}

/** The condition that a held limit proves. */
export function conditionOf(held: HeldFinding, asset: string, { city }: RuleContext): Condition {
  const { kind } = city.devices[held.device]!;
  return {
    asset,
    level: held.level,
    at: held.time,
    value: { number: held.value, unit: deviceKind(kind).unit ?? "" },
    because: held.because,
    receivedAt: held.receivedAt,
    exercise: held.exercise,
  };
}

export function deviceId({ city }: RuleContext, device: number): string {
  return city.devices[device]!.id;
}
