/** One reading of neighbouring slots at one instant: what a sensor program is given, and where it writes. */
import type { KitchenStates } from "./kitchen-states.ts";
import type { Noise } from "./noise.ts";
import type { PollGroups } from "./poll-groups.ts";
import type { SensorStates } from "./sensor-states.ts";

export interface SensorView {
  readonly groups: PollGroups;
  readonly sensors: SensorStates;
  readonly kitchens: KitchenStates;
  /** How much sensors read beside the truth. */
  readonly noise: Noise;
}

export interface Poll {
  from: number;
  to: number;
  /** Seconds since epoch. */
  second: number;
  /** Minutes since the slots were polled before. */
  stepMin: number;
  /** The value of slot s goes to `out[s - base]`. */
  base: number;
  readonly out: Float64Array;
}
