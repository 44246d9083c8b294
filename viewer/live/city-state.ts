/**
 * The city as the map needs it: one slot a kitchen in typed arrays, outside the page framework. Counts are kept along,
 * so that a batch of changes costs its own length and nothing more.
 */
import { MAP_STATES, type MapState, type StateFrame } from "../../stream/wire.ts";
import type { KitchenPositions } from "./wire-types.ts";

export type StateCounts = Record<MapState, number>;

export class CityState {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly types: KitchenPositions["types"];
  readonly banners: readonly string[];
  readonly offices: readonly string[];
  /** Degrees WGS84. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Code of the map state (`MAP_STATES`), and the wire's flags. */
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
  /** 1 = outside the area of who is signed in: nothing is known of it, and it counts nowhere. */
  readonly outside: Uint8Array;
  /** Event time of the newest frame, ms since epoch; NaN before the first. */
  time = Number.NaN;
  readonly #indexOf: Map<string, number>;
  readonly #counts = new Int32Array(MAP_STATES.length);
  readonly #bannerCounts = new Map<string, Int32Array>();

  /** `seen`: ids of the kitchens that one sees; `null` = all. */
  constructor(positions: KitchenPositions, seen: readonly string[] | null = null) {
    this.ids = positions.ids;
    this.names = positions.names;
    this.types = positions.types;
    this.banners = positions.banners;
    this.offices = positions.offices;
    this.lon = Float64Array.from(positions.lon);
    this.lat = Float64Array.from(positions.lat);
    this.states = new Uint8Array(positions.ids.length).fill(MAP_STATES.indexOf("never"));
    this.flags = new Uint8Array(positions.ids.length);
    const inside = seen === null ? null : new Set(seen);
    this.outside = Uint8Array.from(positions.ids, (id) => (inside === null || inside.has(id) ? 0 : 1));
    this.#indexOf = new Map(positions.ids.map((id, i) => [id, i]));
    for (const banner of positions.banners) {
      if (!this.#bannerCounts.has(banner)) {
        this.#bannerCounts.set(banner, new Int32Array(MAP_STATES.length));
      }
    }
    this.#recount();
  }

  get size(): number {
    return this.ids.length;
  }

  /** -1 for an id that the registry does not have. */
  indexOf(id: string): number {
    return this.#indexOf.get(id) ?? -1;
  }

  /** Whether it is a kitchen that one sees. */
  isInside(index: number): boolean {
    return index >= 0 && this.outside[index] !== 1;
  }

  stateOf(index: number): MapState {
    return MAP_STATES[this.states[index]!] ?? "never";
  }

  /** Takes a frame over and returns the kitchens it changed; `null` = any of them may have changed. */
  apply(frame: StateFrame): Uint16Array | null {
    this.time = frame.time;
    if (frame.indices === null) {
      const count = Math.min(this.size, frame.states.length);
      this.states.set(frame.states.subarray(0, count));
      this.flags.set(frame.flags.subarray(0, count));
      this.#recount();
      return null;
    }
    for (let i = 0; i < frame.indices.length; i++) {
      const index: number = frame.indices[i]!;
      if (index >= this.size || this.outside[index] === 1) continue;
      const before = this.states[index]!;
      const after = frame.states[i]!;
      const banner = this.#bannerCounts.get(this.banners[index]!)!;
      this.#counts[before]!--;
      this.#counts[after]!++;
      banner[before]!--;
      banner[after]!++;
      this.states[index] = after;
      this.flags[index] = frame.flags[i]!;
    }
    return frame.indices;
  }

  counts(): StateCounts {
    return named(this.#counts);
  }

  /** Zeroes for a banner without kitchens. */
  countsOf(banner: string): StateCounts {
    return named(this.#bannerCounts.get(banner) ?? new Int32Array(MAP_STATES.length));
  }

  #recount(): void {
    this.#counts.fill(0);
    for (const counts of this.#bannerCounts.values()) counts.fill(0);
    for (let i = 0; i < this.size; i++) {
      if (this.outside[i] === 1) continue;
      this.#counts[this.states[i]!]!++;
      this.#bannerCounts.get(this.banners[i]!)![this.states[i]!]!++;
    }
  }
}

function named(counts: Int32Array): StateCounts {
  const [normal = 0, L4 = 0, L3 = 0, L2 = 0, L1 = 0, offline = 0, closed = 0, never = 0] = counts;
  return { normal, L4, L3, L2, L1, offline, closed, never };
}

export function totalOf(counts: StateCounts): number {
  let sum = 0;
  for (const state of MAP_STATES) sum += counts[state];
  return sum;
}
