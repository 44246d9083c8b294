import { describe, expect, it } from "vitest";
import { trainingOverdue } from "./d06-training-overdue.ts";
import { RuleTrial } from "./rule-trial.ts";

const staffed = (trainingDue: string | null = "2026-03-09", begins = "03-02 00:00") =>
  new RuleTrial(trainingOverdue, {
    kitchen: { staff: [{ id: "K/s-1", job: "cook", trainingDue }] },
    begins,
  });
const scored = (to: RuleTrial, at: string, score: number, nextDue?: string) =>
  to.says("warmcity.training.scored", at, {
    staff: "K/s-1",
    score,
    ...(nextDue === undefined ? {} : { nextDue }),
  });
const OVERDUE = "03-10 00:00:00 raised L4 staff:K/s-1";

describe("D06 training overdue", () => {
  it("rings when the day by which the exam was due is over", () => {
    expect(staffed().run("03-09 23:59")).toEqual([]);
    expect(staffed().run("03-12 00:00")).toEqual([OVERDUE]);
    expect(staffed().alerts("03-12 00:00")).toMatchObject([
      { because: [{ summary: "exam was due by 2026-03-09", text: { zh: "培训考核应于2026-03-09前完成" } }] },
    ]);
  });

  it("raises once, at the calendar's moment, what was overdue already when the log begins", () => {
    expect(staffed("2026-03-01").run("12:00")).toEqual(["00:00:00 raised L4 staff:K/s-1"]);
    expect(staffed("2026-02-20").run("12:00")).toEqual(["02-21 00:00:00 raised L4 staff:K/s-1"]);
  });

  it("is L3 after two failed exams in a row, due or not", () => {
    expect(scored(scored(staffed(), "03-03 10:00", 55), "03-04 10:00", 58).run("03-05 00:00")).toEqual([
      "03-04 10:00:00 raised L3 staff:K/s-1",
    ]);
    const late = scored(scored(staffed(), "03-11 10:00", 55), "03-12 10:00", 59);
    expect(late.run("03-13 00:00")).toEqual([OVERDUE, "03-12 10:00:00 rose to L3 staff:K/s-1"]);
    const between = scored(
      scored(scored(staffed(), "03-03 10:00", 55), "03-04 10:00", 60),
      "03-05 10:00",
      58,
    );
    expect(between.run("03-06 00:00")).toEqual([]);
  });

  it("ends with a pass at 60, and minds the next date", () => {
    const trial = scored(scored(staffed(), "03-11 10:00", 59), "03-12 10:00", 60, "2026-04-30");
    expect(trial.run("05-02 00:00")).toEqual([
      OVERDUE,
      "03-12 10:00:00 resolved L4 staff:K/s-1",
      "05-01 00:00:00 raised L4 staff:K/s-1",
    ]);
    expect(scored(staffed(), "03-05 10:00", 80).run("04-30 00:00")).toEqual([]);
  });

  it("ends when that person leaves, and breaks no rule for who has no date", () => {
    const left = staffed().says("warmcity.staff.changed", "03-11 09:00", {
      staff: "K/s-1",
      job: "cook",
      active: false,
    });
    expect(left.run("03-20 00:00")).toEqual([OVERDUE, "03-11 09:00:00 resolved L4 staff:K/s-1"]);
    expect(staffed(null).run("12-31 00:00")).toEqual([]);
  });

  it("is no graver in a school", () => {
    const school = new RuleTrial(trainingOverdue, {
      kitchen: { type: "school", staff: [{ id: "K/s-1", job: "cook", trainingDue: "2026-03-09" }] },
      begins: "03-02 00:00",
    });
    expect(school.run("03-12 00:00")).toEqual([OVERDUE]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = scored(scored(scored(staffed(), "03-11 10:00", 40), "03-11 10:03", 50), "03-11 10:06", 70);
    const clean = trial.run("03-12 00:00");
    expect(clean).toHaveLength(3);
    for (const seed of [1, 2, 3]) expect(trial.run("03-12 00:00", { shuffled: seed })).toEqual(clean);
  });
});
