/** What arrived, taken apart into single entries and events: how tests look at a simulation. */
import type { City } from "../twin/city/city.ts";
import type { EventType } from "../twin/events/event.ts";
import { parseTime } from "../twin/kernel/time.ts";
import type { Arrival, SimulatedEvent } from "./arrival.ts";

/** One entry of a columns message. */
export interface HeardEntry {
  readonly device: string;
  readonly boot: string | null;
  readonly sequence: number;
  /** Event time, ms since epoch. */
  readonly time: number;
  /** NaN = heartbeat. */
  readonly value: number;
  readonly receivedAt: number;
  readonly source: string;
}

export interface HeardEvent<T extends EventType = EventType> {
  readonly event: SimulatedEvent<T>;
  readonly time: number;
  readonly receivedAt: number;
}

export interface Heard {
  readonly entries: HeardEntry[];
  readonly events: HeardEvent[];
}

export function hear(city: City, arrivals: Iterable<Arrival>): Heard {
  const heard: Heard = { entries: [], events: [] };
  for (const arrival of arrivals) {
    const { receivedAt } = arrival;
    if (arrival.kind === "event") {
      heard.events.push({ event: arrival.event, time: parseTime(arrival.event.time), receivedAt });
      continue;
    }
    const { base, devices, boots, device, sequence, dtMs, value } = arrival.columns;
    device.forEach((index, i) => {
      heard.entries.push({
        device: city.devices[devices[index]!]!.id,
        boot: boots?.[index] ?? null,
        sequence: sequence[i]!,
        time: base + dtMs[i]!,
        value: value[i]!,
        receivedAt,
        source: arrival.source,
      });
    });
  }
  return heard;
}

/** The events of a type, in order of arrival. */
export function heardOf<T extends EventType>(heard: Heard, type: T): HeardEvent<T>[] {
  return heard.events.filter((one): one is HeardEvent<T> => one.event.type === type);
}
