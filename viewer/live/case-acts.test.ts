import { describe, expect, it } from "vitest";
import { caseStates, edgesOf } from "../../twin/case.machine.ts";
import type { CaseState } from "../../twin/events/output-events.ts";
import { CASE_COMMANDS, ROLES } from "../../twin/events/public-events.ts";
import { sampleCase } from "../test/sample-case.ts";
import { actsOf, BUSINESS, CASE_ROLES, formOf, rolesOf } from "./case-acts.ts";
import type { Session } from "./wire-types.ts";

const STATES = Object.keys(caseStates).filter((state): state is CaseState => state in caseStates);

describe("what is whose business", () => {
  it("is what the case machine says, over all states of a case", () => {
    for (const command of CASE_COMMANDS) {
      const permitted = STATES.flatMap((state) => edgesOf(state, command)).flatMap(({ guard }) =>
        guard?.type === "may" ? guard.params.by : [],
      );
      expect([...BUSINESS[command]].sort(), command).toEqual([...new Set(permitted)].sort());
    }
    expect(CASE_ROLES).toEqual(ROLES);
  });

  it("needs a reason or evidence wherever the machine needs one", () => {
    for (const command of CASE_COMMANDS) {
      const needs = STATES.flatMap((state) => edgesOf(state, command)).flatMap(({ guard }) =>
        guard?.type === "may" ? guard.params.needs : [],
      );
      if (needs.includes("reason")) expect(formOf(command).reason, command).toBe("needed");
      if (needs.includes("evidence")) expect(formOf(command).evidence, command).toBe("needed");
      if (needs.includes("two-inspectors")) expect(formOf(command).inspectors, command).toBe(true);
      if (needs.includes("spares")) expect(formOf(command).decision, command).toBe(true);
    }
  });
});

describe("what a person may do", () => {
  const dispatched = sampleCase({
    allowed: ["acknowledge", "dispute", "audit", "file", "assign", "comment"],
  });

  it("is of what is allowed only what is the role's business", () => {
    expect(actsOf(dispatched, "O")).toEqual(["acknowledge", "dispute", "comment"]);
    expect(actsOf(dispatched, "S")).toEqual(["audit", "assign", "comment"]);
    expect(actsOf(dispatched, "B")).toEqual(["comment"]);
  });

  it("leaves what an operator has to put right to nobody else, and an area's case to its owner", () => {
    expect(actsOf(dispatched, "C")).not.toContain("acknowledge");
    const ofArea = sampleCase({ kitchen: null, owner: "C", allowed: ["acknowledge"] });
    expect(actsOf(ofArea, "C")).toEqual(["acknowledge"]);
    expect(actsOf(ofArea, "O")).toEqual([]);
  });

  it("lets the health authority review what is its own", () => {
    const allowed = ["review-confirm"] as const;
    expect(actsOf(sampleCase({ code: "C02", allowed }), "H")).toEqual(["review-confirm"]);
    expect(actsOf(sampleCase({ code: "P07", allowed }), "H")).toEqual([]);
  });

  it("is done in one's own role; who runs the machine chooses, beginning with whose turn it is", () => {
    const someone = (role: Session["role"]): Session => ({ id: "x", role, area: "city", kitchens: null });
    expect(rolesOf(someone("S"), dispatched)).toEqual(["S"]);
    expect(rolesOf(someone("admin"), sampleCase({ owner: "S", allowed: ["audit", "acknowledge"] }))[0]).toBe(
      "S",
    );
    expect(rolesOf(someone("admin"), sampleCase({ allowed: [] }))).toEqual([]);
    expect(rolesOf(null, dispatched)).toEqual([]);
  });
});
