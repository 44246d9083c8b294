import { TypeCompiler } from "@sinclair/typebox/compiler";
import { describe, expect, it } from "vitest";
import { ALERT_REASONS, ALERT_STATES, Alert, CASE_STATES, outputEvents } from "./output-events.ts";

/** The example of CONTRACT §4. */
const ALERT = {
  alert: "a-1",
  case: "c-1",
  code: "T01",
  level: "L3",
  kitchen: "K-00001",
  asset: "K-00001/fridge-1",
  state: "firing",
  raisedAt: "2026-11-23T11:30:00.000+08:00",
  levelAt: "2026-11-23T11:30:00.000+08:00",
  resolvedAt: null,
  reason: null,
  lead: false,
  retro: false,
  delayed: false,
  exercise: false,
  title: { zh: "冷藏超温", en: "Fridge too warm" },
  value: { number: 8.4, unit: "Cel" },
  rule: "T01@1",
  policy: "ordos-2026@1",
  legalBasis: ["GB 31654-2021"],
  because: [
    {
      source: "/devices/K-00001/fridge-1",
      id: "7",
      time: "2026-11-23T11:00:00Z",
      position: 12,
      summary: "8.4 °C",
    },
  ],
  parent: null,
  suppressedBy: null,
};

describe("an alert", () => {
  const check = TypeCompiler.Compile(Alert);

  it("is as the contract shows it, of a kitchen or of none", () => {
    expect([...check.Errors(ALERT)]).toEqual([]);
    expect(check.Check({ ...ALERT, kitchen: null, asset: null, value: null })).toBe(true);
  });

  it.each(ALERT_STATES)("may be %s", (state) => {
    expect(check.Check({ ...ALERT, state })).toBe(true);
  });

  it.each(ALERT_REASONS)("may end or be suppressed for the reason %s", (reason) => {
    expect(check.Check({ ...ALERT, reason, resolvedAt: ALERT.raisedAt })).toBe(true);
  });

  it("always carries all of its fields", () => {
    for (const field of Object.keys(ALERT)) {
      const without = Object.fromEntries(Object.entries(ALERT).filter(([name]) => name !== field));
      expect(check.Check(without), `without ${field}`).toBe(false);
    }
  });

  it.each([
    { level: "L5" },
    { state: "pending" },
    { raisedAt: "soon" },
    { title: { zh: "冷藏超温" } },
    { because: [{}] },
  ])("is never with %j", (change) => {
    expect(check.Check({ ...ALERT, ...change })).toBe(false);
  });
});

describe("the output events", () => {
  it("are those of the contract, and the steps of the monthly lists", () => {
    expect(Object.keys(outputEvents).sort()).toEqual(
      [
        "warmcity.alert.level-changed",
        "warmcity.alert.raised",
        "warmcity.alert.resolved",
        "warmcity.alert.suppressed",
        "warmcity.area.changed",
        "warmcity.case.changed",
        "warmcity.deadletter",
        "warmcity.index.changed",
        "warmcity.kitchen.changed",
        "warmcity.list.changed",
        "warmcity.notification.requested",
      ].sort(),
    );
  });

  it("name the case states of the contract, each once", () => {
    const contract =
      "new suppressed merged verifying false confirmed dispatched escalated acked rectifying submitted recheck closed filed decided no-penalty transferred appealed reopened";
    expect(CASE_STATES.join(" ")).toBe(contract);
  });
});
