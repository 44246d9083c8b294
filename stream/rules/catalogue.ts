/**
 * Every rule of one kitchen (DOMAIN §5.2): one import and one line each; what spans kitchens is in `second-stage/`.
 * To add a rule, write its file, then its line here; if it watches values, its limit's line too.
 */
import type { Limit } from "../detectors/limit.ts";
import { clockSkew } from "./o05-clock-skew.ts";
import { clothing } from "./p01-clothing.ts";
import { strangerOrPet } from "./p05-stranger-pet.ts";
import { rodent } from "./p07-rodent.ts";
import type { Rule } from "./rule.ts";
import { fridgeHigh, fridgeLimit } from "./t01-fridge-high.ts";
import { freezerHigh, freezerLimit } from "./t02-freezer-high.ts";
import { fryingOil } from "./t08-frying-oil.ts";
import { gasLeak, gasLimit } from "./t09-gas-leak.ts";

export const RULES: readonly Rule[] = [
  fridgeHigh,
  freezerHigh,
  fryingOil,
  gasLeak,
  clothing,
  strangerOrPet,
  rodent,
  clockSkew,
];

/** What `LimitBank` watches for them. */
export const LIMITS: readonly Limit[] = [fridgeLimit, freezerLimit, gasLimit];
