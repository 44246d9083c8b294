/**
 * Looks at every reading of thermometers for what no store of food does (O04): no life for hours, a jump, and by
 * `SeriesTwins` the same series as another device. A few numbers per device in one row, and neither an object
 * nor a number in memory of its own per reading.
 *
 *   row = [ LAST_AT | LAST | FROM | COUNT | MEAN | M2 | SWITCHED_AT | PEAK ]
 *
 * A flat stretch is a run of values near their own mean whose deviation stays below `flatK`; a value off the mean, or a
 * gap, begins a new run. Meters of compressors are watched for when they switch.
 */
import type { City } from "../../twin/city/city.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { FewValues } from "../few-values.ts";
import {
  type Coming,
  ROW as DEVICE_ROW,
  type DeviceTable,
  VALUE,
  VALUE_AT,
  type ValueWatch,
} from "../order/device-table.ts";
import { causeOfTime, type Wording } from "../rules/cause.ts";
import type { FindingSink } from "./limit-bank.ts";
import { type SeriesNumbers, USUAL_SERIES } from "./series-numbers.ts";
import { SeriesTwins } from "./series-twins.ts";

const ROW = 8;
const [LAST_AT, LAST, FROM, COUNT, MEAN, M2, SWITCHED_AT, PEAK] = [0, 1, 2, 3, 4, 5, 6, 7];

const STANDS_BY_DEFAULT_MS = 15 * MINUTE_MS;
/** A meter above this share of its peak runs. */
const RUNS_SHARE = 0.5;

const COLD: ReadonlySet<DeviceKind> = new Set([
  "fridge-temperature",
  "freezer-temperature",
  "sample-fridge-temperature",
]);
/** A tank or a probe is filled and emptied: it may jump. */
const MAY_JUMP: ReadonlySet<DeviceKind> = new Set(["hot-holding-temperature", "probe-temperature"]);

const [UNWATCHED, THERMOMETER, JUMPER, METER] = [0, 1, 2, 3];

export class SeriesWatch implements ValueWatch {
  readonly #city: City;
  readonly #limits: SeriesNumbers;
  readonly #emit: FindingSink;
  /** What is made of each device's values; 0 = nothing. */
  readonly watches: Uint8Array;
  readonly #numbers: Float64Array;
  /** The rows of the table, which hold what each device said last. */
  readonly #said: Float64Array;
  /** How long a value of each device stands, ms. */
  readonly #standsMs: FewValues;
  readonly #isFlat: Uint8Array;
  /** Ordinal of a thermometer -> the meter of its compressor, and the other way round. */
  readonly #meterOf = new Map<number, number>();
  readonly #coldOf = new Map<number, number[]>();
  readonly twins: SeriesTwins;

  /** Hooks itself to the readings of the table's devices. */
  constructor(table: DeviceTable, emit: FindingSink, numbers: SeriesNumbers = USUAL_SERIES) {
    const { city } = table;
    table.series = this;
    this.#city = city;
    this.#limits = numbers;
    this.#emit = emit;
    this.watches = new Uint8Array(city.devices.length);
    this.#numbers = new Float64Array(ROW * city.devices.length);
    this.#said = table.numbers;
    this.#standsMs = new FewValues(
      city.devices.map(({ reportEveryMs }) =>
        reportEveryMs === null ? STANDS_BY_DEFAULT_MS : 3 * reportEveryMs,
      ),
    );
    this.#isFlat = new Uint8Array(city.devices.length);
    const idOf = (device: number) => city.devices[device]!.id;
    this.twins = new SeriesTwins(city.devices.length, emit, { idOf, numbers });
    city.devices.forEach((device, ordinal) => {
      this.#numbers[ROW * ordinal + LAST_AT] = Number.NaN;
      this.#numbers[ROW * ordinal + SWITCHED_AT] = Number.NaN;
      if (device.kind.endsWith("-temperature")) {
        this.watches[ordinal] = MAY_JUMP.has(device.kind) ? JUMPER : THERMOMETER;
      } else if (device.kind === "power") this.#link(ordinal);
    });
  }

  /** A meter of a cold unit, or of the compressor of the cold units in its zone. */
  #link(meter: number): void {
    const city = this.#city;
    const { of, zone } = city.devices[meter]!;
    if (of === null) return;
    const kitchen = city.kitchens[city.kitchenOfDevice[meter]!]!;
    const cold = kitchen.devices.filter(
      (device) =>
        device.id === of ||
        (of === "compressor" && COLD.has(device.kind) && (zone === null || device.zone === zone)),
    );
    if (cold.length === 0) return;
    this.watches[meter] = METER;
    const ordinals = cold.map(({ id }) => city.deviceOrdinal(id));
    this.#coldOf.set(meter, ordinals);
    for (const device of ordinals) this.#meterOf.set(device, meter);
  }

  /** The device's next value, in its own order, as it stands in the table; hot. */
  note(device: number, coming: Coming): void {
    const role = this.watches[device]!;
    if (role === UNWATCHED) return;
    const value = this.#said[DEVICE_ROW * device + VALUE]!;
    const time = this.#said[DEVICE_ROW * device + VALUE_AT]!;
    const numbers = this.#numbers;
    const row = ROW * device;
    if (role === METER) {
      numbers[row + PEAK] = Math.max(numbers[row + PEAK]!, value);
      const runs = value > RUNS_SHARE * numbers[row + PEAK]! ? 1 : 0;
      if (runs !== numbers[row + LAST]!) this.#turn(device, time, runs, coming);
      numbers[row + LAST_AT] = time;
      return;
    }
    const { flatMs, offMeanK, jumpK } = this.#limits.at(time);
    const since = time - numbers[row + LAST_AT]!;
    const isNext = since >= 0 && since <= this.#standsMs.at(device);
    const step = value - numbers[row + LAST]!;
    if (isNext && role === THERMOMETER && (step > jumpK || step < -jumpK)) {
      this.#judgeJump(device, time, value, since, coming);
    }
    this.twins.note(device, time, value, step !== 0);
    const off = value - numbers[row + MEAN]!;
    if (isNext && off <= offMeanK && off >= -offMeanK) {
      const count = numbers[row + COUNT]! + 1;
      const mean = numbers[row + MEAN]! + off / count;
      numbers[row + COUNT] = count;
      numbers[row + MEAN] = mean;
      numbers[row + M2] = numbers[row + M2]! + off * (value - mean);
      if (time - numbers[row + FROM]! >= flatMs) this.#judgeFlat(device, time, coming);
    } else if (this.#isFlat[device] === 1) this.#begin(device, time, value, coming);
    else {
      numbers[row + FROM] = time;
      numbers[row + COUNT] = 1;
      numbers[row + MEAN] = value;
      numbers[row + M2] = 0;
    }
    numbers[row + LAST_AT] = time;
    numbers[row + LAST] = value;
  }

  #begin(device: number, time: number, value: number, coming: Coming): void {
    const row = ROW * device;
    if (this.#isFlat[device] === 1) {
      this.#isFlat[device] = 0;
      this.#tell("lively", device, time, coming, {
        since: time,
        value,
        wording: { zh: "读数恢复变化", en: "readings vary again" },
      });
    }
    this.#numbers[row + FROM] = time;
    this.#numbers[row + COUNT] = 1;
    this.#numbers[row + MEAN] = value;
    this.#numbers[row + M2] = 0;
  }

  #judgeJump(device: number, time: number, value: number, sinceMs: number, coming: Coming): void {
    const before = this.#numbers[ROW * device + LAST]!;
    const perMinute = (Math.abs(value - before) * MINUTE_MS) / Math.max(sinceMs, MINUTE_MS);
    if (perMinute <= this.#limits.at(time).jumpK) return;
    const wording = {
      zh: `由 ${before} °C 跳变至 ${value} °C`,
      en: `jumped from ${before} °C to ${value} °C`,
    };
    this.#tell("jumped", device, time, coming, { since: time - sinceMs, value: perMinute, wording });
  }

  #judgeFlat(device: number, time: number, coming: Coming): void {
    const row = ROW * device;
    const variance = this.#numbers[row + M2]! / this.#numbers[row + COUNT]!;
    const { flatK } = this.#limits.at(time);
    const isFlat = variance < flatK * flatK;
    if (!isFlat) this.#begin(device, time, this.#numbers[row + MEAN]!, coming);
    else if (this.#isFlat[device] === 0) {
      this.#isFlat[device] = 1;
      this.#tellFlat(device, time, coming);
    }
  }

  #tellFlat(device: number, time: number, coming: Coming): void {
    const row = ROW * device;
    const since = this.#numbers[row + FROM]!;
    const sigma = Math.sqrt(Math.max(0, this.#numbers[row + M2]! / this.#numbers[row + COUNT]!));
    const shown = sigma.toFixed(3);
    const mean = this.#numbers[row + MEAN]!.toFixed(1);
    const spanHours = this.#limits.at(time).flatMs / HOUR_MS;
    const wording = {
      zh: `${spanHours} 小时内读数几乎不变：${mean} °C，标准差 ${shown} °C`,
      en: `no life in ${spanHours} h of readings: ${mean} °C, deviation ${shown} °C`,
    };
    this.#tell("flat", device, time, coming, { since, value: sigma, wording });
  }

  /** The meter's compressor has begun to run, or stopped, unless this is its first value. */
  #turn(meter: number, time: number, runs: number, coming: Coming): void {
    const row = ROW * meter;
    this.#numbers[row + LAST] = runs;
    if (Number.isNaN(this.#numbers[row + LAST_AT]!)) return;
    this.#numbers[row + SWITCHED_AT] = time;
    for (const device of this.#coldOf.get(meter)!) {
      if (this.#isFlat[device] === 1) this.#tellFlat(device, time, coming);
    }
  }

  #tell(
    kind: "flat" | "lively" | "jumped",
    device: number,
    time: number,
    coming: Coming,
    of: { readonly since: number; readonly value: number; readonly wording: Wording },
  ): void {
    const { id } = this.#city.devices[device]!;
    const meter = this.#meterOf.get(device);
    const switchedAt = meter === undefined ? Number.NaN : this.#numbers[ROW * meter + SWITCHED_AT]!;
    this.#emit(device, {
      kind,
      device,
      time,
      since: of.since,
      value: of.value,
      switchedAt: Number.isNaN(switchedAt) ? null : switchedAt,
      like: -1,
      receivedAt: coming.receivedAt,
      exercise: coming.exercise,
      because: [causeOfTime(time, `${kind}-${id}-${time}`, of.wording, `/devices/${id}`)],
    });
  }

  /** The device was worked on: what it says from now on is judged anew. */
  forget(device: number): void {
    const row = ROW * device;
    this.#numbers[row + LAST_AT] = Number.NaN;
    this.#numbers.fill(0, row + FROM, row + M2 + 1);
    this.#isFlat[device] = 0;
    this.twins.forget(device);
  }

  save() {
    const numbers = Array.from(this.#numbers, (value) => (Number.isNaN(value) ? null : value));
    return { numbers, isFlat: [...this.#isFlat], twins: this.twins.save() };
  }

  restore(saved: ReturnType<SeriesWatch["save"]>): void {
    this.#numbers.set(saved.numbers.map((value) => value ?? Number.NaN));
    this.#isFlat.set(saved.isFlat);
    this.twins.restore(saved.twins);
  }
}
