/** What goes into the order stage in bulk, and what comes out of it. */
import type { Columns } from "../../twin/events/columns.ts";
import type { SkewVerdict } from "./gateway-clocks.ts";
import type { Sample } from "./sample.ts";

export interface DeviceSink {
  /** The device's next message; `sample` is only valid during the call. */
  deliver(sample: Sample): void;
  /** The message waits for a gap before it (at most until the watermark). */
  waits(sample: Sample): void;
  /** A message behind what was delivered already; `sample` is only valid during the call. */
  unordered(sample: Sample): void;
  /** The clock of a gateway was proved to run ahead, or to be right again; `sample` is the proving message. */
  clock(gateway: string, verdict: SkewVerdict & { kind: "proved" | "healed" }, sample: Sample): void;
}

export interface ColumnsMessage {
  readonly columns: Columns;
  readonly receivedAt: number | null;
  readonly position: number;
  readonly exercise: boolean;
}

/** How many entries of a message were new, repeated, or late. */
export interface OrderCounts {
  accepted: number;
  duplicates: number;
  late: number;
}
