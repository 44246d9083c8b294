/** Moments of the city as they are gathered; its pages are what is kept of them (`past-page.ts`). */
import type { City } from "../../twin/city/city.ts";
import type { DeviceCount } from "../projections/city-totals.ts";
import type { KitchenRow } from "../projections/kitchen-view.ts";
import type { Change, CityPage, DevicePage, KitchenPage, PastMoments } from "./past-page.ts";
import { ValueChanges } from "./value-changes.ts";

interface Changes<T> {
  readonly list: Change<T>[];
}

export class PastBlock implements PastMoments {
  readonly times: number[] = [];
  readonly positions: number[] = [];
  readonly #city: City;
  readonly #values: ValueChanges;
  readonly #connections = new Map<number, Changes<number>>();
  readonly #rows = new Map<number, Changes<KitchenRow>>();
  readonly #briefs = new Map<number, Changes<string>>();
  readonly #areas = new Map<string, Changes<readonly [number, number]>>();
  /** Per kitchen: first moment of the block with its newest row before this block; NaN = none. */
  readonly #before: Float64Array;

  constructor(city: City, before: Float64Array) {
    this.#city = city;
    this.#values = new ValueChanges(city.devices.length);
    this.#before = before.slice();
  }

  get first(): number {
    return this.times[0] ?? Number.POSITIVE_INFINITY;
  }

  get last(): number {
    return this.times.at(-1) ?? Number.NEGATIVE_INFINITY;
  }

  /** First log position that is in none of its moments. */
  get position(): number {
    return this.positions.at(-1) ?? 0;
  }

  /** Values gathered: by far the most of it. */
  get size(): number {
    return this.#values.length;
  }

  /** What is noted from here on stands from this moment on. */
  begin(time: number, position: number): void {
    this.times.push(time);
    this.positions.push(position);
  }

  get #now(): number {
    return this.times.length - 1;
  }

  value(device: number, value: number, time: number): void {
    this.#values.add(device, this.#now, value, time);
  }

  connection(device: number, connection: number): void {
    note(this.#connections, device, this.#now, connection);
  }

  row(kitchen: number, row: KitchenRow): void {
    note(this.#rows, kitchen, this.#now, row);
  }

  /** `kitchen` = the number of kitchens: the area alerts. */
  brief(kitchen: number, text: string): void {
    note(this.#briefs, kitchen, this.#now, text);
  }

  area(area: string, { known, online }: DeviceCount): void {
    note(this.#areas, area, this.#now, [known, online]);
  }

  cityPage(): CityPage {
    const briefs: (readonly Change<string>[])[] = [];
    for (let kitchen = 0; kitchen <= this.#city.kitchens.length; kitchen++)
      briefs.push(this.#briefs.get(kitchen)?.list ?? []);
    const areas = Object.fromEntries([...this.#areas].map(([area, { list }]) => [area, list]));
    return { briefs, areas };
  }

  kitchenPage(kitchen: number): KitchenPage {
    const rows = this.#rows.get(kitchen)?.list ?? [];
    const before = this.#before[kitchen]!;
    const devices: DevicePage[] = [];
    const { firstDevice } = this.#city;
    for (let device = firstDevice[kitchen]!; device < firstDevice[kitchen + 1]!; device++) {
      const connections = this.#connections.get(device)?.list ?? [];
      devices.push({ connections, ...this.#values.of(device) });
    }
    return { rows, before: rows[0]?.[0] === 0 || Number.isNaN(before) ? null : before, devices };
  }
}

function note<K, T>(all: Map<K, Changes<T>>, key: K, moment: number, value: T): void {
  const known = all.get(key);
  if (known === undefined) all.set(key, { list: [[moment, value]] });
  else known.list.push([moment, value]);
}
