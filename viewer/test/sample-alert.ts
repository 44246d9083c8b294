/** An open alert for tests; say only what matters. */
import type { Alert } from "../live/wire-types.ts";

export function sampleAlert(id: string, change: Partial<Alert> = {}): Alert {
  return {
    alert: id,
    case: `C-${id}`,
    code: "T01",
    level: "L3",
    kitchen: "K-00001",
    asset: null,
    state: "firing",
    raisedAt: "2026-06-01T12:00:00.000+08:00",
    levelAt: "2026-06-01T12:00:00.000+08:00",
    resolvedAt: null,
    reason: null,
    lead: false,
    retro: false,
    delayed: false,
    exercise: false,
    title: { zh: "冷藏超温", en: "Fridge too warm" },
    value: null,
    rule: "T01@1",
    policy: "ordos-2026@1",
    legalBasis: [],
    because: [],
    parent: null,
    suppressedBy: null,
    ...change,
  };
}
