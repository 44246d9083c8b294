/** The feeds from outside, those that are late first. */
import { formatTime } from "../../../twin/kernel/time.ts";
import { dutyNumbersOf } from "../../../twin/policy/duty-numbers.ts";
import type { CityFold } from "../../fold.ts";
import type { FeedView } from "../../server/city-duty-answers.ts";

export function feedViews(fold: CityFold): FeedView[] {
  const { feedLateMs } = dutyNumbersOf(fold.policies.at(fold.now).pack);
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
        late: fold.now - last >= feedLateMs,
      };
    })
    .sort((a, b) => Number(b.late) - Number(a.late) || (a.feed < b.feed ? -1 : 1));
}
