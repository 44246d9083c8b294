/**
 * A stretch of the simulated city through the whole program: door, replay, fold; with people who act on its cases. The
 * truth goes its own way, to the scorer alone.
 */
import type { Arrival } from "../../simulator/arrival.ts";
import { NOISE_LEVELS, type NoiseLevel } from "../../simulator/noise.ts";
import { CasePeople } from "../../simulator/people/case-people.ts";
import { Simulation } from "../../simulator/simulation.ts";
import type { TruthRecord } from "../../simulator/truth.ts";
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import { Door } from "../../stream/door/door.ts";
import type { CityFold } from "../../stream/fold.ts";
import { foldOf } from "../../stream/fold-of.ts";
import { Replay } from "../../stream/replay.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import type { Preset } from "../../twin/city/sensor-profiles.ts";
import { DAY_MS, MINUTE_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import { AlertLives } from "./alert-life.ts";
import { enter } from "./at-the-door.ts";
import type { Run } from "./score.ts";

const SLICE_MS = 5 * MINUTE_MS;

export interface WeekOf {
  readonly preset: Preset;
  /** `null` = all. */
  readonly kitchens: number | null;
  readonly seed: number;
  readonly noise: NoiseLevel;
  /** ms since epoch. */
  readonly from: number;
  readonly days: number;
  /** Whether people act on cases. */
  readonly people: boolean;
}

/** Lives it slice by slice, yields the event time reached, and returns what came of it. */
export function* simulatedWeek(of: WeekOf): Generator<number, Run, undefined> {
  const { preset, seed, from, kitchens } = of;
  const size = kitchens === null ? {} : { kitchens };
  const city = generateCity({ seed, preset, today: shanghaiDay(from), ...size });
  const until = from + of.days * DAY_MS;
  const week = new Week(city, of, until);
  for (let to = from + SLICE_MS; to <= until; to += SLICE_MS) {
    week.live(to);
    yield to;
  }
  return week.end();
}

class Week {
  readonly #city: City;
  readonly #of: WeekOf;
  readonly #until: number;
  readonly #simulation: Simulation;
  readonly #people: CasePeople | null;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #fold: CityFold;
  readonly #replay: Replay;
  readonly #lives = new AlertLives();
  readonly #truth: TruthRecord[] = [];
  /** What people are about to say, in order of time. */
  #acts: Arrival[] = [];
  #line = 0;

  constructor(city: City, of: WeekOf, until: number) {
    const { seed, from, noise, people } = of;
    this.#city = city;
    this.#of = of;
    this.#until = until;
    this.#simulation = new Simulation({ city, seed, from, noise: NOISE_LEVELS[noise] });
    this.#people = people ? new CasePeople({ city, seed }) : null;
    this.#door = new Door(city);
    this.#codec = new ColumnsCodec(city);
    this.#fold = foldOf(city, { early: false });
    this.#replay = new Replay(this.#fold, until);
  }

  live(to: number): void {
    for (const arrival of this.#simulation.advance(to)) {
      this.#act(arrival.receivedAt);
      this.#replay.line(++this.#line, enter(arrival, this.#door, this.#codec));
    }
    this.#truth.push(...this.#simulation.truth());
    this.#act(to);
    this.#hear(to);
    if (this.#people === null) return;
    this.#acts.push(...this.#people.actsUntil(to + SLICE_MS));
    this.#acts.sort((a, b) => a.receivedAt - b.receivedAt);
  }

  /** What people say up to `time` goes in at the door. */
  #act(time: number): void {
    while (this.#acts.length > 0 && this.#acts[0]!.receivedAt <= time) {
      this.#replay.line(++this.#line, enter(this.#acts.shift()!, this.#door, this.#codec));
    }
  }

  #hear(time: number): void {
    for (const output of this.#replay.take()) {
      this.#lives.hear(output);
      this.#people?.hear(output, time);
    }
  }

  end(): Run {
    this.#replay.finish();
    this.#hear(this.#until);
    return {
      city: this.#city,
      truth: this.#truth,
      lives: this.#lives,
      from: this.#of.from,
      until: this.#until,
      pointsOf: (kitchen) => this.#pointsOf(kitchen),
    };
  }

  /** What alerts took, official findings apart: those are no work of the rules. */
  #pointsOf(kitchen: number): number {
    const reasons = this.#fold.rating.indexOf(kitchen)?.reasons ?? [];
    return reasons.reduce((sum, { fact, points }) => sum + (/^[A-Z]\d\d$/.test(fact.code) ? points : 0), 0);
  }
}
