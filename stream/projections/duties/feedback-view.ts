/** Call-backs and questions: what the banner bureau has to look at (score below 80, P), what waits for an answer (3 wd, P). */
import type { City } from "../../../twin/city/city.ts";
import { workdayDeadline } from "../../../twin/kernel/calendar.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import { CITY_KEY } from "../../duties/duty.ts";
import type { FeedbackState } from "../../duties/feedback.ts";
import type { CityFold } from "../../fold.ts";
import type { FeedbackView } from "../../server/city-duty-answers.ts";

const ANSWER_WORKDAYS = 3;

/** `withCity`: also what belongs to no one kitchen. */
export function feedbackView(
  city: City,
  fold: CityFold,
  indices: readonly number[],
  withCity: boolean,
): FeedbackView {
  const all: { kitchen: string | null; state: FeedbackState }[] = [];
  for (const key of [...indices, ...(withCity ? [CITY_KEY] : [])]) {
    const state = fold.duties.books.feedback.stateOf(key);
    if (state !== undefined)
      all.push({ kitchen: typeof key === "number" ? city.kitchens[key]!.id : null, state });
  }
  const answers = all.reduce((sum, { state }) => sum + state.survey.count, 0);
  const points = all.reduce((sum, { state }) => sum + state.survey.sum, 0);
  return {
    answers,
    mean: answers === 0 ? null : Math.round((points / answers) * 10) / 10,
    reviews: all
      .flatMap(({ kitchen, state }) => state.low.map((low) => ({ ...low, kitchen })))
      .sort((a, b) => b.at - a.at)
      .map((low) => ({ ...low, at: formatTime(low.at) })),
    questions: all
      .flatMap(({ kitchen, state }) => questionsOf(kitchen, state, fold.now))
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)),
  };
}

function questionsOf(
  kitchen: string | null,
  { asked, answered }: FeedbackState,
  now: number,
): FeedbackView["questions"] {
  return Object.entries(asked).map(([question, askedAt]) => {
    const due = workdayDeadline(askedAt, ANSWER_WORKDAYS);
    const answeredAt = answered[question] ?? null;
    return {
      question,
      kitchen,
      askedAt: formatTime(askedAt),
      due: formatTime(due),
      answeredAt: answeredAt === null ? null : formatTime(answeredAt),
      state: answeredAt === null ? (due <= now ? "overdue" : "running") : answeredAt < due ? "done" : "late",
    };
  });
}
