import { describe, expect, it } from "vitest";
import { MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import type { CityFold } from "./fold.ts";
import { foldOf } from "./fold-of.ts";
import { oneKitchen } from "./one-kitchen.ts";
import type { Output } from "./output.ts";

const START = parseTime("2026-03-02T09:00:00+08:00");
const city = oneKitchen([{ id: "K/fridge", kind: "fridge-temperature", reportEveryMs: 60_000 }]);

/** Cut off from minute 60 to 240; what was stored comes from minute 255 on, the newest first, 30 a minute. */
const CUT = { from: 60, to: 239, comesAt: 255 };
const arrivesAt = (minute: number) =>
  minute < CUT.from || minute > CUT.to ? minute : CUT.comesAt + (CUT.to - minute) / 30;

function say(fold: CityFold, minute: number, value: number, receivedAt: number): void {
  fold.event({
    type: "warmcity.reading",
    id: `r${minute}`,
    source: "/devices/K/fridge",
    kitchen: 0,
    device: 0,
    time: START + minute * MINUTE_MS,
    receivedAt,
    boot: "b",
    sequence: minute,
    exercise: false,
    position: minute,
    data: { value },
  });
}

function lived(value: (minute: number) => number, restartAt: number | null = null) {
  let fold = foldOf(city, { early: true });
  const arrivals = Array.from({ length: 330 }, (_, minute) => ({ minute, at: arrivesAt(minute) }));
  arrivals.sort((a, b) => a.at - b.at || b.minute - a.minute);
  const outputs: Output[] = [];
  for (const { minute, at } of arrivals) {
    const receivedAt = START + Math.round(at * MINUTE_MS);
    say(fold, minute, value(minute), receivedAt);
    fold.tick(receivedAt);
    outputs.push(...fold.take());
    if (restartAt !== null && at >= restartAt) {
      fold = again(fold);
      restartAt = null;
    }
  }
  return { outputs, fold };
}

function again(fold: CityFold): CityFold {
  const next = foldOf(city, { early: true });
  next.restore(JSON.parse(JSON.stringify(fold.save())));
  return next;
}

const alertsOf = (outputs: readonly Output[]) =>
  outputs.flatMap(({ type, data }) =>
    "raisedAt" in data && data.code === "T01"
      ? [`${type.slice(15)} ${data.level} ${data.raisedAt.slice(11, 16)} ${data.retro ? "retro" : "now"}`]
      : [],
  );
const ringsOf = (outputs: readonly Output[]) =>
  outputs.flatMap(({ data }) => ("channel" in data && data.case?.startsWith("C-T01") === true ? [data] : []));

describe("a backlog that comes the newest first, live", () => {
  const overBy = (minute: number) => (minute >= 100 && minute <= 150 ? 9 : 4);
  const lasting = (minute: number) => (minute >= 200 ? 9 : 4);

  it("has its hot phase found, in silence, when it has all come", () => {
    const { outputs, fold } = lived(overBy);
    expect(alertsOf(outputs)).toEqual(["raised L3 11:10 retro", "resolved L3 11:10 retro"]);
    expect(ringsOf(outputs)).toEqual([]);
    expect(fold.counts.late).toBe(180);
    expect(fold.droppedLate).toBe(0);
  });

  it("has it found just so after a restart in the middle of it", () => {
    const ids = (all: readonly Output[]) => all.map(({ id }) => id);
    expect(ids(lived(overBy, 258).outputs)).toEqual(ids(lived(overBy).outputs));
    expect(ids(lived(lasting, 258).outputs)).toEqual(ids(lived(lasting).outputs));
  });

  it("rings for the one that lasts", () => {
    const { outputs } = lived(lasting);
    expect(alertsOf(outputs)[0]).toMatch(/^raised L3/);
    expect(ringsOf(outputs).length).toBeGreaterThan(0);
  });

  it("is kept up to a bound; what comes beyond is counted, and told to the history alone", () => {
    const fold = foldOf(city, { early: true });
    const now = START + 3_000 * MINUTE_MS;
    say(fold, 0, 4, START);
    say(fold, 3_000, 4, now);
    fold.tick(now + 11 * MINUTE_MS);
    for (let minute = 2_500; minute > 0; minute--) say(fold, minute, 9, now + 12 * MINUTE_MS);
    expect(fold.droppedLate).toBe(2_500 - 2_048);
    expect(fold.counts).toMatchObject({ accepted: 2_502, late: 2_500 });
    expect(again(fold).droppedLate).toBe(fold.droppedLate);
  });
});
