/**
 * Tries one rule on a tiny kitchen: inputs in shorthand go through the real fold (order, detectors, episodes), and what
 * the rule did comes back as lines, one per alert output:
 *
 *   new RuleTrial(fridgeHigh, { devices: [{ id: "K/fridge", kind: "fridge-temperature" }] })
 *     .reads("K/fridge", "10:00", 8.4).run("10:40")      // ["10:30:00 raised L3 K/fridge"]
 *
 * Times are of 2026-03-02 (a Monday, a school day) unless a day is named: "07:00", "07:00:30", "03-09 07:00".
 */
import type { City } from "../../twin/city/city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import type { CityEvent, EventOf, EventType } from "../../twin/events/event.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { formatTime, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES, type PolicyBook } from "../../twin/policy/policy-book.ts";
import type { Limit } from "../detectors/limit.ts";
import { CityFold } from "../fold.ts";
import { compareOutputs, type Output } from "../output.ts";
import { Replay } from "../replay.ts";
import type { Rule } from "./rule.ts";

const DAY = "03-02";
const KITCHEN = {
  id: "K",
  code: "150602-0000001",
  name: "试用厨房",
  type: "medium",
  banner: "150602",
  office: "150602-01",
  position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
  opens: [["09:00", "22:00"]],
  licence: { number: "JY1", validTo: "2030-12-31", renewal: null },
};

export interface TrialOptions {
  readonly limits?: readonly Limit[];
  /** Registry form (CONTRACT §1); what is not said is that of a medium unit open 09–22. */
  readonly kitchen?: Readonly<Record<string, unknown>>;
  readonly devices?: readonly ({ id: string; kind: string } & Readonly<Record<string, unknown>>)[];
  /** Other rules of the same kitchen, whose alerts are told as well. */
  readonly beside?: readonly Rule[];
  /** Default: `ordos-2026`. */
  readonly policies?: PolicyBook;
  /** Beginning of the log; default: the earliest input. */
  readonly begins?: string;
}

/** How an input comes; by default it is received at its own time. */
export interface Arrival {
  /** The speaker: a device id, or a source (`/persons/p`). */
  readonly by?: string;
  readonly receivedAt?: string;
  readonly exercise?: boolean;
}

/** How `run` delivers: as received; or without receipts, each input three times, shuffled within 9 min by the seed. */
export interface Delivery {
  readonly shuffled?: number;
}

export class RuleTrial {
  readonly #rule: Rule;
  readonly #options: TrialOptions;
  readonly #city: City;
  readonly #events: CityEvent[] = [];

  /** Throws a RangeError when the kitchen is no kitchen of a registry. */
  constructor(rule: Rule, options: TrialOptions = {}) {
    this.#rule = rule;
    this.#options = options;
    const kitchen = { ...KITCHEN, ...options.kitchen, devices: options.devices ?? [] };
    const parsed = parseRegistry({ version: 1, kitchens: [kitchen] });
    if (!parsed.ok) throw new RangeError(`Cannot try ${rule.code}: ${JSON.stringify(parsed.faults)}`);
    this.#city = parsed.value;
  }

  /** One value of a device. */
  reads(device: string, at: string, value: number, arrival: Omit<Arrival, "by"> = {}): this {
    return this.says("warmcity.reading", at, { value }, { ...arrival, by: device });
  }

  /** A value each minute (or `everyMs`) from `from` up to and including `to`. */
  readsOn(device: string, from: string, to: string, value: number, everyMs = MINUTE_MS): this {
    for (let time = timeOf(from); time <= timeOf(to); time += everyMs) {
      this.#add({ ...this.#base(time, { by: device }), type: "warmcity.reading", data: { value } });
    }
    return this;
  }

  /** Any event; `by` a device, or a person if nobody is named. */
  says<T extends EventType>(type: T, at: string, data: EventOf<T>["data"], arrival: Arrival = {}): this {
    this.#add({ ...this.#base(timeOf(at), arrival), type, data } as CityEvent);
    return this;
  }

  #base(time: number, { by, receivedAt, exercise }: Arrival) {
    const device = by === undefined ? -1 : this.#city.deviceOrdinal(by);
    return {
      id: `e${this.#events.length}`,
      source: device >= 0 ? `/devices/${by}` : (by ?? "/persons/p"),
      kitchen: 0,
      device,
      time,
      receivedAt: receivedAt === undefined ? time : timeOf(receivedAt),
      boot: device >= 0 ? "b" : null,
      sequence: null,
      exercise: exercise ?? false,
      position: this.#events.length,
    };
  }

  #add(event: CityEvent): void {
    this.#events.push(event);
  }

  /** What the rule did up to and including `until`: time, verb, level, asset ("-" = none), and why if not by clearing. */
  run(until: string, delivery: Delivery = {}): string[] {
    const lines = this.outputs(until, delivery).flatMap((output) => {
      const line = lineOf(output);
      return line === null ? [] : [{ time: output.time, line }];
    });
    return lines.sort((a, b) => a.time - b.time || (a.line < b.line ? -1 : 1)).map(({ line }) => line);
  }

  /** The alerts themselves, as they last stood. */
  alerts(until: string, delivery: Delivery = {}): Alert[] {
    const newest = new Map<string, Alert>();
    for (const { data } of this.outputs(until, delivery)) if ("code" in data) newest.set(data.alert, data);
    return [...newest.values()];
  }

  /** Everything that came out, in the order of `alerts.jsonl`. */
  outputs(until: string, delivery: Delivery = {}): Output[] {
    return this.replayed(until, delivery).take().sort(compareOutputs);
  }

  /** The replay at its end, for its balance. */
  replayed(until: string, delivery: Delivery = {}): Replay {
    const fold = new CityFold({
      city: this.#city,
      rules: [this.#rule, ...(this.#options.beside ?? [])],
      limits: this.#options.limits ?? [],
      cityRules: [],
      policies: this.#options.policies ?? DEFAULT_POLICIES,
      early: false,
    });
    const end = timeOf(until);
    if (this.#options.begins !== undefined) fold.tick(timeOf(this.#options.begins));
    const replay = new Replay(fold, end);
    this.#inOrderOfArrival(delivery).forEach((event, line) => {
      const admitted = [{ kind: "event", index: 0, event, json: "" } as const];
      replay.line(line, { received: 1, admitted, refused: [], unreadable: null });
    });
    replay.finish();
    if (!this.#events.some((event) => event.time <= end)) fold.finish(end);
    return replay;
  }

  #inOrderOfArrival({ shuffled }: Delivery): CityEvent[] {
    const numbered = this.#numbered();
    if (shuffled === undefined) {
      return numbered.sort((a, b) => (a.receivedAt ?? a.time) - (b.receivedAt ?? b.time));
    }
    return numbered
      .flatMap((event) => [event, event, event])
      .map((event, i) => ({ event: { ...event, receivedAt: null }, at: event.time + delayMs(i, shuffled) }))
      .sort((a, b) => a.at - b.at)
      .map(({ event }) => event);
  }

  /** Each device counts its messages in its own order. */
  #numbered(): CityEvent[] {
    const next = new Map<number, number>();
    return [...this.#events]
      .sort((a, b) => a.time - b.time)
      .map((event) => {
        if (event.device < 0) return event;
        const sequence = next.get(event.device) ?? 0;
        next.set(event.device, sequence + 1);
        return { ...event, sequence };
      });
  }
}

/** 0 to 9 min, from the seed. */
function delayMs(i: number, seed: number): number {
  return (((i + 1) * 2_654_435_761 + seed * 40_503) % 9_000) * 60;
}

function timeOf(text: string): number {
  const [clock, day = DAY] = text.split(" ").reverse();
  const time = parseTime(`2026-${day}T${clock!.length === 5 ? `${clock}:00` : clock}+08:00`);
  if (Number.isNaN(time)) throw new RangeError(`Cannot read time "${text}": wanted "[MM-DD ]HH:MM[:SS]"`);
  return time;
}

const VERBS: Partial<Record<Output["type"], string>> = {
  "warmcity.alert.raised": "raised",
  "warmcity.alert.level-changed": "rose to",
  "warmcity.alert.suppressed": "suppressed",
  "warmcity.alert.resolved": "resolved",
};

function lineOf({ type, time, data }: Output): string | null {
  const verb = VERBS[type];
  if (verb === undefined || !("code" in data)) return null;
  const [day, clock] = [formatTime(time).slice(5, 10), formatTime(time).slice(11, 19)];
  const when = day === DAY ? clock : `${day} ${clock}`;
  const reason = data.reason === null || data.reason === "cleared" ? "" : ` (${data.reason})`;
  return `${when} ${verb} ${data.level} ${data.asset ?? "-"}${reason}`;
}
