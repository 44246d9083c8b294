/**
 * The city as a source of arrivals. Time goes second by second: what was planned and what comes up, then the polls of
 * that second; messages wait in the queue until they arrive.
 *
 *     midnight: processes -> agenda     agenda, scheduler -> world -> uplink -> queue -> advance()
 *     each second: poll groups -> sensor programs ---------------^
 */
import type { City } from "../twin/city/city.ts";
import { SECOND_MS, shanghaiDay, startOfShanghaiDay } from "../twin/kernel/time.ts";
import { Agenda, type Planned } from "./agenda.ts";
import type { Arrival } from "./arrival.ts";
import { ArrivalQueue } from "./arrival-queue.ts";
import { planDay } from "./day-planner.ts";
import { beginIncident } from "./effects/begin-incident.ts";
import { type Incident, kitchensOf } from "./incidents.ts";
import { type NetworkOptions, networkOf } from "./network.ts";
import { type Noise, noisyNetwork, USUAL_NOISE } from "./noise.ts";
import { type Observed, takeUp } from "./observed.ts";
import type { Poll } from "./poll.ts";
import type { Process } from "./process.ts";
import { processes } from "./processes/catalogue.ts";
import { pollGroup } from "./sensor-programs.ts";
import type { TruthRecord } from "./truth.ts";
import { World } from "./world.ts";

export type { Arrival } from "./arrival.ts";

export interface SimulationOptions {
  readonly city: City;
  readonly seed: number;
  /** Event time at which the run begins, ms since epoch. */
  readonly from: number;
  /** Incidents that are planned beside those of the background. */
  readonly incidents?: readonly Incident[];
  readonly network?: NetworkOptions;
  /** Default: the usual (`NOISE_LEVELS`). */
  readonly noise?: Noise;
  /** Background incidents at the rates of DOMAIN §7; default true. */
  readonly load?: boolean;
  /** Go on from this, not from a past of the seed's own; incidents then keep nothing else off their kitchens. */
  readonly observed?: Observed;
  /** Devices that only send readings give no bootid before they restart: for files, a sixth smaller. Default false. */
  readonly terse?: boolean;
}

/** Troubles that began earlier than this many days before a run are over, or not of this registry. */
const LOOK_BACK_DAYS = 30;

export class Simulation {
  readonly #world: World;
  readonly #queue: ArrivalQueue;
  readonly #poll: Poll;
  readonly #planned: Planned = { time: 0, process: 0, kitchen: 0, what: 0 };
  #agenda = new Agenda();
  /** The day for which the agenda is written. */
  #day: number;
  /** The next second to live, seconds since epoch. */
  #second: number;
  #now: number;

  constructor(options: SimulationOptions) {
    const { city, seed, from } = options;
    this.#queue = new ArrivalQueue(from);
    this.#world = new World({
      city,
      seed,
      from,
      network: networkOf({ ...noisyNetwork(options.noise ?? USUAL_NOISE), ...options.network }),
      noise: options.noise ?? USUAL_NOISE,
      queue: this.#queue,
      terse: options.terse ?? false,
      load: options.load ?? true,
      goesOn: options.observed !== undefined,
      reserved: new Set(
        options.observed === undefined
          ? (options.incidents ?? []).flatMap(kitchensOf).map((id) => city.kitchenIndex(id))
          : [],
      ),
    });
    const largest = this.#world.groups.groups.reduce(
      (most, group) => Math.max(most, group.to - group.from),
      0,
    );
    this.#poll = { from: 0, to: 0, second: 0, stepMin: 1, base: 0, out: new Float64Array(largest) };
    this.#now = from;
    this.#second = Math.floor(from / SECOND_MS) + 1;
    this.#day = shanghaiDay(from);
    for (const incident of options.incidents ?? []) beginIncident(this.#world, incident);
    if (options.observed === undefined) this.#wakeUp(from);
    else this.#goOn(options.observed, from);
  }

  /** Up to here everything has been handed out, ms since epoch. */
  get now(): number {
    return this.#now;
  }

  /**
   * Everything that arrives in [now, until), in order of arrival. To be read to its end; how a span of time is cut into
   * calls changes nothing.
   */
  *advance(until: number): Generator<Arrival, void, undefined> {
    while ((this.#second - 1) * SECOND_MS < until) {
      this.#live(this.#second);
      yield* this.#queue.take(Math.min(until, this.#second * SECOND_MS));
      this.#second++;
    }
    yield* this.#queue.take(until);
    this.#now = Math.max(this.#now, until);
  }

  /** What has gone wrong since the last call. */
  truth(): TruthRecord[] {
    return this.#world.truth.drain();
  }

  /** Lives the past up to `from` through, unheard, so that stoves burn and devices are silent as they should. */
  #wakeUp(from: number): void {
    const plan = { world: this.#world, processes, agenda: this.#agenda, since: from };
    const takesPart = (process: Process) => process.lasting === true;
    for (let back = LOOK_BACK_DAYS; back > 1; back--) planDay({ ...plan, day: this.#day - back, takesPart });
    planDay({ ...plan, day: this.#day - 1 });
    planDay({ ...plan, day: this.#day });
    this.#agenda.sort();
    this.#world.uplink.muted = true;
    this.#liveUntil(from - 1);
    this.#world.uplink.muted = false;
  }

  /** Everyday life is under way as its plans say; all that is wrong is what was observed, and what comes from now on. */
  #goOn(observed: Observed, from: number): void {
    const plan = { world: this.#world, processes, agenda: this.#agenda, since: from };
    const isEveryday = ({ trouble }: Process) => trouble !== true;
    planDay({ ...plan, day: this.#day - 1, takesPart: isEveryday });
    planDay({ ...plan, day: this.#day, catchUp: true, takesPart: isEveryday });
    planDay({ ...plan, day: this.#day, unfelt: true, takesPart: (process) => !isEveryday(process) });
    this.#agenda.sort();
    this.#world.uplink.muted = true;
    this.#liveUntil(from - 1);
    takeUp(this.#world, observed, from);
    this.#world.uplink.muted = false;
  }

  /** Lives one second: what happens in it, then the polls at its end. */
  #live(second: number): void {
    const end = second * SECOND_MS;
    while (startOfShanghaiDay(this.#day + 1) <= end) this.#turnDay();
    this.#liveUntil(end);
    for (const group of this.#world.groups.dueAt(second)) {
      pollGroup(this.#world, group, second, this.#poll);
      this.#world.profiles.apply(group, end, this.#poll.out);
      this.#world.uplink.poll(group, end, this.#poll.out);
    }
  }

  /** What was planned and what came up, in order of time, up to and including `end`. */
  #liveUntil(end: number): void {
    const { scheduler, faults } = this.#world;
    const planned = this.#planned;
    for (;;) {
      const next = this.#agenda.nextTime;
      const due = scheduler.nextTime;
      if (next > end && due > end) return;
      if (due < next) {
        scheduler.runNext();
        continue;
      }
      this.#agenda.take(planned);
      const process = processes[planned.process]!;
      if (planned.kitchen >= 0 && faults.has("shut", planned.kitchen, planned.time)) continue;
      process.act(this.#world, planned);
    }
  }

  #turnDay(): void {
    this.#day++;
    const agenda = new Agenda();
    this.#agenda.pourInto(agenda);
    planDay({ world: this.#world, processes, day: this.#day, agenda });
    agenda.sort();
    this.#agenda = agenda;
  }
}
