/** What the simulator hands out: events and columns, each with the moment at which it arrives. */
import type { InputData } from "../twin/events/catalogue.ts";
import type { Columns } from "../twin/events/columns.ts";
import type { EventType } from "../twin/events/event.ts";

/** A CloudEvent as it goes on the wire, but for `datacontenttype` and `receivedtime`. */
export interface SimulatedEvent<T extends EventType = EventType> {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: T;
  /** Kitchen id; absent for city-wide events. */
  readonly subject?: string;
  /** Event time, RFC 3339 in +08:00. */
  readonly time: string;
  readonly bootid?: string;
  readonly sequence?: number;
  readonly data: InputData<T>;
}

/** `receivedAt`: ms since epoch. */
export type Arrival =
  | { readonly kind: "event"; readonly receivedAt: number; readonly event: SimulatedEvent }
  | {
      readonly kind: "columns";
      readonly receivedAt: number;
      readonly source: string;
      readonly id: string;
      /** Arrays may be shared between messages: read, never write or transfer them. */
      readonly columns: Columns;
    };
