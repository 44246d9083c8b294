import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rules/rule-trial.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";

const FRIDGE = "K/fridge-1";

/** A fridge too warm all day, and words about the kitchen that come in time or late. */
function trial(): RuleTrial {
  const devices = [{ id: FRIDGE, kind: "fridge-temperature", reportEveryMs: 60_000 }];
  return new RuleTrial(fridgeHigh, { devices }).readsOn(FRIDGE, "09:00", "12:00", 9);
}

const says = (state: "open" | "closed", from: string, to: string | null = null) => ({
  state,
  from: `2026-03-02T${from}:00+08:00`,
  to: to === null ? null : `2026-03-02T${to}:00+08:00`,
});

describe("what is known of a kitchen", () => {
  it("goes by the newest word about the same thing, also when an older one comes after it", () => {
    const closedThenOpen = trial()
      .says("warmcity.kitchen.declared", "08:00", says("closed", "08:00"), { receivedAt: "09:20" })
      .says("warmcity.kitchen.declared", "09:05", says("open", "09:05"));
    expect(closedThenOpen.run("10:00")).toEqual(["09:30:00 raised L3 K/fridge-1"]);
  });

  it("is not taken for repaired again by an announcement of maintenance that comes late", () => {
    const maintained = (from: string, to: string) => ({
      kind: "repair" as const,
      from: `2026-03-02T${from}:00+08:00`,
      to: `2026-03-02T${to}:00+08:00`,
    });
    const lines = trial()
      .says("warmcity.device.maintained", "09:10", maintained("09:10", "11:00"), { by: FRIDGE })
      .says("warmcity.device.maintained", "07:00", maintained("07:00", "08:00"), {
        by: FRIDGE,
        receivedAt: "09:20",
      })
      .run("12:00");
    expect(lines).toEqual([
      "09:30:00 suppressed L3 K/fridge-1 (maintenance)",
      "11:00:00 raised L3 K/fridge-1",
      "11:00:00 rose to L2 K/fridge-1",
    ]);
  });
});
