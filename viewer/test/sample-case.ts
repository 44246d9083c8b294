/** A dispatched case for tests; say only what matters. */
import type { CaseView } from "../live/wire-types.ts";

export function sampleCase(change: Partial<CaseView> = {}): CaseView {
  return {
    case: "C-1",
    kitchen: "K-00001",
    code: "T01",
    policy: "ordos-2026@1",
    asset: null,
    level: "L3",
    state: "dispatched",
    openedAt: "2026-06-01T12:00:00.000+08:00",
    changedAt: "2026-06-01T12:00:00.000+08:00",
    due: null,
    dueProvisional: false,
    owner: "O",
    alerts: [],
    allowed: ["acknowledge", "comment"],
    lead: false,
    exercise: false,
    clocks: [],
    hold: { until: null, reason: "open" },
    steps: [],
    ...change,
  };
}
