/**
 * The short way of readings, hot: what a device was expected to say next, in a value that matters to nobody, is noted in
 * its row and handed to no one. It does exactly what `DeviceOrder` and those behind it would do, at a tenth of the cost.
 */
import type { ColumnsMessage, OrderCounts } from "./device-sink.ts";
import {
  DELIVERED,
  type DeviceTable,
  HEARD,
  MATTERS,
  NEXT,
  PATIENCE,
  RECEIPT,
  ROW,
  VALUE,
  VALUE_AT,
} from "./device-table.ts";

interface Calm {
  readonly table: DeviceTable;
  /** The current boot of each device. */
  readonly boot: readonly (string | undefined)[];
  readonly message: ColumnsMessage;
  /** Event times beyond have a wrong clock. */
  readonly latest: number;
  readonly watermark: number;
  readonly counts: OrderCounts;
}

/** Notes the calm entries of a message and counts them; `other` gets the place of each that is not, in order. */
export function takeCalm(
  { table, boot, message, latest, watermark, counts }: Calm,
  other: (entry: number) => void,
): void {
  const { receivedAt } = message;
  const { base, devices, boots, device, sequence, dtMs, value } = message.columns;
  const { numbers, care, series } = table;
  for (let i = 0; i < device.length; i++) {
    const slot = device[i]!;
    const ordinal = devices[slot]!;
    const row = ROW * ordinal;
    const time = base + dtMs[i]!;
    const number = sequence[i]!;
    const measured = value[i]!;
    if (
      care[ordinal] === 0 &&
      number === numbers[row + NEXT]! &&
      time >= numbers[row + DELIVERED]! &&
      time <= latest &&
      time - numbers[row + HEARD]! <= numbers[row + PATIENCE]! &&
      (receivedAt ?? time) - numbers[row + RECEIPT]! <= numbers[row + PATIENCE]! &&
      !(measured >= numbers[row + MATTERS]!) &&
      boot[ordinal] === (boots === null ? "" : (boots[slot] ?? ""))
    ) {
      numbers[row + NEXT] = number + 1;
      numbers[row + DELIVERED] = time;
      numbers[row + HEARD] = time;
      numbers[row + RECEIPT] = Math.max(receivedAt ?? time, numbers[row + RECEIPT]!);
      if (!Number.isNaN(measured)) {
        numbers[row + VALUE] = measured;
        numbers[row + VALUE_AT] = time;
        if (series !== null && series.watches[ordinal] !== 0) series.note(ordinal, message);
      }
      counts.accepted++;
      if (time < watermark) counts.late++;
    } else other(i);
  }
}
