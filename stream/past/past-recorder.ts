/**
 * Watches what the city shows and notes what has changed at each moment, so that any moment can be shown again exactly as it
 * was: values and connections of devices, rows of kitchens, what the figures of the city are made of. At each moment it looks at
 * all devices and at the kitchens folded since, by identity: what a row is made of is replaced, never changed in place.
 */
import type { City } from "../../twin/city/city.ts";
import type { FoodSafetyIndex } from "../../twin/food-safety-index/food-safety-index.ts";
import { HOUR_MS, minutes } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";
import { areaDevices, devicesOf, firingOf } from "../projections/city-totals.ts";
import { kitchenRow } from "../projections/kitchen-view.ts";
import { mapStateOf } from "../projections/map-state.ts";
import { briefText } from "./brief.ts";
import { PastBlock } from "./past-block.ts";

/** While the city catches up nobody looks at it, and it is in a hurry: so many ms between two moments are enough. */
const CATCHING_UP_MS = minutes(30);
/** A block holds so much event time and so many moments at least, or so many values. */
const BLOCK_MS = minutes(10);
const BLOCK_MOMENTS = 12;
const BLOCK_VALUES = 600_000;
/** Every row is noted again after so long, changed or not: nobody has to look for it further back. */
export const ROW_AGE_MS = 6 * HOUR_MS;

/** Noted of no device yet. */
const UNKNOWN = 255;

export class PastRecorder {
  readonly #city: City;
  readonly #closed: (block: PastBlock) => void;
  readonly #areas: readonly string[];
  /** Up to this log position everything was noted by an earlier run. */
  readonly #from: number;
  #block: PastBlock;
  #last = Number.NEGATIVE_INFINITY;
  /** Of each kitchen: how often it was folded by the last look (NaN = none yet), and with what it then showed. */
  readonly #folds: Float64Array;
  readonly #indices: (FoodSafetyIndex | undefined)[];
  /** What was looked at of each kitchen, and of the area alerts behind them. */
  readonly #seen: (readonly unknown[])[];
  readonly #values: Float64Array;
  readonly #valueTimes: Float64Array;
  readonly #connections: Uint8Array;
  readonly #areaCounts: Float64Array;
  readonly #rowBlocks: Float64Array;
  readonly #isMoved: Uint8Array;
  /** The next row to be noted again, with fractions. */
  #again = 0;

  /** `from`: first log position that earlier blocks lack; `closed` gets each block when it is full. */
  constructor(city: City, from: number, closed: (block: PastBlock) => void) {
    this.#city = city;
    this.#from = from;
    this.#closed = closed;
    const [kitchens, devices] = [city.kitchens.length, city.devices.length];
    this.#areas = areasOf(city);
    this.#seen = new Array<readonly unknown[]>(kitchens + 1).fill([]);
    this.#folds = new Float64Array(kitchens).fill(Number.NaN);
    this.#indices = new Array<FoodSafetyIndex | undefined>(kitchens);
    this.#values = new Float64Array(devices);
    this.#valueTimes = new Float64Array(devices);
    this.#connections = new Uint8Array(devices);
    this.#areaCounts = new Float64Array(2 * this.#areas.length);
    this.#rowBlocks = new Float64Array(kitchens).fill(Number.NaN);
    this.#isMoved = new Uint8Array(kitchens);
    this.#block = new PastBlock(city, this.#rowBlocks);
    this.#forget();
  }

  /** The block that is still filled. */
  get block(): PastBlock {
    return this.#block;
  }

  /** A tick was folded. `position`: first log position that is not in the state; `ahead`: as the tick says. */
  note(fold: CityFold, position: number, ahead: boolean): void {
    if (position <= this.#from || fold.now <= this.#last) return;
    if (!ahead && fold.now - this.#last < CATCHING_UP_MS) return;
    if (this.#isFull(fold.now)) this.cut();
    const block = this.#block;
    block.begin(fold.now, position);
    this.#noteDevices(fold, block);
    this.#noteKitchens(fold, block, fold.now - this.#last);
    this.#noteAreas(fold, block);
    this.#last = fold.now;
  }

  #isFull(now: number): boolean {
    const { first, times, size } = this.#block;
    return size >= BLOCK_VALUES || (now - first >= BLOCK_MS && times.length >= BLOCK_MOMENTS);
  }

  /** Closes the block, unless there is nothing in it. */
  cut(): void {
    const block = this.#block;
    if (block.times.length === 0) return;
    this.#block = new PastBlock(this.#city, this.#rowBlocks);
    this.#forget();
    this.#closed(block);
  }

  /** A block begins with all that stands, but for the rows. */
  #forget(): void {
    this.#valueTimes.fill(Number.NEGATIVE_INFINITY);
    this.#connections.fill(UNKNOWN);
    this.#areaCounts.fill(Number.NaN);
    this.#isMoved.fill(1);
  }

  #noteDevices(fold: CityFold, block: PastBlock): void {
    const { devices } = fold;
    const { kitchenOfDevice } = this.#city;
    for (let device = 0; device < this.#values.length; device++) {
      const { value, at } = devices.valueOf(device);
      if (!Number.isNaN(at) && (at !== this.#valueTimes[device] || value !== this.#values[device])) {
        this.#values[device] = value;
        this.#valueTimes[device] = at;
        block.value(device, value, at);
      }
      const connection = devices.connectionOf(device);
      if (connection === this.#connections[device]) continue;
      this.#connections[device] = connection;
      this.#isMoved[kitchenOfDevice[device]!] = 1;
      block.connection(device, connection);
    }
  }

  #noteKitchens(fold: CityFold, block: PastBlock, passedMs: number): void {
    const size = this.#rowBlocks.length;
    const quota = Math.min(size, (size * passedMs) / ROW_AGE_MS);
    const [from, to] = [this.#again, this.#again + quota];
    for (let kitchen = 0; kitchen < size; kitchen++) {
      const isChanged = this.#look(fold, kitchen);
      const isAgain = isBetween(kitchen, from, to) || isBetween(kitchen + size, from, to);
      if (isChanged || isAgain) {
        block.row(kitchen, kitchenRow(this.#city, fold, kitchen));
        this.#rowBlocks[kitchen] = block.first;
      }
      if (isChanged || this.#isMoved[kitchen] === 1) block.brief(kitchen, this.#brief(fold, kitchen));
    }
    this.#again = to % size;
    if (this.#lookAtAreaAlerts(fold) || block.times.length === 1) {
      const firing = firingOf(fold.stage.desk.episodes);
      block.brief(size, briefText({ state: "normal", devices: { known: 0, online: 0 }, firing }));
    }
    this.#isMoved.fill(0);
  }

  #brief(fold: CityFold, kitchen: number): string {
    const { episodes } = fold.kitchen(kitchen);
    const devices = devicesOf(this.#city, kitchen, (device) => this.#connections[device]!);
    return briefText({ state: mapStateOf(fold.kitchen(kitchen)), devices, firing: firingOf(episodes) });
  }

  /** Whether anything that a row shows is another than it was. */
  #look(fold: CityFold, kitchen: number): boolean {
    const [folds, index] = [fold.foldsOf(kitchen), fold.rating.indexOf(kitchen)];
    if (folds === this.#folds[kitchen] && index === this.#indices[kitchen]) return false;
    this.#folds[kitchen] = folds;
    this.#indices[kitchen] = index;
    const state = fold.kitchen(kitchen);
    const { validUntil, renewal } = state.facts.licence;
    const head = [mapStateOf(state), state.regions, validUntil, renewal, index];
    return this.#compare(kitchen, head, state.episodes, state.cases);
  }

  #lookAtAreaAlerts(fold: CityFold): boolean {
    return this.#compare(this.#rowBlocks.length, [], fold.stage.desk.episodes, {});
  }

  #compare(
    place: number,
    head: readonly unknown[],
    episodes: Readonly<Record<string, unknown>>,
    cases: Readonly<Record<string, unknown>>,
  ): boolean {
    const seen = this.#seen[place]!;
    let at = 0;
    let isSame = true;
    for (const item of head) isSame &&= seen[at++] === item;
    for (const key in episodes) isSame &&= seen[at++] === episodes[key];
    for (const key in cases) isSame &&= seen[at++] === cases[key];
    if (isSame && at === seen.length) return false;
    this.#seen[place] = [...head, ...Object.values(episodes), ...Object.values(cases)];
    return true;
  }

  #noteAreas(fold: CityFold, block: PastBlock): void {
    this.#areas.forEach((area, i) => {
      const count = areaDevices(fold, area);
      if (count.known === this.#areaCounts[2 * i] && count.online === this.#areaCounts[2 * i + 1]) return;
      this.#areaCounts[2 * i] = count.known;
      this.#areaCounts[2 * i + 1] = count.online;
      block.area(area, count);
    });
  }
}

function isBetween(kitchen: number, from: number, to: number): boolean {
  return kitchen >= from && kitchen < to;
}

/** Those that a principal may be given. */
function areasOf(city: City): string[] {
  const areas = new Set(["city"]);
  for (const { banner, office } of city.kitchens) areas.add(`banner:${banner}`).add(`office:${office}`);
  return [...areas];
}
