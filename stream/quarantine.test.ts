import { describe, expect, it } from "vitest";
import { parseRegistry } from "../twin/city/registry.ts";
import type { CityEvent } from "../twin/events/event.ts";
import { formatTime, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../twin/policy/policy-book.ts";
import { CityFold } from "./fold.ts";
import { fakeReadings } from "./rules/o04-fake-readings.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";

const START = parseTime("2026-03-02T08:00:00+08:00");
const registry = parseRegistry({
  version: 1,
  kitchens: [
    {
      id: "K",
      type: "medium",
      banner: "150602",
      office: "150602-01",
      position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
      opens: [["09:00", "22:00"]],
      licence: { validTo: "2030-12-31" },
      devices: [
        { id: "K/fridge", kind: "fridge-temperature", zone: "cold-store", reportEveryMs: 60_000 },
        { id: "K/power", kind: "power", of: "K/fridge", reportEveryMs: 60_000 },
      ],
    },
  ],
});
if (!registry.ok) throw new RangeError(JSON.stringify(registry.faults));
const city = registry.value;
const newFold = () =>
  new CityFold({
    city,
    rules: [fridgeHigh, fakeReadings],
    cityRules: [],
    policies: DEFAULT_POLICIES,
    early: false,
  });

function said(device: number, minute: number, sequence: number, value: number): CityEvent {
  const time = START + minute * MINUTE_MS;
  return {
    type: "warmcity.reading",
    id: `${device}-${sequence}`,
    source: `/devices/${city.devices[device]!.id}`,
    kitchen: 0,
    device,
    time,
    receivedAt: time,
    boot: "b",
    sequence,
    exercise: false,
    position: minute,
    data: { value },
  };
}

function calibrated(minute: number, sequence: number): CityEvent {
  const { data: _value, ...reading } = said(0, minute, sequence, 0);
  return {
    ...reading,
    type: "warmcity.device.maintained",
    data: { kind: "calibration", to: formatTime(reading.time) },
  };
}

/** A fridge that shows 4.0 °C for 7 h, then 9 to 11 °C; calibrated at 17:00 where it says so. `restartAt` in minutes. */
function lines(options: { calibratedAt?: number; restartAt?: number } = {}): {
  lines: string[];
  fold: CityFold;
} {
  let fold = newFold();
  const out: string[] = [];
  const note = () => {
    for (const { type, time, data } of fold.take()) {
      if (!("code" in data) || !type.startsWith("warmcity.alert")) continue;
      out.push(`${formatTime(time).slice(11, 16)} ${type.slice(15)} ${data.code}`);
    }
  };
  let sequence = 0;
  for (let minute = 0; minute <= 720; minute++) {
    fold.event(said(1, minute, minute, minute < 90 ? 210 : 0));
    if (minute === options.calibratedAt) fold.event(calibrated(minute, sequence++));
    fold.event(said(0, minute, sequence++, minute < 420 ? 4 : 8.5 + (minute % 5) / 10));
    note();
    if (minute !== options.restartAt) continue;
    const saved: ReturnType<CityFold["save"]> = JSON.parse(JSON.stringify(fold.save()));
    fold = newFold();
    fold.restore(saved);
  }
  fold.finish(START + 720 * MINUTE_MS);
  note();
  return { lines: out, fold };
}

describe("the quarantine of a suspect device", () => {
  it("keeps its values from all other rules, and counts them", () => {
    const { lines: told, fold } = lines();
    expect(told).toEqual(["14:00 raised O04"]);
    const { accepted, quarantined, late } = fold.counts;
    expect(accepted).toBe(2 * 721);
    expect(late).toBe(0);
    // From 11 min after 14:00 to 20:00, both ends.
    expect(quarantined).toBe(350);
  });

  it("ends when the device is calibrated: what it says from then on counts anew", () => {
    const { lines: told } = lines({ calibratedAt: 540 });
    expect(told).toEqual([
      "14:00 raised O04",
      "17:00 resolved O04",
      "17:41 raised T01",
      "19:11 level-changed T01",
    ]);
  });

  it("outlives a restart", () => {
    for (const restartAt of [100, 365, 375, 500, 545]) {
      const whole = lines({ calibratedAt: 540 });
      const restarted = lines({ calibratedAt: 540, restartAt });
      expect(restarted.lines).toEqual(whole.lines);
      expect(restarted.fold.counts).toEqual(whole.fold.counts);
    }
  });
});
