/** One message of one device on its way through the order stage. */
import type { CityEvent } from "../../twin/events/event.ts";

/** Reused by the hot path: whoever keeps one copies it. Times are ms since epoch. */
export interface Sample {
  device: number;
  /** Event time, corrected where the gateway's clock runs ahead. */
  time: number;
  /** In the kind's unit; `NaN` = a heartbeat, or an event. */
  value: number;
  /** -1 = none. */
  sequence: number;
  boot: string;
  receivedAt: number | null;
  position: number;
  exercise: boolean;
  /** Older than the watermark when it came. */
  late: boolean;
  /** The event, where the device said more than a value. */
  event: CityEvent | null;
}

export function emptySample(): Sample {
  return {
    device: 0,
    time: 0,
    value: Number.NaN,
    sequence: -1,
    boot: "",
    receivedAt: null,
    position: -1,
    exercise: false,
    late: false,
    event: null,
  };
}

/** Whether the same message is among them. */
export function holds(samples: readonly Sample[] | undefined, wanted: Sample): boolean {
  if (samples === undefined) return false;
  for (const { device, sequence, boot } of samples) {
    if (device === wanted.device && sequence === wanted.sequence && boot === wanted.boot) return true;
  }
  return false;
}

/** A clock that runs ahead: the receipt is the best time there is. */
export function correct(sample: Sample): void {
  sample.time = sample.receivedAt ?? sample.time;
  sample.late = false;
}

/** JSON writes NaN as null. */
export function revive(sample: Sample): Sample {
  return { ...sample, value: sample.value ?? Number.NaN };
}

/** Whether `a` is delivered before `b`: by number within a boot, else by time. */
export function isBefore(a: Sample, b: Sample): boolean {
  if (a.boot === b.boot && a.sequence >= 0 && b.sequence >= 0) return a.sequence < b.sequence;
  return a.time < b.time;
}
