/**
 * One run of a fork: the twin's state at a moment, folded on with what a simulator says that knows no more of the city than
 * that state. Runs of one seed share their chance: the network draws nothing, and all other dice are seated by where and when, so
 * that two of them differ by their changes alone.
 *
 *   saved fold ──restore──> fold ──observed──> simulator ──arrivals──> door ──> fold ──outputs──> tally, people
 *                                                                      ^─────── case commands ───────────┘
 */
import type { Arrival } from "../../simulator/arrival.ts";
import { QUIET_NETWORK } from "../../simulator/network.ts";
import type { Observed } from "../../simulator/observed.ts";
import { CasePeople } from "../../simulator/people/case-people.ts";
import { Simulation } from "../../simulator/simulation.ts";
import { alertOf } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import { formatTime, minutes } from "../../twin/kernel/time.ts";
import { PolicyBook } from "../../twin/policy/policy-book.ts";
import type { DeskState } from "../alert-desk.ts";
import { Door } from "../door/door.ts";
import type { CityFold } from "../fold.ts";
import { foldOf } from "../fold-of.ts";
import { LATENESS_MS } from "../order/receipt-clock.ts";
import type { SavedFold } from "../saved-fold.ts";
import type { ForkChange } from "./fork-change.ts";
import { incidentsOf, packOf, slownessOf } from "./fork-incidents.ts";
import { type ForkFigures, ForkTally } from "./fork-outcome.ts";
import { grownCity, grownState, streetOf } from "./new-street.ts";
import { observedCity } from "./observed-city.ts";

/** Lived between two ticks. */
const SLICE_MS = minutes(5);

/** What is new was not heard yet, and speaks at once. */
const UNHEARD: Observed = {
  valueOf: () => Number.NaN,
  connectionOf: () => "online",
  silentSince: (device) => device,
  closedUntil: () => null,
};

interface Simulated {
  readonly simulation: Simulation;
  readonly firstDevice: number;
}

export interface ForkRunOptions {
  readonly city: City;
  readonly door: Door;
  /** The twin at the moment of the fork, of this run alone: it is folded on. */
  readonly saved: SavedFold;
  /** Of the city. */
  readonly policies: PolicyBook;
  readonly seed: number;
  /** Event time that is lived, ms. */
  readonly lastsMs: number;
  readonly changes: readonly ForkChange[];
}

export class ForkRun {
  readonly fold: CityFold;
  readonly #door: Door;
  /** That of the city, and that of a street which the changes build. */
  readonly #simulations: readonly Simulated[];
  readonly #people: CasePeople;
  readonly #tally: ForkTally;
  readonly #from: number;
  readonly #until: number;
  #now: number;
  #position = 0;

  constructor({ city, door, saved, policies, seed, lastsMs, changes }: ForkRunOptions) {
    const from = saved.clock.now ?? Number.NaN;
    if (Number.isNaN(from)) throw new RangeError("Cannot fork a city that has heard nothing yet");
    const street = streetOf(city, changes, from);
    const whole = street === null ? city : grownCity(city, street);
    const pack = packOf(changes);
    const packs = policies.eras.map((era) => era.pack);
    const book = pack === null ? policies : new PolicyBook(packs, { from: from + 1, pack });
    this.fold = foldOf(whole, { early: false, policies: book });
    this.fold.restore(street === null ? saved : grownState(saved, whole));
    // Duties give no outputs, and no figure asks for them.
    this.fold.duties.rest();
    this.#door = street === null ? door : new Door(whole);
    this.#from = from;
    this.#until = from + lastsMs;
    this.#now = from;
    const incidents = incidentsOf(changes, from);
    const common = { seed, from: from + 1, network: QUIET_NETWORK };
    const ofCity = new Simulation({ ...common, city, observed: observedCity(city, this.fold), incidents });
    this.#simulations = [{ simulation: ofCity, firstDevice: 0 }];
    if (street !== null) {
      const cuts = incidents.filter(({ kind }) => kind === "area-cut");
      const simulation = new Simulation({ ...common, city: street, observed: UNHEARD, incidents: cuts });
      this.#simulations = [...this.#simulations, { simulation, firstDevice: city.devices.length }];
    }
    this.#people = new CasePeople({ city: whole, seed, slowness: slownessOf(whole, changes) });
    this.#tally = new ForkTally(whole, from, this.#until);
    this.#tellOpenCases(city);
    // From here on nothing goes out ahead of the watermark: nobody waits for it.
    this.fold.tick(from, false);
  }

  /** What is lived already, 0 … 1. */
  get share(): number {
    return Math.min(1, (this.#now - this.#from) / (this.#until + LATENESS_MS - this.#from));
  }

  /** Lives on a little; `false` = it has come to its end, and all of it is settled. */
  live(): boolean {
    const end = this.#until + LATENESS_MS;
    if (this.#now >= end) return false;
    const to = Math.min(end, this.#now + SLICE_MS);
    const acts = [...this.#people.actsUntil(to)].sort((a, b) => a.receivedAt - b.receivedAt);
    let act = 0;
    const [ofCity, ...others] = this.#simulations;
    for (const arrival of ofCity?.simulation.advance(to) ?? []) {
      for (; act < acts.length && acts[act]!.receivedAt <= arrival.receivedAt; act++) this.#take(acts[act]!);
      this.#take(arrival);
    }
    for (; act < acts.length; act++) this.#take(acts[act]!);
    for (const { simulation, firstDevice } of others)
      for (const arrival of simulation.advance(to)) this.#take(arrival, firstDevice);
    for (const { simulation } of this.#simulations) simulation.truth();
    this.fold.tick(to, false);
    for (const output of this.fold.take()) {
      this.#tally.hear(output);
      this.#people.hear(output, to);
    }
    this.#now = to;
    return to < end;
  }

  /** To be asked at the end. */
  figures(): ForkFigures {
    return this.#tally.figures(this.fold);
  }

  /** `firstDevice`: ordinal of the first device of those who speak. */
  #take(arrival: Arrival, firstDevice = 0): void {
    const { receivedAt } = arrival;
    if (arrival.kind === "columns") {
      const columns =
        firstDevice === 0
          ? arrival.columns
          : { ...arrival.columns, devices: arrival.columns.devices.map((device) => device + firstDevice) };
      this.fold.columns({ columns, receivedAt, exercise: false, position: this.#position++ });
      return;
    }
    for (const item of this.#door.unwritten(arrival.event, receivedAt).admitted)
      if (item.kind === "event") this.fold.event({ ...item.event, position: this.#position++ });
  }

  /** People know the cases that are open, as the docket has them. */
  #tellOpenCases(city: City): void {
    this.#tellDesk(this.fold.stage.desk, null);
    for (let kitchen = 0; kitchen < city.kitchens.length; kitchen++)
      this.#tellDesk(this.fold.kitchen(kitchen), city.kitchens[kitchen]!.id);
  }

  #tellDesk({ episodes, cases }: DeskState, subject: string | null): void {
    for (const episode of Object.values(episodes)) {
      const one = cases[episode.case];
      if (one === undefined || one.state === "closed") continue;
      const at = this.#from;
      const data = alertOf(episode, subject);
      this.#people.hear({ type: "warmcity.alert.raised", time: at, subject, data }, at);
      const last = one.history.at(-1);
      const step = {
        case: one.id,
        alert: data.alert,
        from: last?.from ?? null,
        to: one.state,
        actor: null,
        role: null,
        reason: null,
        due: one.due === null ? null : formatTime(one.due),
        dueProvisional: false,
        evidence: [],
        evidenceHash: null,
      };
      this.#people.hear({ type: "warmcity.case.changed", time: at, subject, data: step }, at);
    }
  }
}
