/** What the components of the desk share, beside what every page shares (`page-state.ts`). */
import { createContextId, type NoSerialize, type Signal } from "@builder.io/qwik";
import type { BulkState } from "./live/bulk-send.ts";
import { ALL, type DeskFilter } from "./live/desk-filter.ts";
import type { DeskSession } from "./live/desk-session.ts";

export const TABS = ["cases", "red", "black"] as const;
export type DeskTab = (typeof TABS)[number];

export interface DeskState {
  tab: DeskTab;
  filter: DeskFilter;
  /** Id of the case whose card is open. */
  opened: string | null;
  /** Place of the cursor in the list; -1 = nowhere. */
  cursor: number;
  /** Event time to the second, ms since epoch: rows count down by it. NaN = not known yet. */
  now: number;
  /** Grows when the list has to be drawn anew. */
  version: number;
  /** Grows when the list is to be listed anew. */
  listings: number;
  /** What waits to be sent to many, or was. */
  bulk: BulkState | null;
}

export function firstDeskState(): DeskState {
  return {
    tab: "cases",
    filter: ALL,
    opened: null,
    cursor: -1,
    now: Number.NaN,
    version: 0,
    listings: 0,
    bulk: null,
  };
}

export const DeskContext = createContextId<DeskState>("desk");
export const DeskSessionContext = createContextId<Signal<NoSerialize<DeskSession>>>("desk-session");
