/**
 * The simulator as a source: what it hands out goes through the door as bytes, like everything else. It gets no way in
 * that a gateway has not, and the processor cannot tell the two apart.
 */
import type { Arrival, Simulation } from "../../simulator/simulation.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { Intake } from "../door/admission.ts";
import type { ColumnsCodec } from "../door/columns-binary.ts";
import type { Door } from "../door/door.ts";
import { COLUMNS, STRUCTURED } from "../door/media-type.ts";
import type { Processor } from "../processor.ts";

export class SimulatorSource {
  readonly #simulation: Simulation;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #processor: Processor;
  /** Messages that the door refused; the reasons are in the dead letters. */
  refused = 0;

  constructor(parts: { simulation: Simulation; door: Door; codec: ColumnsCodec; processor: Processor }) {
    this.#simulation = parts.simulation;
    this.#door = parts.door;
    this.#codec = parts.codec;
    this.#processor = parts.processor;
  }

  /** Feeds everything that arrives before `until`, event time in ms. What it took is durable at the next commit. */
  feed(until: number): void {
    for (const arrival of this.#simulation.advance(until)) {
      const intake = enter(arrival, this.#door, this.#codec);
      this.refused += intake.refused.length;
      this.#processor.take(intake, arrival.receivedAt);
    }
    this.#simulation.truth();
  }
}

/** An arrival as the door sees it: bytes with a media type. */
export function enter(arrival: Arrival, door: Door, codec: ColumnsCodec): Intake {
  if (arrival.kind === "event") {
    return door.cloudEvents(JSON.stringify(arrival.event), STRUCTURED, {}, arrival.receivedAt);
  }
  const attributes = {
    specversion: "1.0",
    id: arrival.id,
    source: arrival.source,
    type: "warmcity.readings",
    time: formatTime(arrival.columns.base),
  };
  const bytes = codec.encode(arrival.columns, attributes, "ordinals");
  return door.cloudEvents(bytes, COLUMNS, {}, arrival.receivedAt);
}
