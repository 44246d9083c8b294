/** What a gateway keeps while it is cut off: readings as columns, and events; both with the sequence they have got. */
import type { Columns } from "../twin/events/columns.ts";
import type { SimulatedEvent } from "./arrival.ts";

const FIRST_SIZE = 256;

/** Readings of one kitchen's devices, each in one boot. */
class Stretch {
  #size = 0;
  #device = new Uint32Array(FIRST_SIZE);
  #sequence = new Float64Array(FIRST_SIZE);
  #time = new Float64Array(FIRST_SIZE);
  #value = new Float64Array(FIRST_SIZE);
  /** Registry ordinal -> bootid. */
  readonly #boots = new Map<number, string | null>();

  get size(): number {
    return this.#size;
  }

  add(device: number, boot: string | null, sequence: number, time: number, value: number): void {
    if (this.#size === this.#time.length) this.#grow();
    const i = this.#size++;
    this.#device[i] = device;
    this.#sequence[i] = sequence;
    this.#time[i] = time;
    this.#value[i] = value;
    this.#boots.set(device, boot);
  }

  /** Columns of at most `most` entries, oldest first. */
  columns(most: number): Columns[] {
    const devices = Uint32Array.from(this.#boots.keys());
    const texts = [...this.#boots.values()];
    const boots = texts.some((boot) => boot !== null) ? texts : null;
    const index = new Map([...devices].map((device, i) => [device, i]));
    const messages: Columns[] = [];
    for (let from = 0; from < this.#size; from += most) {
      const to = Math.min(this.#size, from + most);
      const base = this.#time[from]!;
      messages.push({
        base,
        devices,
        boots,
        device: Uint32Array.from(this.#device.subarray(from, to), (device) => index.get(device)!),
        sequence: this.#sequence.slice(from, to),
        dtMs: Int32Array.from(this.#time.subarray(from, to), (time) => time - base),
        value: this.#value.slice(from, to),
      });
    }
    return messages;
  }

  #grow(): void {
    const size = this.#time.length * 2;
    const [device, sequence, time, value] = [this.#device, this.#sequence, this.#time, this.#value];
    this.#device = new Uint32Array(size);
    this.#sequence = new Float64Array(size);
    this.#time = new Float64Array(size);
    this.#value = new Float64Array(size);
    this.#device.set(device);
    this.#sequence.set(sequence);
    this.#time.set(time);
    this.#value.set(value);
  }
}

export class Backlog {
  readonly #stretches: Stretch[] = [new Stretch()];
  readonly events: SimulatedEvent[] = [];

  add(device: number, boot: string | null, sequence: number, time: number, value: number): void {
    this.#stretches.at(-1)!.add(device, boot, sequence, time, value);
  }

  /** Must be called before a device of the kitchen restarts: a message holds one boot of each device. */
  seal(): void {
    if (this.#stretches.at(-1)!.size > 0) this.#stretches.push(new Stretch());
  }

  columns(most: number): Columns[] {
    return this.#stretches.flatMap((stretch) => stretch.columns(most));
  }
}
