import { describe, expect, it } from "vitest";
import { sickAtWork } from "./d03-sick-at-work.ts";
import { RuleTrial } from "./rule-trial.ts";

const unit = (kitchen = {}) => new RuleTrial(sickAtWork, { kitchen });
const checked = (
  to: RuleTrial,
  at: string,
  temperature: number | null,
  symptoms: string[] = [],
  staff = "K/s-1",
) => to.says("warmcity.staff.checked", at, { staff, temperature, symptoms });
const clocksIn = (to: RuleTrial, at: string, staff = "K/s-1") =>
  to.says("warmcity.staff.clocked-in", at, { staff });
const note = (to: RuleTrial, at: string, staff?: string) =>
  to.says("warmcity.record.filed", at, { kind: "medical-note", ...(staff === undefined ? {} : { staff }) });

const RANG = "06:10:00 raised L2 staff:K/s-1";

describe("D03 sick at work", () => {
  it("rings at the clock-in after 37.3 °C, not without one", () => {
    expect(checked(unit(), "05:50", 37.3).run("12:00")).toEqual([]);
    const trial = clocksIn(checked(unit(), "05:50", 37.3), "06:10");
    expect(trial.run("12:00")).toEqual([RANG]);
    expect(trial.alerts("12:00")).toMatchObject([
      {
        value: { number: 37.3, unit: "Cel" },
        because: [{ summary: "37.3 °C at the morning check" }, { summary: "clocked in after it" }],
      },
    ]);
  });

  it("knows 37.2 °C for health, and a symptom without a fever for sickness", () => {
    expect(clocksIn(checked(unit(), "05:50", 37.2), "06:10").run("12:00")).toEqual([]);
    const trial = clocksIn(checked(unit(), "05:50", 36.5, ["diarrhoea"]), "06:10");
    expect(trial.run("12:00")).toEqual([RANG]);
    expect(JSON.stringify(trial.alerts("12:00"))).not.toContain("diarrhoea");
  });

  it("goes by the newest check of the same day and the same person", () => {
    const well = checked(checked(unit(), "05:50", 37.8), "06:05", 36.6);
    expect(clocksIn(well, "06:10").run("12:00")).toEqual([]);
    expect(clocksIn(checked(unit(), "05:50", 38), "06:10", "K/s-2").run("12:00")).toEqual([]);
    expect(clocksIn(checked(unit(), "20:00", 38), "03-03 06:10").run("03-03 12:00")).toEqual([]);
    expect(clocksIn(checked(unit(), "23:59", 38), "03-03 00:00").run("03-03 12:00")).toEqual([]);
  });

  it("rings once, however often that person clocks in", () => {
    const trial = clocksIn(clocksIn(checked(unit(), "05:50", 38), "06:10"), "13:00");
    expect(trial.run("18:00")).toEqual([RANG]);
  });

  it("is cleared by a medical note of that person, not by going home", () => {
    const trial = clocksIn(checked(unit(), "05:50", 38), "06:10");
    trial.says("warmcity.staff.clocked-out", "06:30", { staff: "K/s-1" });
    expect(note(trial, "09:00", "K/s-2").run("12:00")).toEqual([RANG]);
    expect(note(trial, "10:00", "K/s-1").run("12:00")).toEqual([RANG, "10:00:00 resolved L2 staff:K/s-1"]);
    expect(note(clocksIn(checked(unit(), "05:50", 38), "06:10"), "07:00").run("12:00")).toHaveLength(2);
  });

  it("lets a person work who has the note already", () => {
    expect(clocksIn(note(checked(unit(), "05:50", 38), "06:00", "K/s-1"), "06:10").run("12:00")).toEqual([]);
  });

  it("hands the case in with the note and leaves its closing to the office", () => {
    const trial = note(clocksIn(checked(unit(), "05:50", 38), "06:10"), "10:00", "K/s-1");
    const states = trial
      .outputs("12:00")
      .flatMap(({ data }) => ("from" in data && "case" in data ? [data.to] : []));
    expect(states).not.toContain("closed");
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = note(
      clocksIn(checked(checked(unit(), "06:00", 36.5), "06:03", 38), "06:10"),
      "06:15",
      "K/s-1",
    );
    const clean = trial.run("12:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("12:00", { shuffled: seed })).toEqual(clean);
  });
});
