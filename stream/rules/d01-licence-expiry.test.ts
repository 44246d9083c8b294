import { describe, expect, it } from "vitest";
import { licenceExpiry } from "./d01-licence-expiry.ts";
import { RuleTrial } from "./rule-trial.ts";

/** A licence to 2026-06-30, in a log that begins in May unless said. */
const licensed = (renewal: string | null = null, begins = "05-20 00:00", validTo = "2026-06-30") =>
  new RuleTrial(licenceExpiry, { kitchen: { licence: { number: "JY1", validTo, renewal } }, begins });

const pay = (to: RuleTrial, ...times: readonly string[]) =>
  times.reduce((trial, at) => trial.says("warmcity.payment.completed", at, { amount: 35.5 }), to);
const WARNED = ["05-31 00:00:00 raised L4 -", "06-08 00:00:00 rose to L3 -"];

describe("D01 licence expiry", () => {
  it("reminds 30 d before the end and warns 15 working days before, Dragon Boat Festival left out", () => {
    expect(licensed().run("06-30 23:59")).toEqual(WARNED);
    expect(licensed().alerts("06-30 23:59")).toMatchObject([
      { asset: null, because: [{ position: null, summary: "licence valid to 2026-06-30" }] },
    ]);
  });

  it("warns nobody whose renewal was accepted, and everybody whose renewal was refused", () => {
    expect(licensed("accepted").run("07-05 00:00")).toEqual([WARNED[0]]);
    const refused = licensed("accepted").says("warmcity.licence.changed", "06-20 10:00", {
      validTo: "2026-06-30",
      renewal: "refused",
      state: "valid",
    });
    expect(refused.run("07-01 00:00")).toEqual([WARNED[0], "06-20 10:00:00 rose to L3 -"]);
  });

  it("raises once, at the calendar's moment, what holds already when the log begins", () => {
    expect(licensed(null, "06-25 09:00").run("06-25 09:00")).toEqual(["06-08 00:00:00 raised L3 -"]);
    expect(licensed(null, "06-05 09:00").run("06-05 09:00")).toEqual(["05-31 00:00:00 raised L4 -"]);
    expect(licensed("accepted", "06-25 09:00").run("06-25 09:00")).toEqual(["05-31 00:00:00 raised L4 -"]);
    expect(licensed(null, "05-30 23:59").run("05-30 23:59")).toEqual([]);
  });

  it("is L2 at the first sign of trading 10 min after an earlier one of the same day after the end", () => {
    const trading = pay(
      licensed(),
      "06-30 23:55",
      "07-01 05:50",
      "07-01 05:59:59",
      "07-01 06:00",
      "07-01 06:30",
    );
    expect(trading.run("07-02 00:00")).toEqual([...WARNED, "07-01 06:00:00 rose to L2 -"]);
    expect(trading.alerts("07-02 00:00")[0]!.because).toMatchObject([
      { summary: "licence valid to 2026-06-30" },
      { summary: "payment", time: "2026-07-01T05:50:00.000+08:00" },
      { summary: "payment", time: "2026-07-01T06:00:00.000+08:00" },
    ]);
  });

  it("says nothing at midnight, of one sign a day, of a scan, of a pending renewal, of a shop that closed", () => {
    expect(licensed().run("07-01 12:00")).toEqual(WARNED);
    expect(pay(licensed(), "07-01 06:00", "07-02 06:00", "07-03 06:00").run("07-04 00:00")).toEqual(WARNED);
    const scans = licensed()
      .says("warmcity.kitchen.activity", "07-01 06:00", { kind: "scan" })
      .says("warmcity.kitchen.activity", "07-01 07:00", { kind: "scan" });
    expect(scans.run("07-02 00:00")).toEqual(WARNED);
    expect(pay(licensed("accepted"), "07-01 06:00", "07-01 07:00").run("07-02 00:00")).toEqual([WARNED[0]]);
    const closed = licensed().says("warmcity.licence.changed", "06-30 18:00", {
      validTo: "2026-06-30",
      state: "closed",
    });
    expect(pay(closed, "07-01 06:00", "07-01 07:00").run("07-02 00:00")).toEqual([
      ...WARNED,
      "06-30 18:00:00 resolved L3 -",
    ]);
  });

  it("does not repeat every day, and is not muted by a declared closing", () => {
    const trial = licensed().says("warmcity.kitchen.declared", "06-30 20:00", { state: "closed" });
    pay(trial, "07-01 06:00", "07-01 06:10", "07-02 06:00", "07-02 07:00");
    expect(trial.run("07-03 00:00")).toEqual([...WARNED, "07-01 06:10:00 rose to L2 -"]);
  });

  it("is a drill if one of the signs is", () => {
    const trial = licensed().says(
      "warmcity.payment.completed",
      "07-01 06:00",
      { amount: 1 },
      { exercise: true },
    );
    expect(pay(trial, "07-01 06:10").alerts("07-01 07:00").at(-1)).toMatchObject({
      level: "L2",
      exercise: true,
    });
  });

  it("ends with the new licence, and minds that one's end", () => {
    const renewed = licensed().says("warmcity.licence.changed", "06-15 10:00", {
      validTo: "2026-08-10",
      renewal: "none",
      state: "valid",
    });
    expect(pay(renewed, "07-01 06:00", "07-01 07:00").run("07-12 00:00")).toEqual([
      ...WARNED,
      "06-15 10:00:00 resolved L3 -",
      "07-11 00:00:00 raised L4 -",
    ]);
  });

  it("takes trading under a revoked licence for trading after its end", () => {
    const revoked = licensed(null, "03-02 00:00", "2030-01-01").says("warmcity.licence.changed", "10:00", {
      validTo: "2030-01-01",
      state: "revoked",
    });
    expect(pay(revoked, "09:50", "10:05", "10:15").run("12:00")).toEqual(["10:15:00 raised L2 -"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled; late signs count in retrospect", () => {
    const trial = pay(
      licensed(null, "06-30 00:00"),
      "07-01 05:50",
      "07-01 05:55",
      "07-01 06:00",
      "07-01 06:05",
    );
    const clean = trial.run("07-01 07:00");
    expect(clean).toEqual(["06-08 00:00:00 raised L3 -", "07-01 06:00:00 rose to L2 -"]);
    for (const seed of [1, 2, 3]) expect(trial.run("07-01 07:00", { shuffled: seed })).toEqual(clean);
    const late = pay(licensed(null, "06-30 00:00"), "07-01 06:00", "07-01 06:30").says(
      "warmcity.kitchen.activity",
      "07-01 05:45",
      { kind: "cooking" },
      { receivedAt: "07-01 06:20" },
    );
    expect(late.run("07-01 06:25")).toEqual(["06-08 00:00:00 raised L3 -", "07-01 06:00:00 rose to L2 -"]);
  });
});
