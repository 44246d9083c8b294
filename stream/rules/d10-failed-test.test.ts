import { describe, expect, it } from "vitest";
import { failedTest } from "./d10-failed-test.ts";
import { RuleTrial } from "./rule-trial.ts";

const unit = () => new RuleTrial(failedTest, { begins: "00:00" });
function result(
  to: RuleTrial,
  more: {
    hazard?: "pathogen" | "additive" | "other";
    passed?: boolean;
    accredited?: boolean;
    by?: string;
    lot?: string;
  } = {},
) {
  const { hazard, passed = false, accredited = true, by = "/labs/ordos-food", lot } = more;
  const data = {
    report: "R-7",
    product: "凉皮",
    accredited,
    passed,
    ...(hazard === undefined ? {} : { hazard }),
    ...(lot === undefined ? {} : { lot }),
  };
  return to.says("warmcity.test.result", "10:00", data, { by });
}

describe("D10 failed test", () => {
  it.each([
    [undefined, "L2"],
    ["other", "L2"],
    ["pathogen", "L1"],
    ["additive", "L1"],
  ] as const)("rings for an accredited report of hazard %s at %s", (hazard, level) => {
    expect(result(unit(), hazard === undefined ? {} : { hazard }).run("12:00")).toEqual([
      `10:00:00 raised ${level} report:R-7`,
    ]);
  });

  it("is about the lot where one is known", () => {
    expect(result(unit(), { lot: "L1" }).run("12:00")).toEqual(["10:00:00 raised L2 lot:凉皮/L1"]);
  });

  it("says nothing of a pass, of a quick test, of a laboratory without accreditation", () => {
    expect(result(unit(), { passed: true }).outputs("12:00")).toEqual([]);
    expect(
      result(unit(), { accredited: false, by: "/kitchens/K", hazard: "pathogen" }).outputs("12:00"),
    ).toEqual([]);
    expect(result(unit(), { accredited: true, by: "/kitchens/K" }).outputs("12:00")).toEqual([]);
    expect(result(unit(), { accredited: false }).outputs("12:00")).toEqual([]);
  });

  it("reaches a unit that is closed today, and is ended by people alone", () => {
    const closed = result(unit().says("warmcity.kitchen.declared", "08:00", { state: "closed" }));
    const trial = result(closed, { passed: true });
    expect(trial.run("03-20 12:00")).toEqual(["10:00:00 raised L2 report:R-7"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    for (const seed of [1, 2, 3]) {
      expect(result(unit()).run("12:00", { shuffled: seed })).toEqual(["10:00:00 raised L2 report:R-7"]);
    }
  });
});
