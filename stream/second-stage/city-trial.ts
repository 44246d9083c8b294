/**
 * Tries city rules on a small city: inputs in shorthand go through the whole fold, and what came of them is read back as
 * lines, one per alert output:
 *
 *   new CityTrial({ cityRules: [onlineRate], kitchens: kitchensOf(5, 4) })
 *     .born(allDevices, "08:00").died(["K1/d1", "K1/d2"], "10:00").run("11:00")   // ["10:00:00 raised L4 city", …]
 *
 * Times are of 2026-03-02 (a Monday) unless a day is named: "07:00", "07:00:30", "03-09 07:00". Devices report once a
 * week, so a silence begins exactly when one says that it goes.
 */
import type { City } from "../../twin/city/city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import type { CityEvent, EventOf, EventType } from "../../twin/events/event.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { days, formatTime, MINUTE_MS, parseTime, SECOND_MS } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES, type PolicyBook } from "../../twin/policy/policy-book.ts";
import { CityFold } from "../fold.ts";
import { compareOutputs, type Output } from "../output.ts";
import type { Rule } from "../rules/rule.ts";
import type { CityRule } from "./city-rule.ts";

const DAY = "03-02";
const TICK_MS = 5 * SECOND_MS;
/** So long that no device of a trial is missed before it says that it goes. */
const PERIOD_MS = days(7);

/** A kitchen of the registry (CONTRACT §1); what is not said is that of a medium unit of Dongsheng, open all day. */
export type TrialKitchen = { readonly id: string } & Readonly<Record<string, unknown>>;

export interface CityTrialOptions {
  readonly cityRules: readonly CityRule[];
  readonly kitchens: readonly TrialKitchen[];
  /** Rules of the kitchens, where what the stage tells them matters. */
  readonly rules?: readonly Rule[];
  /** Default: `ordos-2026`. */
  readonly policies?: PolicyBook;
}

/** How a run delivers; by default in order of event time, without receipts. */
export interface CityDelivery {
  /** Each input three times, shuffled within 9 min by the seed. */
  readonly shuffled?: number;
  /** A new fold takes over from a snapshot there. */
  readonly restartsAt?: string;
  /** As it happens: received at once, with a tick each 5 s, alerts ahead of the watermark. */
  readonly live?: boolean;
}

/** How one input comes. */
export interface CityArrival {
  /** Default: the kitchen, or a system. */
  readonly by?: string;
  readonly exercise?: boolean;
  /** Later than its time; all later inputs come after it. */
  readonly receivedAt?: string;
}

/** `count` kitchens K1, K2, … with `devices` devices each, K1/d1, K1/d2, …; `own` gives each its banner, feeder and so on. */
export function kitchensOf(
  count: number,
  devices: number,
  own: (kitchen: number) => { kitchen?: object; device?: object } = () => ({}),
): TrialKitchen[] {
  return Array.from({ length: count }, (_, i) => {
    const { kitchen, device } = own(i + 1);
    const id = `K${i + 1}`;
    return {
      id,
      ...kitchen,
      devices: Array.from({ length: devices }, (_unused, d) => ({ id: `${id}/d${d + 1}`, ...device })),
    };
  });
}

export class CityTrial {
  readonly city: City;
  readonly #options: CityTrialOptions;
  readonly #events: CityEvent[] = [];

  /** Throws a RangeError when the kitchens are no kitchens of a registry. */
  constructor(options: CityTrialOptions) {
    this.#options = options;
    const parsed = parseRegistry({ version: 1, kitchens: options.kitchens.map(registryForm) });
    if (!parsed.ok) throw new RangeError(`Cannot try on this city: ${JSON.stringify(parsed.faults)}`);
    this.city = parsed.value;
  }

  /** Any event of a kitchen; `null` = of no one kitchen. */
  says<T extends EventType>(
    type: T,
    at: string,
    kitchen: string | null,
    data: EventOf<T>["data"],
    arrival: CityArrival = {},
  ): this {
    const source = arrival.by ?? (kitchen === null ? "/systems/trial" : `/kitchens/${kitchen}`);
    return this.#add(type, at, { kitchen, source, device: -1, data, arrival });
  }

  /** The device says each minute that it lives, from `from` up to and including `to`. */
  beats(device: string, from: string, to: string): this {
    for (let time = timeOf(from); time <= timeOf(to); time += MINUTE_MS) {
      this.#device("warmcity.device.heartbeat", device, formatTime(time).slice(5, 19).replace("T", " "));
    }
    return this;
  }

  /** The devices begin to speak, or come back. */
  born(devices: readonly string[], at: string): this {
    for (const device of devices) this.#device("warmcity.device.born", device, at);
    return this;
  }

  /** The devices fall silent, by their last will. */
  died(devices: readonly string[], at: string): this {
    for (const device of devices) this.#device("warmcity.device.died", device, at);
    return this;
  }

  #device(type: `warmcity.device.${"born" | "died" | "heartbeat"}`, id: string, at: string): void {
    const kitchen = id.slice(0, id.indexOf("/"));
    const device = this.city.deviceOrdinal(id);
    this.#add(type, at, { kitchen, source: `/devices/${id}`, device, data: {}, arrival: {} });
  }

  #add<T extends EventType>(
    type: T,
    at: string,
    of: {
      kitchen: string | null;
      source: string;
      device: number;
      data: EventOf<T>["data"];
      arrival: CityArrival;
    },
  ): this {
    const number = this.#events.length;
    this.#events.push({
      type,
      id: `e${number}`,
      source: of.source,
      kitchen: of.kitchen === null ? -1 : this.city.kitchenIndex(of.kitchen),
      device: of.device,
      time: timeOf(at),
      receivedAt: of.arrival.receivedAt === undefined ? null : timeOf(of.arrival.receivedAt),
      boot: null,
      sequence: null,
      exercise: of.arrival.exercise ?? false,
      data: of.data,
      position: number,
    } as CityEvent);
    return this;
  }

  /** What came of it up to and including `until`: time, verb, level, whose (kitchen and asset), and the reason if any. */
  run(until: string, delivery: CityDelivery = {}): string[] {
    return this.outputs(until, delivery).flatMap((output) => lineOf(output) ?? []);
  }

  /** The alerts themselves, as they last stood, in the order in which they were raised. */
  alerts(until: string, delivery: CityDelivery = {}): Alert[] {
    const newest = new Map<string, Alert>();
    for (const { data } of this.#unsorted(until, delivery)) if ("code" in data) newest.set(data.alert, data);
    return [...newest.values()];
  }

  /** Everything that came out, in the order of `alerts.jsonl`. */
  outputs(until: string, delivery: CityDelivery = {}): Output[] {
    return this.#unsorted(until, delivery).sort(compareOutputs);
  }

  #unsorted(until: string, { shuffled, restartsAt, live = false }: CityDelivery): Output[] {
    const outputs: Output[] = [];
    let fold = this.#fold(live);
    let restart = restartsAt === undefined ? Number.POSITIVE_INFINITY : timeOf(restartsAt);
    let clock = Number.NEGATIVE_INFINITY;
    for (const { event, at } of this.#inOrderOfArrival(shuffled)) {
      if (event.time > timeOf(until)) continue;
      if (live) {
        for (clock = Math.max(clock, at - MINUTE_MS * 30); clock < at; clock += TICK_MS) fold.tick(clock);
      }
      fold.event(live ? { ...event, receivedAt: at } : event);
      if (at >= restart) {
        outputs.push(...fold.take());
        const saved: ReturnType<CityFold["save"]> = JSON.parse(JSON.stringify(fold.save()));
        fold = this.#fold(live);
        fold.restore(saved);
        restart = Number.POSITIVE_INFINITY;
      }
    }
    if (live) for (; clock <= timeOf(until); clock += TICK_MS) fold.tick(clock);
    else fold.finish(timeOf(until));
    return [...outputs, ...fold.take()];
  }

  #fold(early: boolean): CityFold {
    const { cityRules, rules = [], policies = DEFAULT_POLICIES } = this.#options;
    return new CityFold({ city: this.city, rules, cityRules, policies, early });
  }

  #inOrderOfArrival(shuffled: number | undefined): { event: CityEvent; at: number }[] {
    const arrivals =
      shuffled === undefined
        ? this.#events.map((event) => ({ event, at: event.receivedAt ?? event.time }))
        : this.#events
            .flatMap((event) => [event, event, event])
            .map((event, i) => ({ event, at: event.time + delayMs(i, shuffled) }));
    return arrivals.sort((a, b) => a.at - b.at);
  }
}

function registryForm({ id, ...rest }: TrialKitchen, index: number): object {
  const { devices = [], ...kitchen } = rest;
  return {
    id,
    code: `150602-${String(index + 1).padStart(7, "0")}`,
    name: `试用厨房 ${id}`,
    type: "medium",
    banner: "150602",
    office: "150602-01",
    position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
    opens: [["00:00", "24:00"]],
    calendar: "daily",
    licence: { number: `JY${index + 1}`, validTo: "2030-12-31", renewal: null },
    ...kitchen,
    devices: Array.isArray(devices)
      ? devices.map((device: object) => ({ kind: "fridge-temperature", reportEveryMs: PERIOD_MS, ...device }))
      : [],
  };
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
  const whose = [data.kitchen, data.asset].filter((part) => part !== null).join(" ");
  const reason = data.reason === null || data.reason === "cleared" ? "" : ` (${data.reason})`;
  return `${when} ${verb} ${data.level} ${whose}${reason}`;
}
