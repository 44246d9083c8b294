import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rules/rule-trial.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";

const FRIDGE = "K/fridge-1";

/** A fridge too warm on 2 March, and again on 11 March, 9 days after that was over. */
function twice(until: string) {
  return new RuleTrial(fridgeHigh, {
    devices: [{ id: FRIDGE, kind: "fridge-temperature", reportEveryMs: 60_000 }],
  })
    .readsOn(FRIDGE, "10:00", until, 9)
    .readsOn(FRIDGE, "13:00", "13:40", 4)
    .readsOn(FRIDGE, "03-11 14:00", "03-11 14:40", 9)
    .alerts("03-11 14:40");
}

describe("the case of a new episode", () => {
  it("is a new one when the first was closed more than 7 days before", () => {
    const [first, second] = twice("10:40");
    expect([first?.level, second?.level]).toEqual(["L3", "L3"]);
    expect(second?.case).not.toBe(first?.case);
  });

  it("is the first one while that is open, however long: one open case per key", () => {
    const [first, second] = twice("12:30");
    expect([first?.level, first?.state, second?.level]).toEqual(["L2", "resolved", "L3"]);
    expect(second?.alert).not.toBe(first?.alert);
    expect(second?.case).toBe(first?.case);
  });
});
