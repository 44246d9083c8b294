/**
 * Inspections, visits of the cadre (包保), remote patrols and samplings: what was planned for a kitchen, and what was done.
 * A plan is done by an event that carries its duty, of whatever kind, before the plan or after it.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import { dayNamed } from "../rules/duty-day.ts";
import { defineDuty, newest } from "./duty.ts";

export const DUTY_KINDS = ["inspection", "visit", "patrol", "test"] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

export interface Plan {
  readonly kind: DutyKind;
  /** Shanghai day number. */
  readonly dueDay: number;
  /** A cadre or an office. */
  readonly assignee: string;
  readonly plannedAt: number;
}

export interface Done {
  readonly kind: DutyKind;
  readonly at: number;
  /** Points that were not in order; of a test: 1 = failed. */
  readonly faults: number;
}

export interface PlanState {
  planned: Record<string, Plan>;
  done: Record<string, Done>;
  /** What was done without a plan, by kind: how often, and the newest. */
  unplanned: Partial<Record<DutyKind, { readonly count: number; readonly at: number }>>;
}

/** Of a kitchen; a D-grade one has some ten a year. */
const PLANS_KEPT = 60;

const DONE_KINDS = {
  "warmcity.inspection.completed": "inspection",
  "warmcity.visit.completed": "visit",
  "warmcity.patrol.completed": "patrol",
  "warmcity.test.result": "test",
} as const;

export const plans = defineDuty<PlanState>({
  name: "plans",
  version: 1,
  events: [
    "warmcity.duty.planned",
    "warmcity.inspection.completed",
    "warmcity.visit.completed",
    "warmcity.patrol.completed",
    "warmcity.test.result",
  ],
  initial: () => ({ planned: {}, done: {}, unplanned: {} }),
  fold(state, event) {
    if (event.type === "warmcity.duty.planned") {
      const { duty, kind, due, assignee } = event.data;
      if (duty == null) return;
      const plan: Plan = { kind, dueDay: dayNamed(due), assignee, plannedAt: event.time };
      state.planned = newest({ ...state.planned, [duty]: plan }, PLANS_KEPT, ({ plannedAt }) => plannedAt);
      return;
    }
    const done = doneBy(event);
    if (done === null) return;
    const { duty, ...what } = done;
    if (duty === null) {
      const known = state.unplanned[what.kind];
      state.unplanned[what.kind] = {
        count: (known?.count ?? 0) + 1,
        at: Math.max(known?.at ?? what.at, what.at),
      };
    } else if (state.done[duty] === undefined) {
      state.done = newest({ ...state.done, [duty]: what }, PLANS_KEPT, ({ at }) => at);
    }
  },
});

function doneBy(event: CityEvent): (Done & { readonly duty: string | null }) | null {
  switch (event.type) {
    case "warmcity.inspection.completed":
    case "warmcity.visit.completed":
    case "warmcity.patrol.completed": {
      const faults = (event.data.findings ?? []).filter(({ ok }) => !ok).length;
      return { kind: DONE_KINDS[event.type], at: event.time, faults, duty: event.data.duty ?? null };
    }
    case "warmcity.test.result": {
      const duty = event.data.duty ?? null;
      return duty === null ? null : { kind: "test", at: event.time, faults: event.data.passed ? 0 : 1, duty };
    }
    default:
      return null;
  }
}
