import { describe, expect, it } from "vitest";
import { LEVELS } from "../../twin/alerts/level.ts";
import { parseDate } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import { PolicyInForce } from "../policy-in-force.ts";
import { RULES } from "./catalogue.ts";
import { RuleTrial } from "./rule-trial.ts";

describe("the catalogue of kitchen rules", () => {
  it("holds each code once", () => {
    const codes = RULES.map((rule) => rule.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(RULES.map((rule) => [rule.code, rule] as const))(
    "%s says what it is and on what ground",
    (code, rule) => {
      expect(code).toMatch(/^[A-Z]\d\d$/);
      expect(LEVELS).toContain(rule.level);
      expect(parseDate(rule.validFrom)).not.toBeNaN();
      expect(rule.title.zh).toMatch(/\p{Script=Han}/u);
      expect(rule.title.en).not.toBe("");
      expect(rule.legalBasis.length).toBeGreaterThan(0);
      expect(rule.events.length + rule.findings.length).toBeGreaterThan(0);
      expect((rule.records ?? []).length > 0).toBe(rule.autoClose === "condition+record");
    },
  );

  it.each(RULES.map((rule) => [rule.code, rule] as const))(
    "%s keeps its state as plain JSON and says nothing of nothing",
    (code, rule) => {
      const state = rule.initial();
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      expect(rule.initial()).not.toBe(state);
      expect(new RuleTrial(rule, { begins: "00:00" }).run("23:00")).toEqual([]);
      expect(code).toBe(rule.code);
    },
  );

  it("watches each limit for a rule that folds what is held and cleared, and each kind of device once", () => {
    const { limits } = new PolicyInForce(DEFAULT_POLICIES, RULES);
    for (const limit of limits) {
      const rule = RULES.find(({ code }) => code === limit.code);
      expect(rule?.findings).toEqual(expect.arrayContaining(["held", "cleared"]));
    }
    const kinds = limits.flatMap((limit) => limit.kinds);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
