/** 大型聚餐流动餐馆 and 流动餐车: banquets as they were filed, and where a mobile unit was seen last. */
import { parseTime } from "../../twin/kernel/time.ts";
import { defineDuty, newest } from "./duty.ts";

export interface Banquet {
  readonly heads: number;
  /** Reported to the township. */
  readonly filed: boolean;
  readonly place: { readonly lon: number; readonly lat: number };
  readonly radiusM: number | null;
  /** ms since epoch. */
  readonly from: number | null;
  readonly to: number | null;
  readonly at: number;
}

export interface MobileState {
  banquets: Record<string, Banquet>;
  position: { readonly lon: number; readonly lat: number; readonly at: number } | null;
}

const KEPT = 40;

export const mobileUnits = defineDuty<MobileState>({
  name: "mobile-units",
  version: 1,
  events: ["warmcity.banquet.filed", "warmcity.banquet.changed", "warmcity.position"],
  initial: () => ({ banquets: {}, position: null }),
  fold(state, event) {
    switch (event.type) {
      case "warmcity.banquet.filed":
      case "warmcity.banquet.changed": {
        const { banquet, heads, filed, place, radiusM, from, to } = event.data;
        if ((state.banquets[banquet]?.at ?? 0) > event.time) return;
        const said: Banquet = {
          heads,
          filed,
          place: { lon: place.lon, lat: place.lat },
          radiusM: radiusM ?? null,
          from: from == null ? null : parseTime(from),
          to: to == null ? null : parseTime(to),
          at: event.time,
        };
        state.banquets = newest({ ...state.banquets, [banquet]: said }, KEPT, ({ at }) => at);
        return;
      }
      case "warmcity.position":
        if ((state.position?.at ?? 0) > event.time) return;
        state.position = { lon: event.data.lon, lat: event.data.lat, at: event.time };
        return;
      default:
        return;
    }
  },
});
