import { describe, expect, it } from "vitest";
import { clockSkew } from "./o05-clock-skew.ts";
import { RuleTrial } from "./rule-trial.ts";

const device = (n: number) => ({
  id: `K/fridge-${n}`,
  kind: "fridge-temperature",
  gateway: "K/gw",
  reportEveryMs: 60_000,
});

/** One message a minute, whose clock says `ahead` minutes and seconds too much. */
function speak(trial: RuleTrial, messages: number, aheadSeconds: number, fromMinute = 0): RuleTrial {
  for (let i = fromMinute; i < fromMinute + messages; i++) {
    const clock = (seconds: number) =>
      [9 + Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
        .map((part) => String(part).padStart(2, "0"))
        .join(":");
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
});
