import { describe, expect, it } from "vitest";
import { complaintClock } from "./c01-complaint-clock.ts";
import { RuleTrial } from "./rule-trial.ts";

type Kind = "complaint" | "tip-off" | "mixed";
type Step =
  | "accepted"
  | "refused"
  | "verified"
  | "filed"
  | "not-filed"
  | "extended"
  | "reporter-told"
  | "ended";
const filed = (kind: Kind, at = "06-10 10:00") =>
  new RuleTrial(complaintClock, { begins: at }).says(
    "warmcity.complaint.filed",
    at,
    { complaint: "C-1", kind, person: "p-secret", named: true },
    { by: "/systems/12315" },
  );
const handled = (to: RuleTrial, step: Step, at: string) =>
  to.says("warmcity.complaint.handled", at, { complaint: "C-1", step });
const line = (at: string, what: string) => `${at} 00:00:00 ${what} complaint:C-1`;

describe("C01 complaint clock", () => {
  it("gives a complaint 7 working days, Dragon Boat Festival left out", () => {
    const over = [line("06-17", "raised L4"), line("06-23", "rose to L2")];
    expect(filed("complaint").run("06-22 23:59")).toEqual([over[0]]);
    expect(filed("complaint").run("06-30 00:00")).toEqual(over);
    expect(filed("complaint").alerts("06-30 00:00")[0]!.because).toMatchObject([
      { summary: "accept or refuse the complaint by 2026-06-22" },
    ]);
  });

  it("counts make-up workdays: National Day 2026 is paid for on 20 September and 10 October", () => {
    expect(filed("complaint", "09-16 10:00").run("10-01 00:00")).toEqual([
      line("09-22", "raised L4"),
      line("09-25", "rose to L2"),
    ]);
    expect(filed("complaint", "09-29 10:00").run("10-31 00:00")).toEqual([
      line("10-12", "raised L4"),
      line("10-15", "rose to L2"),
    ]);
  });

  it("gives a tip-off 15 working days, and 15 more when extended", () => {
    expect(filed("tip-off").run("07-10 00:00")).toEqual([
      line("06-30", "raised L4"),
      line("07-03", "rose to L2"),
    ]);
    const extended = handled(filed("tip-off"), "extended", "06-25 10:00");
    expect(extended.run("07-31 00:00")).toEqual([line("07-21", "raised L4"), line("07-24", "rose to L2")]);
    expect(handled(filed("tip-off"), "accepted", "06-11 10:00").run("07-10 00:00")).toHaveLength(2);
    expect(handled(filed("tip-off"), "verified", "06-25 10:00").run("07-10 00:00")).toHaveLength(2);
  });

  it("gives a mixed letter both clocks", () => {
    const accepted = handled(filed("mixed"), "accepted", "06-18 15:00");
    expect(accepted.run("07-10 00:00")).toEqual([
      line("06-17", "raised L4"),
      "06-18 15:00:00 resolved L4 complaint:C-1",
      line("06-30", "raised L4"),
      line("07-03", "rose to L2"),
    ]);
    expect(handled(accepted, "not-filed", "06-29 10:00").run("07-10 00:00")).toHaveLength(2);
  });

  it("is over when what was owed is recorded, in time or late", () => {
    expect(handled(filed("complaint"), "refused", "06-16 23:59").run("07-10 00:00")).toEqual([]);
    expect(handled(filed("complaint"), "accepted", "06-22 23:59").run("07-10 00:00")).toEqual([
      line("06-17", "raised L4"),
      "06-22 23:59:00 resolved L4 complaint:C-1",
    ]);
    expect(handled(filed("tip-off"), "filed", "07-06 09:00").run("07-10 00:00")).toEqual([
      line("06-30", "raised L4"),
      line("07-03", "rose to L2"),
      "07-06 09:00:00 resolved L2 complaint:C-1",
    ]);
  });

  it("runs on while the unit is closed", () => {
    const closed = filed("complaint").says("warmcity.kitchen.declared", "06-11 08:00", { state: "closed" });
    expect(closed.run("06-30 00:00")).toHaveLength(2);
  });

  it("tells nothing of the reporter", () => {
    expect(JSON.stringify(filed("mixed").outputs("07-10 00:00"))).not.toContain("p-secret");
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = handled(handled(filed("mixed"), "extended", "06-10 10:04"), "accepted", "06-19 10:00");
    const clean = trial.run("07-31 00:00");
    expect(clean).toHaveLength(4);
    for (const seed of [1, 2, 3]) expect(trial.run("07-31 00:00", { shuffled: seed })).toEqual(clean);
  });
});
