import { describe, expect, it } from "vitest";
import { hasUnit, unitFault } from "./parameter-unit.ts";

describe("the unit in a parameter's name", () => {
  it.each([
    ["holdMs", 0, -1],
    ["holdMs", 60_000, 1.5],
    ["limitC", -90, -91],
    ["limitC", 400, Number.NaN],
    ["deadbandK", 0, -0.1],
    ["darkShare", 1, 1.01],
    ["hitConfidence", 0.8, 80],
    ["warnLel", 100, 101],
    ["repeatsCount", 1, 0],
    ["warnWorkdays", 15, 1.5],
    ["remindDays", 0, -3],
    ["limitPercent", 27, 270],
  ])("lets %s be %s, not %s", (name, good, bad) => {
    expect(unitFault(name, good)).toBeNull();
    expect(unitFault(name, bad)).toMatch(/^is .*; expected /);
  });

  it("takes no text for a number", () => {
    expect(unitFault("holdMs", "60000")).toBe('is "60000"; expected whole milliseconds from 0');
    expect(unitFault("holdMs", null)).toBe("is no number; expected whole milliseconds from 0");
  });

  it("does not know names without one", () => {
    expect(hasUnit("warnWorkdays")).toBe(true);
    expect(hasUnit("hold")).toBe(false);
    expect(hasUnit("limit")).toBe(false);
  });
});
