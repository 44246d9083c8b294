/**
 * 投诉举报处理: complaints and tip-offs of a kitchen, or of none that is known yet, with the steps that were taken, and the decisions that rewards are
 * reckoned from (举报奖励, R43). The person is a pseudonym and never goes to the unit (DOMAIN R41).
 */
import type { EventOf } from "../../twin/events/event.ts";
import { isRewardLevel, type RewardedDecision } from "../../twin/reward.ts";
import { defineDuty, kitchenOrCityKey, newest } from "./duty.ts";

export type ComplaintStep = EventOf<"warmcity.complaint.handled">["data"]["step"];

export interface Complaint {
  readonly kind: "complaint" | "tip-off" | "mixed";
  readonly topic: string | null;
  readonly person: string;
  readonly named: boolean;
  readonly filedAt: number;
}

export interface ComplaintState {
  filed: Record<string, Complaint>;
  /** Complaint -> step -> when it was first taken, ms since epoch. */
  steps: Record<string, Partial<Record<ComplaintStep, number>>>;
  /** Case -> the newest decision on it, as commanded. */
  decisions: Record<string, RewardedDecision & { readonly at: number }>;
}

const KEPT = 200;

export const complaints = defineDuty<ComplaintState>({
  name: "complaints",
  version: 2,
  events: ["warmcity.complaint.filed", "warmcity.complaint.handled", "warmcity.case.command"],
  initial: () => ({ filed: {}, steps: {}, decisions: {} }),
  keyOf: kitchenOrCityKey,
  fold(state, event) {
    switch (event.type) {
      case "warmcity.complaint.filed": {
        const { complaint, kind, topic, person, named } = event.data;
        if (state.filed[complaint] !== undefined) return;
        const filed = { kind, topic: topic ?? null, person, named: named ?? false, filedAt: event.time };
        state.filed = newest({ ...state.filed, [complaint]: filed }, KEPT, ({ filedAt }) => filedAt);
        return;
      }
      case "warmcity.complaint.handled": {
        const { complaint, step } = event.data;
        const steps = { ...state.steps[complaint] };
        steps[step] = Math.min(steps[step] ?? event.time, event.time);
        state.steps = newest({ ...state.steps, [complaint]: steps }, KEPT, newestOf);
        return;
      }
      case "warmcity.case.command": {
        const { case: id, command, decision } = event.data;
        if (command !== "decide" || decision == null) return;
        const level = isRewardLevel(decision.rewardLevel) ? decision.rewardLevel : null;
        const decided = { kind: decision.kind, fine: decision.fine ?? null, level, at: event.time };
        state.decisions = newest({ ...state.decisions, [id]: decided }, KEPT, ({ at }) => at);
        return;
      }
      default:
        return;
    }
  },
});

function newestOf(steps: Partial<Record<ComplaintStep, number>>): number {
  return Math.max(...Object.values(steps));
}
