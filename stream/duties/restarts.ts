/** What a kitchen proves when it opens again after a closing: food looked through, rooms cleaned. */
import { defineDuty } from "./duty.ts";

export interface RestartState {
  /** When food in stock was last checked or thrown away, and the kitchen last cleaned, ms since epoch. */
  foodCheckedAt: number | null;
  cleanedAt: number | null;
}

export const restarts = defineDuty<RestartState>({
  name: "restarts",
  version: 1,
  events: ["warmcity.record.filed"],
  initial: () => ({ foodCheckedAt: null, cleanedAt: null }),
  fold(state, event) {
    if (event.type !== "warmcity.record.filed") return;
    const { kind } = event.data;
    if (kind === "food-check" || kind === "discard")
      state.foodCheckedAt = Math.max(state.foodCheckedAt ?? 0, event.time);
    if (kind === "cleaning") state.cleanedAt = Math.max(state.cleanedAt ?? 0, event.time);
  },
});
