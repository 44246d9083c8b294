/** The count of a ballot: by choice, most votes first; of those who voted only the number. */
import { formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { BallotView } from "../../server/city-duty-answers.ts";

export function ballotView(fold: CityFold, ballot: string): BallotView | null {
  const state = fold.duties.books.ballots.stateOf(ballot);
  if (state === undefined) return null;
  const choices = Object.entries(state.votes)
    .map(([choice, votes]) => ({ choice, votes }))
    .sort((a, b) => b.votes - a.votes || (a.choice < b.choice ? -1 : 1));
  const most = choices[0]?.votes ?? 0;
  return {
    ballot,
    firstAt: formatTime(state.firstAt ?? fold.now),
    lastAt: formatTime(state.lastAt ?? fold.now),
    voters: Object.keys(state.voters).length,
    void: state.void,
    leading: choices.filter(({ votes }) => votes === most).map(({ choice }) => choice),
    choices,
  };
}
