import { describe, expect, it } from "vitest";
import type { CityEvent } from "../twin/events/event.ts";
import { MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { foldOf } from "./fold-of.ts";
import { oneKitchen } from "./one-kitchen.ts";

const FROM = parseTime("2026-06-02T10:00:00+08:00");

const city = oneKitchen([{ id: "K/f", kind: "fridge-temperature", reportEveryMs: MINUTE_MS }], {
  opens: [["00:00", "24:00"]],
});

/** What the kitchen's connection went through, live, when these messages of its fridge (one a minute) were lost. */
function connections(lost: (minute: number) => boolean): string[] {
  const fold = foldOf(city, { early: true });
  const seen: string[] = [];
  for (let minute = 0; minute < 30; minute++) {
    const time = FROM + minute * MINUTE_MS;
    const reading: CityEvent = {
      id: `${minute}`,
      source: "/devices/K/f",
      kitchen: 0,
      device: 0,
      time,
      receivedAt: time,
      boot: "b",
      sequence: minute,
      exercise: false,
      position: minute,
      type: "warmcity.reading",
      data: { value: 4 },
    };
    if (!lost(minute)) fold.event(reading);
    for (let second = 1; second < 60; second++) fold.tick(time + second * 1_000, true);
    for (const { data } of fold.take())
      if ("region" in data && data.region === "connection") seen.push(`${minute} ${data.to}`);
  }
  return seen;
}

describe("a message that was lost", () => {
  it("makes nobody silent whose later messages come in, though they wait for it", () => {
    expect(connections((minute) => minute === 5)).toEqual(["0 online"]);
  });

  it("does not hide a real silence behind it", () => {
    expect(connections((minute) => minute === 5 || minute >= 8)).toEqual(["0 online", "10 dark"]);
  });
});
