/** 包材封签“全受控”: how many seals a kitchen had when it last counted, and how many orders it has sealed since. */
import { shanghaiDay } from "../../twin/kernel/time.ts";
import { defineDuty } from "./duty.ts";

export interface SealState {
  counted: { readonly at: number; readonly left: number } | null;
  /** The newest record of new stock (`seal-stock`), ms since epoch. */
  stockedAt: number | null;
  /** Orders sealed by Shanghai day, the newest days. */
  sealed: Record<string, number>;
  /** Orders sealed since the count. */
  sinceCount: number;
}

const DAYS_KEPT = 8;

export const sealStock = defineDuty<SealState>({
  name: "seal-stock",
  version: 1,
  events: ["warmcity.seals.counted", "warmcity.record.filed", "warmcity.order.sealed"],
  initial: () => ({ counted: null, stockedAt: null, sealed: {}, sinceCount: 0 }),
  fold(state, event) {
    switch (event.type) {
      case "warmcity.seals.counted":
        if ((state.counted?.at ?? 0) > event.time) return;
        state.counted = { at: event.time, left: event.data.left };
        state.sinceCount = 0;
        return;
      case "warmcity.record.filed":
        if (event.data.kind === "seal-stock") state.stockedAt = Math.max(state.stockedAt ?? 0, event.time);
        return;
      case "warmcity.order.sealed": {
        const day = shanghaiDay(event.time);
        state.sealed[day] = (state.sealed[day] ?? 0) + 1;
        if (state.counted !== null && event.time >= state.counted.at) state.sinceCount++;
        for (const past of Object.keys(state.sealed))
          if (Number(past) <= day - DAYS_KEPT) delete state.sealed[past];
        return;
      }
      default:
        return;
    }
  },
});
