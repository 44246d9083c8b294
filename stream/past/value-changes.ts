/** Which device showed which value from which moment on, gathered in order of the moments: flat, for there are many. */
export class ValueChanges {
  #device = new Uint32Array(1_024);
  #moment = new Uint32Array(1_024);
  #value = new Float64Array(1_024);
  #time = new Float64Array(1_024);
  #length = 0;
  /** Where each device's changes stand in `#order`, as of `#sortedLength`. */
  readonly #starts: Uint32Array;
  #order = new Uint32Array(0);
  #sortedLength = 0;

  constructor(devices: number) {
    this.#starts = new Uint32Array(devices + 1);
  }

  get length(): number {
    return this.#length;
  }

  /** `time`: event time of the value, ms since epoch. */
  add(device: number, moment: number, value: number, time: number): void {
    if (this.#length === this.#device.length) this.#grow();
    const at = this.#length++;
    this.#device[at] = device;
    this.#moment[at] = moment;
    this.#value[at] = value;
    this.#time[at] = time;
  }

  #grow(): void {
    const size = 2 * this.#length;
    const [device, moment] = [new Uint32Array(size), new Uint32Array(size)];
    const [value, time] = [new Float64Array(size), new Float64Array(size)];
    device.set(this.#device);
    moment.set(this.#moment);
    value.set(this.#value);
    time.set(this.#time);
    this.#device = device;
    this.#moment = moment;
    this.#value = value;
    this.#time = time;
  }

  /** Those of one device. They are sorted anew when some were added. */
  of(device: number): StepwiseChanges {
    if (this.#sortedLength !== this.#length) this.#sort();
    return this.#read(this.#order.subarray(this.#starts[device]!, this.#starts[device + 1]!));
  }

  #sort(): void {
    const starts = this.#starts.fill(0);
    for (let i = 0; i < this.#length; i++) starts[this.#device[i]! + 1]!++;
    for (let d = 1; d < starts.length; d++) starts[d]! += starts[d - 1]!;
    const order = new Uint32Array(this.#length);
    const next = starts.slice();
    for (let i = 0; i < this.#length; i++) order[next[this.#device[i]!]!++] = i;
    this.#order = order;
    this.#sortedLength = this.#length;
  }

  #read(order: Uint32Array): StepwiseChanges {
    const changes: StepwiseChanges = { moments: [], values: [], times: [] };
    let [moment, time] = [0, 0];
    for (let n = 0; n < order.length; n++) {
      const i = order[n]!;
      changes.moments.push(this.#moment[i]! - moment);
      changes.values.push(this.#value[i]!);
      changes.times.push(this.#time[i]! - time);
      moment = this.#moment[i]!;
      time = this.#time[i]!;
    }
    return changes;
  }
}

/** Moments and times as steps from the one before. */
export interface StepwiseChanges {
  readonly moments: number[];
  readonly values: number[];
  readonly times: number[];
}
