/**
 * Arrivals as lines of JSON, UTF-8, written straight into bytes: a day of the full city has 140 million numbers in its
 * columns, and building texts for them would cost ten times as much.
 */
import type { City } from "../twin/city/city.ts";
import type { Columns } from "../twin/events/columns.ts";
import { formatTime } from "../twin/kernel/time.ts";
import type { Arrival } from "./arrival.ts";

const FIRST_BYTES = 1 << 16;
const [ZERO, COMMA, MINUS, POINT] = [48, 44, 45, 46];

export class CloudEventLines {
  #bytes = new Uint8Array(FIRST_BYTES);
  #at = 0;
  readonly #encoder = new TextEncoder();
  /** `"K-00001/f1",` of every device that was named so far, as bytes. */
  readonly #names: (Uint8Array | undefined)[];
  readonly #city: City;

  constructor(city: City) {
    this.#city = city;
    this.#names = new Array<Uint8Array | undefined>(city.devices.length);
  }

  /** The line of an arrival with its line feed; valid until the next call. */
  line(arrival: Arrival): Uint8Array {
    this.#at = 0;
    const receivedtime = formatTime(arrival.receivedAt);
    if (arrival.kind === "event") {
      const { data, ...attributes } = arrival.event;
      this.#text(`${JSON.stringify({ ...attributes, receivedtime, data })}\n`);
    } else {
      const head = { specversion: "1.0", id: arrival.id, source: arrival.source, type: "warmcity.readings" };
      this.#text(`${JSON.stringify({ ...head, receivedtime }).slice(0, -1)},"data":`);
      this.#columns(arrival.columns);
      this.#text("}\n");
    }
    return this.#bytes.subarray(0, this.#at);
  }

  #columns({ base, devices, boots, device, sequence, dtMs, value }: Columns): void {
    this.#text(`{"base":"${formatTime(base)}","devices":[`);
    for (const ordinal of devices) this.#append(this.#nameOf(ordinal));
    this.#dropComma(devices.length);
    if (boots !== null) {
      this.#text('],"boot":[');
      for (const boot of boots) this.#text(boot === null ? "null," : `"${boot}",`);
      this.#dropComma(boots.length);
    }
    this.#list("device", device);
    this.#list("sequence", sequence);
    this.#list("dtMs", dtMs);
    this.#list("value", value);
    this.#text("]}");
  }

  #list(name: string, numbers: Uint32Array | Int32Array | Float64Array): void {
    this.#text(`],"${name}":[`);
    this.#reserve(numbers.length * 25);
    for (let i = 0; i < numbers.length; i++) this.#number(numbers[i]!);
    this.#dropComma(numbers.length);
  }

  /** A number and a comma; `NaN` is `null`. The caller has reserved 25 bytes. */
  #number(value: number): void {
    const bytes = this.#bytes;
    let rest = value;
    if (rest < 0) {
      bytes[this.#at++] = MINUS;
      rest = -rest;
    }
    const whole = Math.floor(rest);
    const hundredths = Math.round(rest * 100);
    if (!(whole <= 999_999_999) || hundredths / 100 !== rest) {
      if (value < 0) this.#at--;
      this.#text(Number.isNaN(value) ? "null," : `${value},`);
      return;
    }
    this.#digits(whole);
    const fraction = hundredths - whole * 100;
    if (fraction !== 0) {
      bytes[this.#at++] = POINT;
      const tenths = Math.floor(fraction / 10);
      bytes[this.#at++] = ZERO + tenths;
      if (fraction !== tenths * 10) bytes[this.#at++] = ZERO + fraction - tenths * 10;
    }
    bytes[this.#at++] = COMMA;
  }

  /** A whole number from 0 to 999,999,999. */
  #digits(value: number): void {
    const bytes = this.#bytes;
    let size = 1;
    for (let limit = 10; value >= limit; limit *= 10) size++;
    let rest = value | 0;
    for (let i = this.#at + size - 1; i >= this.#at; i--) {
      const tens = (rest / 10) | 0;
      bytes[i] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#at += size;
  }

  #nameOf(ordinal: number): Uint8Array {
    let name = this.#names[ordinal];
    if (name === undefined) {
      name = this.#encoder.encode(`${JSON.stringify(this.#city.devices[ordinal]!.id)},`);
      this.#names[ordinal] = name;
    }
    return name;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    const to = this.#bytes;
    const at = this.#at;
    for (let i = 0; i < bytes.length; i++) to[at + i] = bytes[i]!;
    this.#at = at + bytes.length;
  }

  #text(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#at)).written;
  }

  #dropComma(items: number): void {
    if (items > 0) this.#at--;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}
