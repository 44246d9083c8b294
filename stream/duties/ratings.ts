/** 餐饮食品安全评价: what guests rated by platforms, and what the kitchen replied. Nothing of the account is kept. */
import { defineDuty } from "./duty.ts";

export interface Rating {
  readonly rating: string;
  readonly at: number;
  readonly stars: number;
  readonly text: string;
  /** Tied to an order. */
  readonly ordered: boolean;
}

export interface RatingState {
  /** Newest first. */
  ratings: Rating[];
  /** Rating -> the reply that stands. */
  replies: Record<string, { readonly at: number; readonly text: string }>;
  /** Of all ever posted. */
  count: number;
  stars: number;
}

const KEPT = 20;
const TEXT_MAX = 200;

export const ratings = defineDuty<RatingState>({
  name: "ratings",
  version: 2,
  events: ["warmcity.rating.posted", "warmcity.rating.replied"],
  initial: () => ({ ratings: [], replies: {}, count: 0, stars: 0 }),
  fold(state, event) {
    if (event.type === "warmcity.rating.posted") {
      const { stars, text, orderVerified } = event.data;
      state.count++;
      state.stars += stars;
      const rating = {
        rating: event.id,
        at: event.time,
        stars,
        text: text.slice(0, TEXT_MAX),
        ordered: orderVerified,
      };
      state.ratings = [rating, ...state.ratings].sort((a, b) => b.at - a.at).slice(0, KEPT);
      return;
    }
    if (event.type !== "warmcity.rating.replied") return;
    const { rating, text } = event.data;
    const kept = Object.entries(state.replies).slice(1 - KEPT);
    state.replies = {
      ...Object.fromEntries(kept),
      [rating]: { at: event.time, text: text.slice(0, TEXT_MAX) },
    };
  },
});
