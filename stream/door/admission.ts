/** What the door hands on: admitted events, refused ones with reasons, and how many there were. */
import type { Columns } from "../../twin/events/columns.ts";
import type { EventOf, EventType } from "../../twin/events/event.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { excerpt } from "./body.ts";

/** An accepted event before the log has given it a position. */
export type UnplacedEvent = { [T in EventType]: Omit<EventOf<T>, "position"> }[EventType];

export type Admitted =
  | {
      readonly kind: "event";
      /** Place in the batch it came in, from 0. */
      readonly index: number;
      readonly event: UnplacedEvent;
      /** The CloudEvent as the log keeps it: as it came, with `receivedtime` set. `Door.line` reads it back alike. */
      readonly json: string;
    }
  | {
      readonly kind: "columns";
      readonly index: number;
      readonly source: string;
      readonly id: string;
      /** ms since epoch; `null` = not known (files without `receivedtime`). */
      readonly receivedAt: number | null;
      readonly exercise: boolean;
      readonly columns: Columns;
      /** The binary message as it came, where the log can keep it so: all entries good, devices as ordinals, attributes within. */
      readonly encoded: Uint8Array | null;
    };

export interface Refused {
  readonly index: number;
  /** At least one; the first is the one shown where there is room for one. */
  readonly faults: readonly Fault[];
  /** What was refused, cut to 4 kB. */
  readonly payload: string;
  /** How many events this stands for: more than 1 only where one columns message had very many bad entries. */
  readonly events: number;
}

/**
 * What one message brought. Counting: an event is one; a columns message is as many as it has entries (one reading or
 * heartbeat each), or one if it cannot be told apart into entries; a SenML pack likewise by records. So
 * `received` = events and entries in `admitted` + the `events` of `refused`, always.
 */
export interface Intake {
  readonly received: number;
  readonly admitted: readonly Admitted[];
  readonly refused: readonly Refused[];
  /** Why the message as a whole could not be read, where the medium has its own word for it (HTTP 413, 415). */
  readonly unreadable: "media-type" | "size" | null;
}

const PAYLOAD_CHARACTERS_MAX = 4_096;

/** Number of events that an admitted item counts for. */
export function eventsIn(item: Admitted): number {
  return item.kind === "event" ? 1 : item.columns.value.length;
}

/** Gathers what one message brings. */
export class Sorting {
  readonly admitted: Admitted[] = [];
  readonly refused: Refused[] = [];
  #received = 0;

  admit(item: Admitted): void {
    this.admitted.push(item);
    this.#received += eventsIn(item);
  }

  refuse(index: number, faults: readonly Fault[], payload: string | Uint8Array, events = 1): void {
    this.refused.push({ index, faults, payload: excerpt(payload, PAYLOAD_CHARACTERS_MAX), events });
    this.#received += events;
  }

  /** Refuses if there are faults; otherwise whatever was to be admitted has been. */
  settle(index: number, faults: readonly Fault[], payload: string | Uint8Array): void {
    if (faults.length > 0) this.refuse(index, faults, payload);
  }

  intake(unreadable: Intake["unreadable"] = null): Intake {
    return { received: this.#received, admitted: this.admitted, refused: this.refused, unreadable };
  }
}
