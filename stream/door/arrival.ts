/** How a message came, and where what it brings is sorted to. */
import type { Sorting } from "./admission.ts";
import type { Receipt } from "./receipt.ts";

export interface Arrival {
  readonly bounds: Receipt;
  /** Received just now: `receivedtime` is written by us. Otherwise the event's text stays as it is. */
  readonly live: boolean;
  /** Index of the only kitchen that the way of arrival may speak for; -1 = any. */
  readonly kitchen: number;
  /** The device that speaks where a pack names none. */
  readonly device: string | null;
}

/** One event of a message, on its way in. */
export interface Piece {
  readonly arrival: Arrival;
  /** Place in its batch, from 0. */
  readonly index: number;
  readonly sorting: Sorting;
}
