/** Seeded readings of a city's sensors without end, and the forms in which they travel. */
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import type { City } from "../../twin/city/city.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Columns } from "../../twin/events/columns.ts";
import { Random } from "../../twin/kernel/random.ts";
import { formatTime } from "../../twin/kernel/time.ts";

/** A calm value of the kinds that speak here. */
const CALM: Partial<Record<DeviceKind, number>> = {
  "fridge-temperature": 4,
  "freezer-temperature": -19,
  "room-temperature": 21,
  "room-humidity": 55,
  gas: 0.5,
  fume: 0.6,
};
/** One event in so many is a gas alarm, so that the whole way to an alert is walked. */
const ALARM_EVERY = 20_000;
const ALARM_LEL = 60;
const BOOT = "bench-1";

export class ReadingLoad {
  readonly #city: City;
  readonly #codec: ColumnsCodec;
  readonly #random: Random;
  readonly #calm: readonly number[];
  readonly #gas: readonly number[];
  readonly #sequence: Float64Array;
  readonly #from: number;
  #made = 0;

  /**
   * A device's n-th reading is of `from` + n ms (ms since epoch), so that its clock never runs ahead however fast the
   * load is sent. `reserved`: devices that speak by `eventOf` alone.
   */
  constructor(city: City, seed: number, from: number, reserved: ReadonlySet<number> = new Set()) {
    this.#city = city;
    this.#codec = new ColumnsCodec(city);
    this.#random = new Random(seed, "bench readings");
    const ordinals = [...city.devices.keys()];
    this.#calm = ordinals.filter(
      (device) => CALM[city.devices[device]!.kind] !== undefined && !reserved.has(device),
    );
    this.#gas = this.#calm.filter((device) => city.devices[device]!.kind === "gas");
    this.#sequence = new Float64Array(city.devices.length);
    this.#from = from;
  }

  /** The next reading as a CloudEvent in JSON, some 280 bytes. */
  event(): { device: number; json: string } {
    const alarm = this.#made % ALARM_EVERY === ALARM_EVERY - 1 && this.#gas.length > 0;
    const device = (alarm ? this.#gas : this.#calm)[this.#pick(alarm ? this.#gas : this.#calm)]!;
    return { device, json: this.eventOf(device, alarm ? ALARM_LEL : this.#value(device)) };
  }

  /** A reading of this device now. */
  eventOf(device: number, value: number): string {
    const { id } = this.#city.devices[device]!;
    const kitchen = this.#city.kitchens[this.#city.kitchenOfDevice[device]!]!.id;
    const sequence = ++this.#sequence[device]!;
    return JSON.stringify({
      specversion: "1.0",
      id: `bench-${++this.#made}`,
      source: `/devices/${id}`,
      type: "warmcity.reading",
      subject: kitchen,
      time: formatTime(this.#from + sequence),
      datacontenttype: "application/json",
      bootid: BOOT,
      sequence,
      data: { value },
    });
  }

  /** A batch of events as one body. */
  batch(events: number): string {
    return `[${Array.from({ length: events }, () => this.event().json).join(",")}]`;
  }

  /** What gateways that gathered for a while send: `each` readings of each of `devices` devices. */
  columns(devices: number, each: number): Columns {
    const first = this.#pick(this.#calm);
    const picked = Uint32Array.from(
      { length: devices },
      (_, d) => this.#calm[(first + d) % this.#calm.length]!,
    );
    const n = devices * each;
    const [device, sequence] = [new Uint32Array(n), new Float64Array(n)];
    const [dtMs, value] = [new Int32Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      device[i] = Math.floor(i / each);
      const ordinal = picked[device[i]!]!;
      sequence[i] = ++this.#sequence[ordinal]!;
      dtMs[i] = sequence[i]!;
      value[i] = this.#value(ordinal);
    }
    const boots = new Array<string>(devices).fill(BOOT);
    return { base: this.#from, devices: picked, boots, device, sequence, dtMs, value };
  }

  /** Columns as a CloudEvent in JSON. */
  columnsJson(columns: Columns): string {
    const { base, devices, device, sequence, dtMs, value, boots } = columns;
    const names = Array.from(devices, (ordinal) => this.#city.devices[ordinal]!.id);
    const [rows, numbers] = [Array.from(device), Array.from(sequence)];
    const [steps, values] = [Array.from(dtMs), Array.from(value)];
    return JSON.stringify({
      ...this.#envelope(),
      data: {
        base: formatTime(base),
        devices: names,
        device: rows,
        sequence: numbers,
        dtMs: steps,
        value: values,
        boot: boots,
      },
    });
  }

  /** Columns in the binary form, devices by name. */
  columnsBytes(columns: Columns): Uint8Array {
    return this.#codec.encode(columns, this.#envelope(), "names");
  }

  #envelope() {
    return {
      specversion: "1.0",
      id: `bench-${++this.#made}`,
      source: "/systems/bench",
      type: "warmcity.readings",
    };
  }

  #value(device: number): number {
    const calm = CALM[this.#city.devices[device]!.kind] ?? 0;
    return Math.round((calm + this.#random.next() * 0.8) * 10) / 10;
  }

  #pick(from: readonly number[]): number {
    return Math.floor(this.#random.next() * from.length);
  }
}
