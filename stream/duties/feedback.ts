/**
 * 满意度回访 and 线上咨询指导: how content people are with the system (DOMAIN #54–55), and questions that wait for an answer
 * (#51). Of a kitchen, or of the city where the event names none.
 */
import { defineDuty, kitchenOrCityKey, newest } from "./duty.ts";

export interface FeedbackState {
  survey: { count: number; sum: number };
  /** Answers below the bound, newest first. */
  low: { readonly answer: string; readonly at: number; readonly score: number }[];
  asked: Record<string, number>;
  answered: Record<string, number>;
}

/** An answer below this goes to the banner bureau (P). */
export const CONTENT_FROM_SCORE = 80;
const KEPT = 100;

export const feedback = defineDuty<FeedbackState>({
  name: "feedback",
  version: 1,
  events: ["warmcity.survey.answered", "warmcity.question.asked", "warmcity.question.answered"],
  initial: () => ({ survey: { count: 0, sum: 0 }, low: [], asked: {}, answered: {} }),
  keyOf: kitchenOrCityKey,
  fold(state, event) {
    switch (event.type) {
      case "warmcity.survey.answered": {
        const score = event.data.score ?? null;
        if (score === null) return;
        state.survey.count++;
        state.survey.sum += score;
        if (score >= CONTENT_FROM_SCORE) return;
        const answer = { answer: event.id, at: event.time, score };
        state.low = [answer, ...state.low].sort((a, b) => b.at - a.at).slice(0, KEPT);
        return;
      }
      case "warmcity.question.asked":
        state.asked = noted(state.asked, event.data.question, event.time);
        return;
      case "warmcity.question.answered":
        state.answered = noted(state.answered, event.data.question, event.time);
        return;
      default:
        return;
    }
  },
});

/** The first time that a question was asked, or answered. */
function noted(known: Record<string, number>, question: string, at: number): Record<string, number> {
  return newest({ ...known, [question]: Math.min(known[question] ?? at, at) }, KEPT, (time) => time);
}
