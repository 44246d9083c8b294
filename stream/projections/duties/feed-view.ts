/** The feeds from outside, those that are late first. */
import { DAY_MS, formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { FeedView } from "../../server/city-duty-answers.ts";

/** Silent for so long a feed is late (P): platforms and departments speak every day. */
const LATE_MS = DAY_MS;

export function feedViews(fold: CityFold): FeedView[] {
  const book = fold.duties.books.feeds;
  return [...book.keys]
    .map((feed): FeedView => {
      const state = book.stateOf(feed);
      const last = state?.lastAt ?? fold.now;
      return {
        feed,
        events: state?.events ?? 0,
        firstAt: formatTime(state?.firstAt ?? last),
        lastAt: formatTime(last),
        late: fold.now - last >= LATE_MS,
      };
    })
    .sort((a, b) => Number(b.late) - Number(a.late) || (a.feed < b.feed ? -1 : 1));
}
