import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { type Delivery, RuleTrial } from "./rules/rule-trial.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";
import { gasLeak } from "./rules/t09-gas-leak.ts";

const FRIDGE = "K/fridge-1";
const START = parseTime("2026-03-02T00:00:00+08:00");

/** Minutes since midnight, as the trial writes a time; parts of a minute are kept. */
function clock(minute: number): string {
  return new Date(START + minute * MINUTE_MS + 8 * HOUR_MS).toISOString().slice(11, 19);
}

interface Story {
  /** °C at a minute since midnight. */
  readonly value: (minute: number) => number;
  /** When the message of a minute is received, in minutes since midnight; default: at once. */
  readonly received: (minute: number) => number;
  readonly until?: number;
}

/** A fridge that reports each minute from 08:00 on, beside one that is calm and shows that time goes by. */
function told({ value, received, until = 15 * 60 }: Story): RuleTrial {
  const devices = [FRIDGE, "K/fridge-2"].map((id) => ({
    id,
    kind: "fridge-temperature",
    reportEveryMs: 60_000,
  }));
  const trial = new RuleTrial(fridgeHigh, { devices }).readsOn("K/fridge-2", "08:00", clock(until), 4);
  for (let minute = 8 * 60; minute <= until; minute++) {
    trial.reads(FRIDGE, clock(minute), value(minute), { receivedAt: clock(received(minute)) });
  }
  return trial;
}

const isBetween = (minute: number, from: number, to: number) => minute >= from && minute <= to;
/** Cut off from 10:00 to 13:00, back at 13:00; the stored messages come from 13:12 on, the newest first. */
const newestFirst = (minute: number) =>
  isBetween(minute, 600, 779) ? 13 * 60 + 12 + (779 - minute) / 30 : minute;
const hotAround = (minute: number) => (isBetween(minute, 620, 660) ? 9 : 4);
const rings = (trial: RuleTrial, until: string, delivery: Delivery = {}) =>
  trial.outputs(until, delivery).filter(({ type }) => type === "warmcity.notification.requested");

describe("a hot phase hidden in messages that came too late", () => {
  it("is found when the straggling is over: with its true times, retro, and without a sound", () => {
    const trial = told({ value: hotAround, received: newestFirst });
    expect(trial.run("15:00")).toEqual(["10:50:00 raised L3 K/fridge-1", "11:31:00 resolved L3 K/fridge-1"]);
    expect(trial.alerts("15:00")).toMatchObject([{ retro: true, delayed: true }]);
    expect(rings(trial, "15:00")).toEqual([]);
  });

  it("is found at the end of a replay, though more might have come", () => {
    expect(told({ value: hotAround, received: newestFirst }).run("13:19")).toHaveLength(2);
  });

  it.each([1, 2, 3])("is the same in whatever order the stragglers came (seed %i)", (seed) => {
    const shuffled = (minute: number) =>
      isBetween(minute, 600, 779) ? 13 * 60 + 20 + ((minute * 7919 * seed) % 180) / 20 : minute;
    const first = told({ value: hotAround, received: (m) => (m === 779 ? 792 : shuffled(m)) });
    expect(first.run("15:00")).toEqual(["10:50:00 raised L3 K/fridge-1", "11:31:00 resolved L3 K/fridge-1"]);
  });

  it("stays silent when it was too short, or broken by what was delivered in time", () => {
    const short = (minute: number) => (isBetween(minute, 620, 648) ? 9 : 4);
    expect(told({ value: short, received: newestFirst }).run("15:00")).toEqual([]);
    const halves = (minute: number) => (isBetween(minute, 620, 635) || isBetween(minute, 637, 660) ? 9 : 4);
    const straggle = (minute: number) => (halves(minute) === 9 ? minute + 25 : minute);
    expect(told({ value: halves, received: straggle }).run("15:00")).toEqual([]);
  });

  it("does not raise again what was found in time", () => {
    const hot = (minute: number) => (isBetween(minute, 600, 700) ? 9 : 4);
    const hole = (minute: number) => (isBetween(minute, 615, 655) ? minute + 90 : minute);
    expect(told({ value: hot, received: hole }).run("15:00")).toEqual([
      "10:56:00 raised L3 K/fridge-1",
      "12:11:00 resolved L3 K/fridge-1",
    ]);
  });

  it("joins the phase that lasts: it began when the stragglers say, and rings now", () => {
    const hot = (minute: number) => (minute >= 770 ? 9 : 4);
    const trial = told({ value: hot, received: newestFirst, until: 13 * 60 + 40 });
    expect(trial.run("13:40")).toEqual(["13:20:00 raised L3 K/fridge-1"]);
    expect(rings(trial, "13:40")).not.toEqual([]);
  });

  it("rings for a new episode after it, though nobody heard of the one that was over", () => {
    const hot = (minute: number) => (isBetween(minute, 620, 660) || minute >= 830 ? 9 : 4);
    const trial = told({ value: hot, received: newestFirst, until: 15 * 60 });
    expect(trial.run("15:00").at(-1)).toBe("14:20:00 raised L3 K/fridge-1");
    const heard = rings(trial, "15:00");
    expect(heard.map(({ time }) => clock((time - START) / MINUTE_MS))).toContain("14:20:00");
  });

  it("leaves a case alone that people have closed, and notes there what was found", () => {
    const hot = (minute: number) => (isBetween(minute, 490, 525) || hotAround(minute) === 9 ? 9 : 4);
    const first = told({ value: hot, received: newestFirst });
    const about = first.alerts("15:00")[0]!.case;
    const closed = told({ value: hot, received: newestFirst }).says("warmcity.case.command", "08:46", {
      case: about,
      command: "transfer",
      role: "Q",
      reason: "to the health bureau",
    });
    closed.says("warmcity.case.command", "08:47", {
      case: about,
      command: "close",
      role: "Q",
      reason: "done",
    });
    expect(closed.run("15:00")).toEqual([
      "08:40:00 raised L3 K/fridge-1",
      "09:16:00 resolved L3 K/fridge-1",
      "10:50:00 raised L3 K/fridge-1",
      "11:31:00 resolved L3 K/fridge-1",
    ]);
    const moves = closed.outputs("15:00").flatMap(({ data }) => ("evidence" in data ? [data.to] : []));
    expect(moves.at(-1)).toBe("closed");
    expect(moves).not.toContain("reopened");
  });

  it("opens such a case again when it still holds", () => {
    const hot = (minute: number) => (isBetween(minute, 490, 525) || minute >= 760 ? 9 : 4);
    const about = told({ value: hot, received: newestFirst }).alerts("15:00")[0]!.case;
    const trial = told({ value: hot, received: newestFirst })
      .says("warmcity.case.command", "08:46", {
        case: about,
        command: "transfer",
        role: "Q",
        reason: "moved",
      })
      .says("warmcity.case.command", "08:47", { case: about, command: "close", role: "Q", reason: "done" });
    const moves = trial.outputs("15:00").flatMap(({ data }) => ("evidence" in data ? [data.to] : []));
    expect(moves.slice(-2)).toEqual(["reopened", "dispatched"]);
  });

  it("counts each straggler once, as late", () => {
    const replay = told({ value: hotAround, received: newestFirst }).replayed("15:00");
    expect(replay.summary()).toMatchObject({ accepted: 2 * 421, late: 180, processed: 2 * 421 - 180 });
  });

  it("is found of gas as well: two high values of an hour ago are an alarm that nobody hears any more", () => {
    const devices = ["K/gas-1", "K/gas-2"].map((id) => ({ id, kind: "gas", reportEveryMs: 5_000 }));
    const trial = new RuleTrial(gasLeak, { devices }).readsOn("K/gas-2", "10:00", "12:00", 1, 5_000);
    for (let second = 0; second <= 7_200; second += 5) {
      const isHidden = isBetween(second, 600, 615);
      trial.reads("K/gas-1", clock(600 + second / 60), isHidden ? 26 : 1, {
        receivedAt: clock(600 + (isHidden ? second + 3_600 : second) / 60),
      });
    }
    expect(trial.run("12:00")).toEqual([
      "10:10:05 raised L1 zone:K/cooking",
      "10:20:20 resolved L1 zone:K/cooking",
    ]);
    expect(trial.alerts("12:00")).toMatchObject([{ retro: true }]);
    expect(rings(trial, "12:00")).toEqual([]);
  });
});
