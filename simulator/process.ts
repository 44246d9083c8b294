/**
 * `defineProcess()`: one strand of the city's life. At midnight a process plans its day kitchen by kitchen; when the
 * time has come it acts. Plans are a pure function of seed, kitchen and day (see `dice.ts`), so a run may begin anywhere.
 */
import type { Kitchen } from "../twin/city/kitchen.ts";
import type { Planned } from "./agenda.ts";
import type { Dice } from "./dice.ts";
import type { TimeSpan } from "./operating-days.ts";
import type { World } from "./world.ts";

/** A kitchen's day as planning sees it. Reused from kitchen to kitchen: keep nothing of it. */
export interface KitchenDay {
  readonly index: number;
  readonly kitchen: Kitchen;
  /** Chance of the kitchen, see `KitchenStates`. */
  readonly seed: number;
  /** Days since 1970-01-01 in Shanghai, and the moment at which the day begins. */
  readonly day: number;
  readonly start: number;
  readonly operates: boolean;
  readonly opens: readonly TimeSpan[];
  readonly meals: readonly TimeSpan[];
  /** One of the fifth of the units that give three fifths of the findings (DOMAIN §7). */
  readonly weak: boolean;
  /** Things may go wrong here by themselves: background load is on, and no planned incident is about this kitchen. */
  readonly fallible: boolean;
  /** Seated anew for every process. */
  readonly dice: Dice;
  /** Plans `what` (the process' own numbering, a whole number) at `time`. */
  plan(time: number, what: number): void;
}

/** The day of the whole city. */
export interface CityDay {
  readonly day: number;
  readonly start: number;
  readonly dice: Dice;
  plan(time: number, what: number, kitchen?: number): void;
}

export interface Process {
  readonly name: string;
  readonly planKitchen?: (day: KitchenDay) => void;
  readonly planCity?: (day: CityDay, world: World) => void;
  /** Does what was planned. */
  readonly act: (world: World, planned: Readonly<Planned>) => void;
  /** Sensors feel what it does: a run that begins at noon first lives the morning through, unheard. */
  readonly felt?: boolean;
  /** What it does may last for days: a run also looks at what was planned up to 30 days before it begins. */
  readonly lasting?: boolean;
  /**
   * Paper that is owed for the day: in a run that goes on from what was observed, what its plan has before the run is done
   * soon after its beginning, as nobody knows whether it was. What comes twice changes nothing.
   */
  readonly owed?: boolean;
  /** It lets things go wrong: in a run that goes on from what was observed, nothing of it lies before the run. */
  readonly trouble?: boolean;
}

export function defineProcess(process: Process): Process {
  return Object.freeze(process);
}
