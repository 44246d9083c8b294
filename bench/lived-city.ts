/**
 * A city that lives in virtual time: the simulator speaks in its thread, everything goes through the door, the fold and
 * the history; nothing is written to the log. Where people act on cases, they hear what goes out and speak through the
 * door as well.
 */
import type { Arrival } from "../simulator/arrival.ts";
import type { CasePeople } from "../simulator/people/case-people.ts";
import type { Intake } from "../stream/door/admission.ts";
import { ColumnsCodec } from "../stream/door/columns-binary.ts";
import { Door } from "../stream/door/door.ts";
import type { CityFold } from "../stream/fold.ts";
import { foldOf } from "../stream/fold-of.ts";
import { HistoryStore } from "../stream/history/history-store.ts";
import { nodeFiles } from "../stream/log/node-files.ts";
import type { Output } from "../stream/output.ts";
import { addToHistory } from "../stream/processor.ts";
import { type ArrivalPack, enter, enterArrival } from "../stream/sources/arrival-pack.ts";
import { cityOf } from "../stream/sources/city-recipe.ts";
import { SimulatorSource } from "../stream/sources/simulator.ts";
import type { City } from "../twin/city/city.ts";
import type { Preset } from "../twin/city/sensor-profiles.ts";
import { deviceKind } from "../twin/devices/catalogue.ts";
import { MINUTE_MS, shanghaiDay } from "../twin/kernel/time.ts";
import { type Spent, watch } from "./measure.ts";

/** Simulated at a time. */
const SLICE_MS = 5 * MINUTE_MS;

export interface Life {
  readonly preset: Preset;
  readonly seed: number;
  /** `null` = all of them. */
  readonly kitchens: number | null;
  /** Event time, ms since epoch. */
  readonly from: number;
  readonly until: number;
  /** For the history; what is in it is left there. */
  readonly directory: string;
  /** A tick this often, a divisor of 5 min, after which what went out is heard. */
  readonly tickMs: number;
  /** What can be known goes out ahead of the watermark, as it does live; otherwise ten minutes later and cheaper. */
  readonly ahead: boolean;
  readonly peopleOf?: (city: City) => CasePeople;
  readonly hear: (output: Output) => void;
  /** Event time that was reached, after each slice. */
  readonly reached?: (time: number) => void;
}

export interface Lived {
  readonly city: LivedCity;
  /** From the simulator's start to the last byte of history; making the city is not in it. */
  readonly spent: Spent;
}

/** Lives the city to its end. */
export async function liveCity(life: Life): Promise<Lived> {
  const { seed, preset, kitchens, from, directory } = life;
  const recipe = { kind: "generated", seed, preset, kitchens, today: shanghaiDay(from) } as const;
  const city = await cityOf(recipe);
  if (typeof city === "string") throw new Error(city);
  const history = await HistoryStore.open({
    directory,
    files: nodeFiles,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: "bench",
  });
  const spentUntilNow = watch();
  const source = new SimulatorSource({ recipe, seed });
  source.begin(from);
  const lived = new LivedCity(city, history, life);
  await lived.live(source);
  await history.flush(0);
  const spent = spentUntilNow();
  await source.stop();
  await history.close();
  return { city: lived, spent };
}

export class LivedCity {
  readonly city: City;
  readonly fold: CityFold;
  readonly people: CasePeople | null;
  readonly counts = { readings: 0, events: 0 };
  readonly #life: Life;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #history: HistoryStore;
  /** What people are about to say, in order of time. */
  #acts: Arrival[] = [];
  #position = 0;

  constructor(city: City, history: HistoryStore, life: Life) {
    this.city = city;
    this.#life = life;
    this.#door = new Door(city);
    this.#codec = new ColumnsCodec(city);
    this.#history = history;
    this.people = life.peopleOf?.(city) ?? null;
    this.fold = foldOf(city, { early: true });
    this.fold.tick(life.from, life.ahead);
  }

  /** The next slice is simulated, in its own thread, while this one is folded. */
  async live(source: SimulatorSource): Promise<void> {
    const { from, until, reached } = this.#life;
    let coming = source.arrivals(from + SLICE_MS);
    let spent: ArrivalPack | undefined;
    for (let to = from + SLICE_MS; to <= until; to += SLICE_MS) {
      const pack = await coming;
      coming = source.arrivals(to + SLICE_MS, spent);
      this.#slice(pack, to);
      spent = pack;
      reached?.(to);
      if (this.#history.backlog > 2) await this.#history.drain();
    }
    await coming;
  }

  #slice(pack: ArrivalPack, to: number): void {
    const { tickMs } = this.#life;
    let tick = to - SLICE_MS + tickMs;
    for (let i = 0; i < pack.receivedAt.length; i++) {
      const at = pack.receivedAt[i]!;
      for (; tick <= at && tick < to; tick += tickMs) this.#tick(tick);
      this.#act(at);
      this.#take(enterArrival(pack, i, this.#door));
    }
    for (; tick <= to; tick += tickMs) this.#tick(tick);
  }

  #tick(time: number): void {
    const { tickMs, ahead, hear } = this.#life;
    this.#act(time);
    this.fold.tick(time, ahead);
    for (const output of this.fold.take()) {
      hear(output);
      this.people?.hear(output, time);
    }
    if (this.people === null) return;
    this.#acts.push(...this.people.actsUntil(time + tickMs));
    this.#acts.sort((a, b) => a.receivedAt - b.receivedAt);
  }

  /** What people say up to `time` goes in at the door. */
  #act(time: number): void {
    while (this.#acts.length > 0 && this.#acts[0]!.receivedAt <= time) {
      const { admitted, refused } = enter(this.#acts.shift()!, this.#door, this.#codec);
      if (refused.length > 0) throw new Error(`The door refuses an act: ${JSON.stringify(refused)}`);
      this.#take({ admitted });
    }
  }

  #take({ admitted }: Pick<Intake, "admitted">): void {
    for (const item of admitted) {
      const position = this.#position++;
      if (item.kind === "event") {
        const event = { ...item.event, position };
        if (this.fold.event(event)) addToHistory(this.#history, event);
        this.counts.events++;
      } else {
        const { columns, receivedAt, exercise } = item;
        this.fold.columns({ columns, receivedAt, exercise, position });
        this.#history.add(columns);
        this.counts.readings += columns.value.length;
      }
    }
  }
}
