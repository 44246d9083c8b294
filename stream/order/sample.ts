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
