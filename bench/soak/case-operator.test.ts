import { describe, expect, it } from "vitest";
import { edgesOf } from "../../twin/case.machine.ts";
import { CASE_STATES } from "../../twin/events/output-events.ts";
import { nextAct } from "./case-operator.ts";

const OVER = [
  "new",
  "escalated",
  "suppressed",
  "merged",
  "false",
  "closed",
  "transferred",
  "appealed",
  "reopened",
];

describe("what the operator does next", () => {
  it("is something that the case machine takes in that state, and nothing once it is nobody's turn", () => {
    for (const state of CASE_STATES) {
      const act = nextAct({ state, owner: "S", kitchen: "K-00001" });
      if (act === null) expect(OVER).toContain(state);
      else expect(edgesOf(state, act.command).length).toBeGreaterThan(0);
    }
  });

  it("is the city bureau's where no kitchen is concerned", () => {
    const of = (kitchen: string | null) => nextAct({ state: "confirmed", owner: "OPS", kitchen });
    expect([of("K-00001")?.role, of(null)?.role]).toEqual(["S", "C"]);
  });
});
