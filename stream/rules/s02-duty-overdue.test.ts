import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { dutyOverdue } from "./s02-duty-overdue.ts";

const unit = (begins = "05-20 00:00") => new RuleTrial(dutyOverdue, { begins });
const planned = (to: RuleTrial, at: string, due = "2026-06-01", duty: string | null = "D-1") =>
  to.says(
    "warmcity.duty.planned",
    at,
    { duty, kind: "inspection", due, assignee: "s-17" },
    { by: "/systems/plan" },
  );
const inspected = (to: RuleTrial, at: string, duty: string | null = "D-1") =>
  to.says("warmcity.inspection.completed", at, { duty, findings: [] });
const LATE = "06-08 00:00:00 raised L4 duty:D-1";
const GRAVE = "07-01 00:00:00 rose to L3 duty:D-1";

describe("S02 duty overdue", () => {
  it("is silent on 7 June, L4 on 8 June, L3 on 1 July for what was planned for 1 June", () => {
    expect(planned(unit(), "05-20 09:00").run("06-07 23:59:59")).toEqual([]);
    expect(planned(unit(), "05-20 09:00").run("06-30 23:59:59")).toEqual([LATE]);
    expect(planned(unit(), "05-20 09:00").run("07-02 00:00")).toEqual([LATE, GRAVE]);
    expect(planned(unit(), "05-20 09:00").alerts("07-02 00:00")).toMatchObject([
      {
        value: { number: 30, unit: "d" },
        because: [{ summary: "inspection planned for 2026-06-01, 7 d late" }, {}],
      },
    ]);
  });

  it("is done by any event that carries the duty, by no other", () => {
    const inTime = inspected(planned(unit(), "05-20 09:00"), "06-07 16:00");
    expect(inTime.run("07-02 00:00")).toEqual([]);
    expect(inspected(planned(unit(), "05-20 09:00"), "06-05 16:00", "D-2").run("06-09 00:00")).toEqual([
      LATE,
    ]);
    expect(inspected(planned(unit(), "05-20 09:00"), "06-05 16:00", null).run("06-09 00:00")).toEqual([LATE]);
    const sampled = planned(unit(), "05-20 09:00").says(
      "warmcity.test.result",
      "06-03 10:00",
      { product: "凉皮", accredited: true, passed: true, duty: "D-1" },
      { by: "/labs/l" },
    );
    expect(sampled.run("07-02 00:00")).toEqual([]);
    const late = inspected(planned(unit(), "05-20 09:00"), "06-20 10:00");
    expect(late.run("07-02 00:00")).toEqual([LATE, "06-20 10:00:00 resolved L4 duty:D-1"]);
  });

  it("raises once, at the calendar's moment and the level due by then, what was late when it was planned", () => {
    expect(planned(unit("06-20 09:00"), "06-20 09:00").run("06-21 00:00")).toEqual([LATE]);
    const grave = planned(unit("07-05 09:00"), "07-05 09:00");
    expect(grave.run("07-06 00:00")).toEqual(["07-01 00:00:00 raised L3 duty:D-1"]);
    expect(grave.alerts("07-06 00:00")).toMatchObject([{ delayed: false }]);
  });

  it("follows a new date", () => {
    const moved = planned(planned(unit(), "05-20 09:00"), "06-10 09:00", "2026-06-15");
    expect(moved.run("06-22 00:00")).toEqual([
      LATE,
      "06-10 09:00:00 resolved L4 duty:D-1",
      "06-22 00:00:00 raised L4 duty:D-1",
    ]);
  });

  it("does not plan again what is done, nor watch what has no name", () => {
    expect(planned(inspected(unit(), "05-21 09:00"), "05-22 09:00").run("07-02 00:00")).toEqual([]);
    expect(planned(unit(), "05-20 09:00", "2026-06-01", null).run("07-02 00:00")).toEqual([]);
  });

  it("says nothing of the person in charge", () => {
    expect(JSON.stringify(planned(unit(), "05-20 09:00").outputs("07-02 00:00"))).not.toContain("s-17");
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = inspected(
      planned(planned(unit(), "05-20 09:00"), "05-20 09:05", "2026-06-02"),
      "06-12 09:00",
    );
    const clean = trial.run("07-02 00:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("07-02 00:00", { shuffled: seed })).toEqual(clean);
  });
});
