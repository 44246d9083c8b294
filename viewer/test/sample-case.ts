/** A dispatched case for tests; say only what matters. */
import type { CaseView } from "../live/wire-types.ts";

export function sampleCase(change: Partial<CaseView> = {}): CaseView {
  return {
    case: "C-1",
    kitchen: "K-00001",
    code: "T01",
    level: "L3",
    state: "dispatched",
    due: null,
    owner: "O",
    alerts: [],
    allowed: ["acknowledge", "comment"],
    steps: [],
    ...change,
  };
}
