/** The states of all kitchens as bytes, in registry order: what the live feed sends (stream/wire.ts). */
import type { City } from "../../twin/city/city.ts";
import type { CityFold } from "../fold.ts";
import { mapFlags, mapStateByte } from "./map-state.ts";

export class MapStates {
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
    this.states = new Uint8Array(city.kitchens.length);
    this.flags = new Uint8Array(city.kitchens.length);
  }

  /** Looks at these kitchens again; returns those that show something else now. */
  refresh(fold: CityFold, kitchens: Iterable<number>): number[] {
    const changed: number[] = [];
    for (const index of kitchens) {
      const state = fold.kitchen(index);
      const shown = mapStateByte(state);
      const flags = mapFlags(this.#city.kitchens[index]!, state, fold.now);
      if (shown === this.states[index] && flags === this.flags[index]) continue;
      this.states[index] = shown;
      this.flags[index] = flags;
      changed.push(index);
    }
    return changed;
  }
}
