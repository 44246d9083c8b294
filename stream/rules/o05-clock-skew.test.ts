import { describe, expect, it } from "vitest";
import { clockSkew } from "./o05-clock-skew.ts";
import { RuleTrial } from "./rule-trial.ts";

const device = (n: number) => ({
  id: `K/fridge-${n}`,
  kind: "fridge-temperature",
  gateway: "K/gw",
  reportEveryMs: 60_000,
});

/** Seconds after 09:00, as the trial reads times. */
function clock(seconds: number): string {
  return new Date((9 * 3600 + seconds) * 1000).toISOString().slice(11, 19);
}

/** One message a minute, whose clock says `ahead` minutes and seconds too much. */
function speak(trial: RuleTrial, messages: number, aheadSeconds: number, fromMinute = 0): RuleTrial {
  for (let i = fromMinute; i < fromMinute + messages; i++) {
    trial.reads("K/fridge-1", clock(i * 60 + aheadSeconds), 4, { receivedAt: clock(i * 60) });
  }
  return trial;
}

describe("O05 clock skew", () => {
  it("rings at the true time of the tenth message in a row beyond 120 s", () => {
    const trial = speak(new RuleTrial(clockSkew, { devices: [device(1)] }), 12, 121);
    expect(trial.run("09:30")).toEqual(["09:09:00 raised L4 gateway:K/gw"]);
    expect(trial.alerts("09:30")[0]).toMatchObject({ value: { number: 121, unit: "s" } });
  });

  it("stays silent at 120 s, and after nine messages", () => {
    expect(speak(new RuleTrial(clockSkew, { devices: [device(1)] }), 20, 120).run("10:00")).toEqual([]);
    const trial = new RuleTrial(clockSkew, { devices: [device(1)] });
    expect(speak(speak(trial, 9, 130), 20, 0, 12).run("10:00")).toEqual([]);
  });

  it("clears when the clock has been right within 30 s for 1 h", () => {
    const trial = new RuleTrial(clockSkew, { devices: [device(1)] });
    expect(speak(speak(trial, 10, 2820), 65, 10, 57).run("11:30")).toEqual([
      "09:09:00 raised L4 gateway:K/gw",
      "10:57:10 resolved L4 gateway:K/gw",
    ]);
  });

  it("rings for a clock that runs behind by the same amount, at the tenth message and not before 5 min", () => {
    const trial = speak(speak(new RuleTrial(clockSkew, { devices: [device(1)] }), 5, 0), 12, -300, 5);
    expect(trial.run("09:30")).toEqual(["09:14:00 raised L4 gateway:K/gw"]);
    expect(trial.alerts("09:30")[0]).toMatchObject({
      value: { number: -300, unit: "s" },
      because: [{ summary: expect.stringContaining("300 s behind") }],
    });
    const slow = (aheadSeconds: number) =>
      speak(new RuleTrial(clockSkew, { devices: [device(1)] }), 20, aheadSeconds);
    expect(slow(-120).run("10:00")).toEqual([]);
    expect(slow(-121).run("10:00")).toHaveLength(1);
  });

  it("does not take a backlog for a slow clock: it catches up, or comes at once", () => {
    const later = (messages: number, receipt: (i: number) => number) => {
      const trial = new RuleTrial(clockSkew, { devices: [device(1)] });
      for (let i = 0; i < messages; i++)
        trial.reads("K/fridge-1", clock(i * 60), 4, { receivedAt: clock(receipt(i)) });
      return trial.run("20:00");
    };
    expect(later(60, () => 3_700)).toEqual([]);
    expect(later(120, (i) => 7_200 + i * 3)).toEqual([]);
    expect(later(120, (i) => 7_200 + i * 40)).toEqual([]);
    expect(later(120, (i) => (Math.floor(i / 5) + 1) * 300)).toEqual([]);
  });
});
