/** The gateway of each kitchen: its clock, and whether it reaches the city. Cut off, it stores what its devices say. */
import type { City } from "../twin/city/city.ts";
import { Backlog } from "./backlog.ts";

export class Gateways {
  /** ms that the clock of a kitchen's gateway runs ahead. */
  readonly #skewMs: Float64Array;
  readonly #backlogs = new Map<number, Backlog>();
  readonly #names: readonly string[];

  constructor(city: City) {
    this.#skewMs = new Float64Array(city.kitchens.length);
    this.#names = city.kitchens.map(
      (kitchen) => kitchen.devices.find((device) => device.gateway !== null)?.gateway ?? `${kitchen.id}/gw`,
    );
  }

  /** CloudEvents source of the kitchen's gateway. */
  sourceOf(kitchen: number): string {
    return `/gateways/${this.#names[kitchen]!}`;
  }

  skewOf(kitchen: number): number {
    return this.#skewMs[kitchen]!;
  }

  setSkew(kitchen: number, skewMs: number): void {
    this.#skewMs[kitchen] = skewMs;
  }

  /** What the gateway stores; `null` while it is connected. */
  backlogOf(kitchen: number): Backlog | null {
    return this.#backlogs.get(kitchen) ?? null;
  }

  cutOff(kitchen: number): void {
    if (!this.#backlogs.has(kitchen)) this.#backlogs.set(kitchen, new Backlog());
  }

  /** Takes what was stored; `null` if the gateway was connected. */
  reconnect(kitchen: number): Backlog | null {
    const backlog = this.backlogOf(kitchen);
    this.#backlogs.delete(kitchen);
    return backlog;
  }

  /** Messages of the kitchen do not go the usual way. */
  isSpecial(kitchen: number): boolean {
    return this.#skewMs[kitchen] !== 0 || this.#backlogs.has(kitchen);
  }
}
