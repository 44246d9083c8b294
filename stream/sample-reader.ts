/**
 * Reads each device's messages in order: values go to the limits, every message to the absence watch, single readings
 * that matter by themselves become findings, events go on to the kitchens. Keeps the newest value of every device.
 */
import type { City } from "../twin/city/city.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import type { CityEvent } from "../twin/events/event.ts";
import type { Absence } from "./detectors/absence.ts";
import type { Crossings } from "./detectors/crossings.ts";
import type { Finding } from "./detectors/finding.ts";
import type { FindingSink, LimitBank } from "./detectors/limit-bank.ts";
import { causeOfSample, offsetText } from "./detectors/sample-cause.ts";
import type { SeriesWatch } from "./detectors/series-watch.ts";
import type { DeviceSink } from "./order/device-sink.ts";
import { CARE, type DeviceTable, MATTERS, ROW, VALUE, VALUE_AT } from "./order/device-table.ts";
import type { SkewVerdict } from "./order/gateway-clocks.ts";
import type { Sample } from "./order/sample.ts";
import type { Quarantine } from "./quarantine.ts";

export interface ReaderSinks {
  readonly limits: LimitBank;
  readonly crossings: Crossings;
  readonly series: SeriesWatch | null;
  readonly quarantine: Quarantine;
  /** A message of a suspect device, which no detector but O04's sees. */
  readonly quarantined: (sample: Sample) => void;
  readonly absence: Absence;
  readonly found: FindingSink;
  readonly event: (event: CityEvent, sample: Sample) => void;
  readonly provisional: FindingSink;
  /** Shown live before its turn comes. */
  readonly ahead: (event: CityEvent, sample: Sample) => void;
  readonly waiting: (device: number) => readonly Sample[];
  /** A value with a limit, behind what its device has delivered. */
  readonly late: (sample: Sample) => void;
}

/** How a value of the kind is read. */
const PLAIN = 0;
const LIMITED = 1;
/** A trigger count: only what is above zero matters. */
const COUNTED = 2;
/** Rare readings that all matter. */
const SINGLE = 3;
/** What matters is when a border is crossed. */
const BORDERED = 4;

/** From which value on a reading matters; of limited kinds the limits say it, of plain ones none does. */
const FROM_WHICH: Readonly<Record<number, number>> = {
  [COUNTED]: Number.MIN_VALUE,
  [SINGLE]: Number.NEGATIVE_INFINITY,
};

const READ_AS: Partial<Record<DeviceKind, number>> = {
  "fridge-temperature": LIMITED,
  "sample-fridge-temperature": LIMITED,
  "freezer-temperature": LIMITED,
  gas: LIMITED,
  "rodent-infrared": COUNTED,
  fume: LIMITED,
  "room-humidity": LIMITED,
  "oil-meter": SINGLE,
};

/** Classes of which an L1 may come (P09). */
const OF_FIRE: ReadonlySet<string> = new Set(["fire_unattended", "smoke"]);

export class SampleReader implements DeviceSink {
  readonly #city: City;
  readonly #sinks: ReaderSinks;
  readonly #readAs: Uint8Array;
  readonly #table: DeviceTable;

  constructor(table: DeviceTable, sinks: ReaderSinks) {
    const { city } = table;
    this.#city = city;
    this.#table = table;
    this.#sinks = sinks;
    this.#readAs = Uint8Array.from(city.devices, ({ kind }, device) =>
      sinks.crossings.watches(device) ? BORDERED : (READ_AS[kind] ?? PLAIN),
    );
    table.fill(VALUE, () => Number.NaN);
    table.fill(VALUE_AT, () => Number.NaN);
    table.fill(MATTERS, (device) => FROM_WHICH[this.#readAs[device]!] ?? null);
  }

  /** Newest value of a device, in the kind's unit, and its event time; NaN = none yet. */
  valueOf(device: number): { value: number; at: number } {
    const { numbers } = this.#table;
    return { value: numbers[ROW * device + VALUE]!, at: numbers[ROW * device + VALUE_AT]! };
  }

  /** NEVER, ONLINE or SILENT (detectors/absence.ts). */
  connectionOf(device: number): number {
    return this.#sinks.absence.stateOf(device);
  }

  deliver(sample: Sample): void {
    const { device, value, event } = sample;
    if (
      event !== null &&
      (event.type === "warmcity.device.died" || event.type === "warmcity.device.maintained")
    ) {
      if (event.type === "warmcity.device.died") this.#sinks.absence.leave(sample);
      else this.#sinks.series?.forget(device);
    } else this.#sinks.absence.hear(sample);
    if (event !== null && event.type !== "warmcity.reading") this.#passOn(event, sample);
    if (Number.isNaN(value)) return;
    this.#table.numbers[ROW * device + VALUE] = value;
    this.#table.numbers[ROW * device + VALUE_AT] = sample.time;
    this.#sinks.series?.note(device, sample);
    if (this.#isQuarantined(sample)) return;
    const readAs = this.#readAs[device]!;
    if (readAs === LIMITED) this.#sinks.limits.read(sample);
    else if (readAs === BORDERED) this.#sinks.crossings.read(sample);
    else if (readAs === SINGLE || (readAs === COUNTED && value > 0)) this.#single(sample);
  }

  #isQuarantined(sample: Sample): boolean {
    const { quarantine, quarantined } = this.#sinks;
    if ((this.#table.care[sample.device]! & CARE.suspect) === 0) return false;
    if (!quarantine.holds(sample.device, sample.time)) return false;
    quarantined(sample);
    return true;
  }

  #passOn(event: CityEvent, sample: Sample): void {
    this.#sinks.event(event.time === sample.time ? event : { ...event, time: sample.time }, sample);
  }

  #single(sample: Sample): void {
    this.#sinks.found(sample.device, {
      kind: "read",
      device: sample.device,
      value: sample.value,
      time: sample.time,
      receivedAt: sample.receivedAt,
      exercise: sample.exercise,
      because: [causeOfSample(this.#city, sample)],
    });
  }

  unordered(sample: Sample): void {
    const { device, value, event } = sample;
    if (event !== null && event.type !== "warmcity.reading") this.#passOn(event, sample);
    if (Number.isNaN(value)) return;
    if (this.#isQuarantined(sample)) return;
    const readAs = this.#readAs[device]!;
    if (readAs === LIMITED) this.#sinks.late(sample);
    else if (readAs === SINGLE || (readAs === COUNTED && value > 0)) this.#single(sample);
  }

  /** L1 never waits: gas and fire behind a gap are judged at once with what is there, and settled when the gap closes. */
  waits(sample: Sample): void {
    const { event } = sample;
    if (event?.type === "warmcity.detection" && OF_FIRE.has(event.data.class))
      this.#sinks.ahead(event, sample);
    if (this.#city.devices[sample.device]!.kind !== "gas") return;
    const before = this.#sinks.waiting(sample.device);
    const alarm = this.#sinks.limits.express(sample, before);
    if (alarm !== null) this.#sinks.provisional(sample.device, alarm);
  }

  clock(gateway: string, verdict: SkewVerdict & { kind: "proved" | "healed" }, sample: Sample): void {
    const finding: Finding = {
      kind: verdict.kind === "proved" ? "skewed" : "clock-right",
      gateway,
      offsetMs: verdict.offsetMs,
      time: sample.time,
      receivedAt: sample.receivedAt,
      exercise: sample.exercise,
      because: [causeOfSample(this.#city, sample, offsetText(verdict.offsetMs))],
    };
    this.#sinks.found(sample.device, finding);
  }

  /** Plain JSON; NaN becomes null there and is read back as such. */
  save(): { value: (number | null)[]; valueAt: (number | null)[] } {
    return { value: this.#table.column(VALUE), valueAt: this.#table.column(VALUE_AT) };
  }

  restore(saved: ReturnType<SampleReader["save"]>): void {
    this.#table.restore(VALUE, saved.value, Number.NaN);
    this.#table.restore(VALUE_AT, saved.valueAt, Number.NaN);
  }
}
