/** Tells the kitchen machine what the fold has found, and gives out its changes. */
import type { Kitchen } from "../twin/city/kitchen.ts";
import type { KitchenState } from "./kitchen-state.ts";
import type { Output } from "./output.ts";

export function watchRegions(
  _kitchen: Kitchen,
  _state: KitchenState,
  _now: number,
  _emit: (output: Output) => void,
): void {}
