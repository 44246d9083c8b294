/** Ratings and replies; while they look ordered (the bomb flag of C03) nobody is shown them: 核查中. */
import { isOpen } from "../../../twin/alerts/episode.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { RatingsView } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

/** `forGuests`: nothing of what is under review. */
export function ratingsView(fold: CityFold, index: number, forGuests: boolean): RatingsView {
  const known = fold.duties.books.ratings.stateOf(index);
  const isUnderReview = looksOrdered(fold, index);
  const isHidden = isUnderReview && forGuests;
  const badStars = numbersOf(fold, "C03").badStars ?? 0;
  const all = known?.ratings ?? [];
  const waiting = all.filter(
    ({ stars, rating }) => stars <= badStars && known?.replies[rating] === undefined,
  );
  return {
    state: isUnderReview ? "under-review" : "shown",
    count: isHidden ? 0 : (known?.count ?? 0),
    mean:
      known === undefined || known.count === 0 || isHidden
        ? null
        : Math.round((known.stars / known.count) * 10) / 10,
    toReply: forGuests || isUnderReview ? 0 : waiting.length,
    items: (isHidden ? [] : all).map(({ rating, at, stars, text, ordered }) => {
      const reply = known?.replies[rating];
      return {
        rating,
        at: formatTime(at),
        stars,
        text,
        ordered,
        reply: reply === undefined ? null : { at: formatTime(reply.at), text: reply.text },
      };
    }),
  };
}

function looksOrdered(fold: CityFold, index: number): boolean {
  return Object.values(fold.kitchen(index).episodes).some(
    (episode) =>
      episode.code === "C03" && isOpen(episode) && episode.because.some(({ id }) => id === "bomb-flag"),
  );
}
