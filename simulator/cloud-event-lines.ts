/**
 * Arrivals as lines of JSON, UTF-8, written straight into bytes: a day of the full city has 140 million entries in its
 * columns. What many messages have in common (devices, boots, the same index again) is written once and then copied.
 */
import type { City } from "../twin/city/city.ts";
import type { Columns } from "../twin/events/columns.ts";
import { formatTime } from "../twin/kernel/time.ts";
import type { Arrival } from "./arrival.ts";
import { ByteWriter } from "./byte-writer.ts";

export class CloudEventLines {
  readonly #city: City;
  readonly #writer = new ByteWriter();
  /** Bytes of arrays that messages share; `null` = seen once, so not worth keeping yet. */
  readonly #known = new WeakMap<object, Uint8Array | null>();

  constructor(city: City) {
    this.#city = city;
  }

  /** The line of an arrival with its line feed; valid until the next call. */
  line(arrival: Arrival): Uint8Array {
    const writer = this.#writer;
    writer.clear();
    const receivedtime = formatTime(arrival.receivedAt);
    if (arrival.kind === "event") {
      const { data, ...attributes } = arrival.event;
      writer.text(`${JSON.stringify({ ...attributes, receivedtime, data })}\n`);
    } else {
      const { id, source } = arrival;
      const head = { specversion: "1.0", id, source, type: "warmcity.readings", receivedtime };
      writer.text(`${JSON.stringify(head).slice(0, -1)},"data":`);
      this.#columns(arrival.columns);
      writer.text("}\n");
    }
    return writer.written();
  }

  #columns({ base, devices, boots, device, sequence, dtMs, value }: Columns): void {
    const writer = this.#writer;
    writer.text(`{"base":"${formatTime(base)}","devices":[`);
    this.#shared(devices, () => {
      const names = Array.from(devices, (ordinal) => JSON.stringify(this.#city.devices[ordinal]!.id));
      writer.text(names.join(","));
    });
    if (boots !== null) {
      writer.text('],"boot":[');
      this.#shared(boots, () => writer.text(boots.map((boot) => JSON.stringify(boot)).join(",")));
    }
    writer.text('],"device":[');
    this.#shared(device, () => writer.numbers(device));
    writer.text('],"sequence":[');
    writer.numbers(sequence);
    writer.text('],"dtMs":[');
    this.#shared(dtMs, () => writer.numbers(dtMs));
    writer.text('],"value":[');
    // Heartbeats have their column in common, values never.
    if (Number.isNaN(value[0])) this.#shared(value, () => writer.numbers(value));
    else writer.numbers(value);
    writer.text("]}");
  }

  /** Copies what was written for the same array before, or lets `write` do it. */
  #shared(key: object, write: () => void): void {
    const known = this.#known.get(key);
    if (known !== undefined && known !== null) {
      this.#writer.bytes(known);
      return;
    }
    const from = this.#writer.length;
    write();
    this.#known.set(key, known === undefined ? null : this.#writer.written(from).slice());
  }
}
