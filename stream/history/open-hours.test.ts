import { describe, expect, test } from "vitest";
import { HourBuffer } from "./hour-buffer.ts";
import { OpenHours } from "./open-hours.ts";
import { HOUR_MS, SampleRun } from "./sample-code.ts";

/** Open hours of ten devices, so that 64 samples open one, and the hours that were closed. */
function opened(): { hours: OpenHours; closed: (number | "strays")[] } {
  const closed: (number | "strays")[] = [];
  const hours = new OpenHours(new Float64Array(10).fill(0.1), (samples) =>
    closed.push(samples instanceof HourBuffer ? samples.hour : "strays"),
  );
  return { hours, closed };
}

function fill(hours: OpenHours, hour: number, count: number, from = 0): void {
  for (let i = from; i < from + count; i++) hours.addReading(i % 10, hour * HOUR_MS + i * 1000, i);
}

describe("open hours", () => {
  test("close the hour that gets least when a new one begins", () => {
    const { hours, closed } = opened();
    fill(hours, 100, 500);
    fill(hours, 101, 300);
    fill(hours, 100, 20, 500);
    fill(hours, 102, 63);
    expect(closed).toEqual([]);
    fill(hours, 102, 1, 63);
    expect(closed).toEqual([100]);
    fill(hours, 101, 5, 300);
    fill(hours, 102, 200, 64);
    fill(hours, 103, 64);
    expect(closed).toEqual([100, 101]);
  });

  test("keep the present hour open when wrong clocks open one in the future", () => {
    const { hours, closed } = opened();
    fill(hours, 100, 500);
    fill(hours, 120, 64);
    fill(hours, 100, 500, 500);
    fill(hours, 101, 64);
    expect(closed).toEqual([120]);
  });

  test("read what waits for its hour to open, and give all away when told", () => {
    const { hours, closed } = opened();
    fill(hours, 100, 70);
    fill(hours, 50, 10);
    const run = new SampleRun();
    hours.read(50, 3, run);
    hours.read(100, 3, run);
    expect(Array.from(run.scaled.subarray(0, run.length))).toEqual([30, 30, 130, 230, 330, 430, 530, 630]);
    expect(new Set(hours.hours())).toEqual(new Set([50, 100]));
    hours.closeAll();
    expect(closed).toEqual([100, "strays"]);
    expect(hours.hours()).toEqual([]);
  });
});
