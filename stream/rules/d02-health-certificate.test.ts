import { describe, expect, it } from "vitest";
import { healthCertificate } from "./d02-health-certificate.ts";
import { RuleTrial } from "./rule-trial.ts";

const member = (id: string, job: string, certificateValidTo: string | null) => ({
  id,
  job,
  certificateValidTo,
});

/** `K/s-1` works on ready-to-eat food, `K/s-2` at the till; both certificates end with 30 June. */
const staffed = (begins = "05-20 00:00", kitchen: Readonly<Record<string, unknown>> = {}) => {
  const staff = [member("K/s-1", "rte", "2026-06-30"), member("K/s-2", "cashier", "2026-06-30")];
  return new RuleTrial(healthCertificate, { kitchen: { staff, ...kitchen }, begins });
};

const clocksIn = (to: RuleTrial, staff: string, ...times: readonly string[]) =>
  times.reduce((trial, at) => trial.says("warmcity.staff.clocked-in", at, { staff }), to);
const certified = (to: RuleTrial, at: string, validTo: string, state: "submitted" | "approved" | "refused") =>
  to.says("warmcity.staff.certificate", at, { staff: "K/s-1", validTo, state });

const REMINDED = "05-31 00:00:00 raised L4 staff:K/s-1";

describe("D02 health certificate", () => {
  it("reminds 30 d before the end, those on ready-to-eat jobs alone, and says nothing at midnight", () => {
    expect(staffed().run("05-30 23:59")).toEqual([]);
    expect(staffed().run("07-03 00:00")).toEqual([REMINDED]);
  });

  it("is L3 at the first clock-in after the end, once, and not for the till or for who stays at home", () => {
    const trial = clocksIn(staffed(), "K/s-1", "06-30 23:00", "07-01 05:00", "07-01 09:00", "07-02 05:00");
    clocksIn(trial, "K/s-2", "07-01 05:30");
    expect(trial.run("07-03 00:00")).toEqual([REMINDED, "07-01 05:00:00 rose to L3 staff:K/s-1"]);
    expect(trial.alerts("07-03 00:00")[0]!.because).toMatchObject([
      { summary: "health certificate valid to 2026-06-30", text: { zh: "健康证有效期至2026-06-30" } },
      { summary: "clocked in to work on ready-to-eat food", time: "2026-07-01T05:00:00.000+08:00" },
    ]);
  });

  it.each(["school", "nursery", "elder-care", "hospital"])(
    "is L2 in a %s, whose reminder stays a reminder",
    (type) => {
      const trial = clocksIn(staffed("05-20 00:00", { type }), "K/s-1", "07-01 05:00");
      expect(trial.run("07-02 00:00")).toEqual([REMINDED, "07-01 05:00:00 rose to L2 staff:K/s-1"]);
    },
  );

  it("is over when the new certificate is approved, not when it is handed in or refused", () => {
    const trial = clocksIn(staffed(), "K/s-1", "07-01 05:00");
    certified(trial, "07-01 09:00", "2027-06-30", "submitted");
    certified(trial, "07-01 09:30", "2027-06-30", "refused");
    const open = [REMINDED, "07-01 05:00:00 rose to L3 staff:K/s-1"];
    expect(trial.run("07-01 12:00")).toEqual(open);
    certified(trial, "07-01 10:00", "2027-06-30", "approved");
    clocksIn(trial, "K/s-1", "07-02 05:00");
    expect(trial.run("07-02 12:00")).toEqual([...open, "07-01 10:00:00 resolved L3 staff:K/s-1"]);
  });

  it("needs no reminder of a certificate renewed before, and minds the end of the new one", () => {
    const trial = certified(staffed(), "05-25 09:00", "2026-08-31", "approved");
    expect(trial.run("08-02 00:00")).toEqual(["08-01 00:00:00 raised L4 staff:K/s-1"]);
  });

  it("is over off that work, and begins with it", () => {
    const left = staffed().says("warmcity.staff.changed", "06-10 08:00", {
      staff: "K/s-1",
      job: "rte",
      active: false,
    });
    clocksIn(left, "K/s-1", "07-01 05:00");
    const over = "06-10 08:00:00 resolved L4 staff:K/s-1";
    expect(left.run("07-02 00:00")).toEqual([REMINDED, over]);
    const moved = staffed().says("warmcity.staff.changed", "06-10 08:00", {
      staff: "K/s-1",
      job: "wash",
      active: true,
    });
    expect(clocksIn(moved, "K/s-1", "07-01 05:00").run("07-02 00:00")).toEqual([REMINDED, over]);
    const joined = staffed().says("warmcity.staff.changed", "06-10 08:00", {
      staff: "K/s-2",
      job: "rte",
      active: true,
    });
    expect(clocksIn(joined, "K/s-2", "07-01 05:00").run("07-02 00:00")).toEqual([
      REMINDED,
      "06-10 08:00:00 raised L4 staff:K/s-2",
      "07-01 05:00:00 rose to L3 staff:K/s-2",
    ]);
  });

  it("raises once, at the calendar's moment, what holds already when the log begins", () => {
    expect(staffed("06-25 09:00").run("06-25 09:00")).toEqual([REMINDED]);
    expect(staffed("07-05 09:00").run("07-05 09:00")).toEqual([REMINDED]);
    expect(staffed("07-05 09:00").alerts("07-05 09:00")[0]).toMatchObject({ delayed: false, retro: false });
  });

  it("says nothing where no certificate or nobody of that name is known", () => {
    const unknown = new RuleTrial(healthCertificate, { kitchen: { staff: [member("K/s-1", "rte", null)] } });
    expect(clocksIn(clocksIn(unknown, "K/s-1", "09:00"), "K/s-9", "09:05").run("10:00")).toEqual([]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = clocksIn(staffed("06-30 20:00"), "K/s-1", "07-01 05:00", "07-01 05:04");
    certified(trial, "07-01 05:08", "2027-06-30", "approved");
    const clean = trial.run("07-01 12:00");
    expect(clean).toHaveLength(3);
    for (const seed of [1, 2, 3]) expect(trial.run("07-01 12:00", { shuffled: seed })).toEqual(clean);
  });

  it("names nobody and no number", () => {
    const trial = clocksIn(staffed(), "K/s-1", "07-01 05:00");
    const told = trial.outputs("07-02 00:00").map(({ data }) => ("text" in data ? data.text.zh : ""));
    expect(told.filter((text) => text !== "")).toContain("【L3】健康证到期：试用厨房 员工 s-1");
  });
});
