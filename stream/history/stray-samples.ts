/** Samples of hours that are not open: late ones, early ones, and the first of a new hour. A plain list, in arrival order. */
import { SampleRun } from "./sample-code.ts";

const FIRST_CAPACITY = 1024;

export class StraySamples {
  length = 0;
  #hour = new Int32Array(FIRST_CAPACITY);
  #device = new Uint32Array(FIRST_CAPACITY);
  #offset = new Int32Array(FIRST_CAPACITY);
  #scaled = new Int32Array(FIRST_CAPACITY);
  readonly #perHour = new Map<number, number>();

  /** Returns how many samples of that hour are here now. */
  add(hour: number, device: number, offset: number, scaled: number): number {
    if (this.length === this.#hour.length) this.#grow();
    const i = this.length++;
    this.#hour[i] = hour;
    this.#device[i] = device;
    this.#offset[i] = offset;
    this.#scaled[i] = scaled;
    const count = (this.#perHour.get(hour) ?? 0) + 1;
    this.#perHour.set(hour, count);
    return count;
  }

  /** Hours that have samples here, in no order. */
  hours(): Iterable<number> {
    return this.#perHour.keys();
  }

  /** Takes an hour's samples out, in arrival order. */
  take(hour: number, visit: (device: number, offset: number, scaled: number) => void): void {
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      if (this.#hour[i] === hour) {
        visit(this.#device[i]!, this.#offset[i]!, this.#scaled[i]!);
        continue;
      }
      this.#hour[kept] = this.#hour[i]!;
      this.#device[kept] = this.#device[i]!;
      this.#offset[kept] = this.#offset[i]!;
      this.#scaled[kept++] = this.#scaled[i]!;
    }
    this.length = kept;
    this.#perHour.delete(hour);
  }

  /** Appends a device's samples of one hour to the run. */
  read(hour: number, device: number, run: SampleRun): void {
    if (!this.#perHour.has(hour)) return;
    for (let i = 0; i < this.length; i++)
      if (this.#hour[i] === hour && this.#device[i] === device) run.push(this.#offset[i]!, this.#scaled[i]!);
  }

  /** All of it by hour and device, a device's samples in arrival order. */
  byHour(): Map<number, Map<number, SampleRun>> {
    const hours = new Map<number, Map<number, SampleRun>>();
    for (let i = 0; i < this.length; i++) {
      const runs = hours.get(this.#hour[i]!) ?? new Map<number, SampleRun>();
      hours.set(this.#hour[i]!, runs);
      const run = runs.get(this.#device[i]!) ?? new SampleRun(4);
      runs.set(this.#device[i]!, run);
      run.push(this.#offset[i]!, this.#scaled[i]!);
    }
    return hours;
  }

  #grow(): void {
    const capacity = this.#hour.length * 2;
    const larger = <T extends Int32Array | Uint32Array>(made: T, from: T): T => {
      made.set(from);
      return made;
    };
    this.#hour = larger(new Int32Array(capacity), this.#hour);
    this.#device = larger(new Uint32Array(capacity), this.#device);
    this.#offset = larger(new Int32Array(capacity), this.#offset);
    this.#scaled = larger(new Int32Array(capacity), this.#scaled);
  }
}
