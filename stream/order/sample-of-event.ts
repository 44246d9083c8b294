/** A device's event as the order takes it: like a reading, with the event on it. */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Sample } from "./sample.ts";

/** `sequence` is below 0 where the device gives none, or no boot to count it in. */
export function sampleOfEvent(event: CityEvent, late: boolean): Sample {
  const hasSequence = event.sequence !== null && event.boot !== null;
  return {
    device: event.device,
    time: event.time,
    value: event.type === "warmcity.reading" ? event.data.value : Number.NaN,
    sequence: hasSequence ? (event.sequence ?? -1) : -1,
    boot: event.boot ?? "",
    receivedAt: event.receivedAt,
    position: event.position,
    exercise: event.exercise,
    late,
    event,
  };
}
