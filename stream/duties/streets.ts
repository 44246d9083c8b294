/** 示范街区: how many people a demonstration street counted, and which of its displays are alive. */
import { defineDuty } from "./duty.ts";

export interface StreetState {
  counted: { readonly at: number; readonly people: number } | null;
  /** Display -> its newest heartbeat, ms since epoch. */
  displays: Record<string, number>;
}

export const streets = defineDuty<StreetState>({
  name: "streets",
  version: 1,
  events: ["warmcity.street.counted", "warmcity.display.heartbeat"],
  initial: () => ({ counted: null, displays: {} }),
  keyOf(event) {
    if (event.type === "warmcity.street.counted" || event.type === "warmcity.display.heartbeat")
      return event.data.street;
    return null;
  },
  fold(state, event) {
    if (event.type === "warmcity.street.counted") {
      const { people } = event.data;
      if (people != null && (state.counted?.at ?? 0) <= event.time)
        state.counted = { at: event.time, people };
    } else if (event.type === "warmcity.display.heartbeat") {
      const { display } = event.data;
      state.displays[display] = Math.max(state.displays[display] ?? 0, event.time);
    }
  },
});
