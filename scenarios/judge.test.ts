import { describe, expect, it } from "vitest";
import { judged } from "./judge.ts";
import { defineScenario, type Expectation, type Never, type Scenario } from "./scenario.ts";
import { at, Story } from "./story.ts";
import { equal, isMet } from "./verdict.ts";

const says = { zh: "如此", en: "is so" };
const T09 = { kitchen: "K", code: "T09" };
const ZONE = "zone:K/cooking";

/** A gas alarm at 14:10:10 that is over at 14:22, acknowledged at 14:15. */
const story = new Story({
  from: "05-12 14:00",
  until: "05-12 14:40",
  kitchens: [
    {
      id: "K",
      type: "medium",
      devices: [{ id: "K/gas-1", kind: "gas", zone: "cooking", reportEveryMs: 5_000 }],
    },
    { id: "N", type: "medium", devices: [] },
  ],
  incidents: [
    { kind: "gas-release", device: "K/gas-1", steps: [[at("05-12 14:10"), 60]], until: at("05-12 14:12") },
  ],
}).acts("05-12 14:15", T09, "acknowledge", "O");

const judge = (parts: Pick<Scenario, "expects" | "never" | "checks">) =>
  judged(defineScenario({ name: "x", title: says, story, ways: null, ...parts }), story).map(isMet);
const expects = (...forms: readonly Expectation[]) => judge({ expects: forms });
const never = (...forms: readonly Omit<Never, "says">[]) =>
  judge({ never: forms.map((form) => ({ says, ...form })) });

describe("what a scenario expects", () => {
  const [raised, resolved] = [`T09 raised L1 ${ZONE}`, `T09 resolved L1 ${ZONE}`];
  const alerts = (...are: Extract<Expectation, { alertsOf: unknown }>["are"]) =>
    expects({ says, alertsOf: "K", are })[0];

  it("is met by the right alerts in their order, at their times", () => {
    expect(alerts(["05-12 14:10:05", raised, 0.5], ["05-12 14:22", resolved, 2])).toBe(true);
    expect(alerts(raised, resolved)).toBe(true);
  });

  it("is not met by another time, level, code or asset, nor by one too many or too few", () => {
    expect(alerts(["05-12 14:13", raised], resolved)).toBe(false);
    expect(alerts(`T09 raised L2 ${ZONE}`, resolved)).toBe(false);
    expect(alerts(`T01 raised L1 ${ZONE}`, resolved)).toBe(false);
    expect(alerts("T09 raised L1 zone:K/wash", resolved)).toBe(false);
    expect(alerts(raised)).toBe(false);
    expect(alerts(raised, resolved, raised)).toBe(false);
    expect(alerts(resolved, raised)).toBe(false);
    expect(alerts()).toBe(false);
  });

  it("may leave out what it does not ask for, and the order", () => {
    expect(expects({ says, alertsOf: "K", which: /raised/, are: [raised] })).toEqual([true]);
    expect(expects({ says, alertsOf: "K", which: /raised/, are: [resolved] })).toEqual([false]);
    expect(expects({ says, alertsOf: "K", are: [resolved, raised], inAnyOrder: true })).toEqual([true]);
    expect(expects({ says, alertsOf: "K", are: [raised, raised], inAnyOrder: true })).toEqual([false]);
  });

  it("asks of several kitchens at once", () => {
    expect(expects({ says, alertsOfEach: { K: [raised, resolved], N: [] } })).toEqual([true]);
    expect(expects({ says, alertsOfEach: { K: [raised, resolved], N: [raised] } })).toEqual([false]);
  });

  it("asks for steps, for the state at a time, and for the number of cases", () => {
    const steps = ["new", "dispatched", "acked by O"];
    expect(expects({ says, stepsOf: T09, are: steps })).toEqual([true]);
    expect(expects({ says, stepsOf: T09, are: steps.slice(0, 2) })).toEqual([false]);
    expect(expects({ says, stepsOf: T09, are: ["new", "dispatched", "acked by S"] })).toEqual([false]);
    const state = (by: string, is: "dispatched" | "acked") => ({ says, stateOf: T09, by, is }) as const;
    expect(expects(state("05-12 14:14", "dispatched"), state("05-12 14:15", "acked"))).toEqual([true, true]);
    expect(expects(state("05-12 14:14", "acked"), state("05-12 14:05", "dispatched"))).toEqual([
      false,
      false,
    ]);
    expect(expects({ says, casesOf: "T09", are: 1 }, { says, casesOf: "all", are: 1 })).toEqual([true, true]);
    expect(expects({ says, casesOf: "T09", are: 2 }, { says, casesOf: "T01", are: 1 })).toEqual([
      false,
      false,
    ]);
  });

  it("asks for notifications by time and words", () => {
    const toOperator = ["L1 to O by recorded-call", "L1 to O by sms", "L1 to O by voice"];
    expect(expects({ says, noticesOf: T09, which: /to O/, are: toOperator })).toEqual([true]);
    expect(expects({ says, noticesOf: T09, which: /to O/, are: toOperator.slice(1) })).toEqual([false]);
  });

  it("forbids alerts of kitchens, in a time", () => {
    expect(never({ alertsOf: ["N", null], which: /./ })).toEqual([true]);
    expect(never({ alertsOf: "any kitchen", which: /T09/ })).toEqual([false]);
    expect(never({ alertsOf: ["K"], which: /T09/, until: "05-12 14:10" })).toEqual([true]);
    expect(never({ alertsOf: ["K"], which: /raised/, from: "05-12 14:11" })).toEqual([true]);
    expect(never({ alertsOf: ["K"], which: /resolved/, from: "05-12 14:11" })).toEqual([false]);
  });

  it("takes a check for unmet that breaks off or compares nothing", () => {
    expect(judge({ checks: [{ says, holds: () => [equal(1, 1)] }] })).toEqual([true]);
    expect(judge({ checks: [{ says, holds: () => [] }] })).toEqual([false]);
    const breaksOff = () => [equal(story.alone().outputs.slice(0, 0)[0]!.time, 0)];
    expect(judge({ checks: [{ says, holds: breaksOff }] })).toEqual([false]);
  });

  it("is something at least", () => {
    expect(() => defineScenario({ name: "x", title: says, story, ways: null })).toThrow("expects nothing");
  });
});
