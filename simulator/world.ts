/** The virtual city: everything that processes and incidents may read and change, and the way to be heard. */
import type { City } from "../twin/city/city.ts";
import { FULL_CITY_KITCHENS } from "../twin/city/composition.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import type { EventType } from "../twin/events/event.ts";
import type { Planned } from "./agenda.ts";
import type { ArrivalQueue } from "./arrival-queue.ts";
import { bootOfRun, DeviceLives } from "./device-lives.ts";
import { type DevicePool, devicePools } from "./device-pool.ts";
import { Dice } from "./dice.ts";
import { Faults } from "./faults.ts";
import { KitchenStates } from "./kitchen-states.ts";
import type { Network } from "./network.ts";
import type { Noise } from "./noise.ts";
import { PollGroups } from "./poll-groups.ts";
import { Post } from "./post.ts";
import { Scheduler } from "./scheduler.ts";
import { SensorProfiles } from "./sensor-profiles.ts";
import { SensorStates } from "./sensor-states.ts";
import { Truth, type TruthRecord } from "./truth.ts";
import { Uplink } from "./uplink.ts";

export interface WorldOf {
  readonly city: City;
  readonly seed: number;
  readonly from: number;
  readonly network: Network;
  readonly queue: ArrivalQueue;
  readonly terse: boolean;
  /** Things go wrong by themselves, at the rates of DOMAIN §7. */
  readonly load: boolean;
  readonly noise: Noise;
  /** It goes on from what was observed: what its own past would have been, was not. */
  readonly goesOn: boolean;
  /** Indices of kitchens that planned incidents are about: nothing else goes wrong there. */
  readonly reserved: ReadonlySet<number>;
}

/** In the full twin a kitchen has seven sensors, in the baseline one or two; volumes go by that. */
const FULL_TWIN_SLOTS_PER_KITCHEN = 6;

export class World {
  readonly city: City;
  readonly seed: number;
  /** Where the run begins, ms since epoch. */
  readonly from: number;
  readonly groups: PollGroups;
  readonly kitchens: KitchenStates;
  readonly sensors: SensorStates;
  readonly lives: DeviceLives;
  readonly uplink: Uplink;
  readonly scheduler = new Scheduler();
  readonly truth: Truth;
  readonly profiles: SensorProfiles;
  readonly faults = new Faults();
  readonly density: "baseline" | "full";
  /** Things go wrong by themselves. */
  readonly load: boolean;
  readonly noise: Noise;
  /** It goes on from what was observed: what its own past would have been, was not. */
  readonly goesOn: boolean;
  /** Size against the full city of 11,266 kitchens. */
  readonly scale: number;
  readonly #reserved: ReadonlySet<number>;
  readonly #dice = new Dice();
  #told = 0;
  #pools: Map<DeviceKind, DevicePool> | null = null;

  constructor(of: WorldOf) {
    const { city, seed, from, network, queue, terse } = of;
    this.city = city;
    this.seed = seed;
    this.from = from;
    this.groups = new PollGroups(city);
    this.kitchens = new KitchenStates(city, seed);
    this.sensors = new SensorStates(city, this.groups, this.kitchens);
    this.profiles = new SensorProfiles(city, this.groups, this.sensors, of.noise);
    this.truth = new Truth(from);
    this.density =
      this.groups.slots >= FULL_TWIN_SLOTS_PER_KITCHEN * city.kitchens.length ? "full" : "baseline";
    this.load = of.load;
    this.noise = of.noise;
    this.goesOn = of.goesOn;
    this.scale = city.kitchens.length / FULL_CITY_KITCHENS;
    this.#reserved = of.reserved;
    const run = bootOfRun(seed, from);
    this.lives = new DeviceLives(city, this.groups, terse ? "0" : run, terse);
    const dice = new Dice().seat(seed, Math.floor(from / 1_000), 0x6e6574);
    const post = new Post({ network, dice, queue, run });
    this.uplink = new Uplink({ city, groups: this.groups, lives: this.lives, post });
  }

  /** Whether things may go wrong in the kitchen by themselves. */
  isFallible(kitchen: number): boolean {
    return this.load && !this.#reserved.has(kitchen);
  }

  /** Dice for a planned thing: the same in every run. */
  diceOf({ time, process, kitchen, what }: Readonly<Planned>): Dice {
    const seed = kitchen < 0 ? this.seed : this.kitchens.seed[kitchen]!;
    return this.#dice.seat(seed, Math.floor(time / 1_000), process, what);
  }

  /** Registry ordinals of a kitchen's devices of a kind. */
  devicesOf(kitchen: number, kind: DeviceKind): number[] {
    const found: number[] = [];
    const { devices, firstDevice } = this.city;
    for (let device = firstDevice[kitchen]!; device < firstDevice[kitchen + 1]!; device++) {
      if (devices[device]!.kind === kind) found.push(device);
    }
    return found;
  }

  /** All devices of a kind, to draw from; `null` if the city has none. */
  pool(kind: DeviceKind): DevicePool | null {
    this.#pools ??= devicePools(this.city, this.kitchens.seed);
    return this.#pools.get(kind) ?? null;
  }

  /** Says something in the name of `source` about the kitchen of a planned thing; the id follows from the plan. */
  say<T extends EventType>(
    planned: Readonly<Planned>,
    source: string,
    type: T,
    data: InputData<T>,
    time: number = planned.time,
  ): void {
    const kitchen = planned.kitchen < 0 ? "city" : this.city.kitchens[planned.kitchen]!.id;
    const id = `${kitchen}-${planned.process}-${planned.time.toString(36)}-${planned.what}`;
    this.uplink.say(type, { source, id, kitchen: planned.kitchen }, time, data);
  }

  /** Says something that an incident makes somebody say; `kitchen` -1 = about the whole city. */
  tell<T extends EventType>(
    source: string,
    kitchen: number,
    type: T,
    time: number,
    data: InputData<T>,
  ): void {
    const about = kitchen < 0 ? "city" : this.city.kitchens[kitchen]!.id;
    const id = `${about}-i-${time.toString(36)}-${++this.#told}`;
    this.uplink.say(type, { source, id, kitchen }, time, data);
  }

  /** Records trouble of one device. */
  tellTruth(
    code: string,
    cause: string,
    device: number,
    when: Pick<TruthRecord, "from" | "to" | "rungs">,
  ): void {
    const { id } = this.city.devices[device]!;
    const kitchen = this.city.kitchens[this.city.kitchenOfDevice[device]!]!.id;
    this.truth.add({ code, cause, kitchen, asset: id, ...when });
  }
}
