import { describe, expect, it } from "vitest";
import { parseRegistry } from "../../twin/city/registry.ts";
import { minutes } from "../../twin/kernel/time.ts";
import { DeviceTable } from "../order/device-table.ts";
import { emptySample } from "../order/sample.ts";
import type { Finding } from "./finding.ts";
import { defineLimit } from "./limit.ts";
import { LimitBank } from "./limit-bank.ts";

const limit = defineLimit({
  code: "T01",
  kinds: ["fridge-temperature"],
  deadband: 0.3,
  holds: [
    { over: 8, forMs: minutes(30), level: "L3" },
    { over: 8, forMs: minutes(120), level: "L2" },
  ],
  runs: [],
  clear: { at: 8, forMs: minutes(30) },
});

const gas = defineLimit({
  code: "T09",
  kinds: ["gas"],
  deadband: 0,
  holds: [{ over: 10, inclusive: true, forMs: 60_000, level: "L3" }],
  runs: [
    { from: 20, count: 2, level: "L1" },
    { from: 50, count: 1, level: "L1" },
  ],
  clear: { at: 5, strict: true, forMs: minutes(10) },
});

function city() {
  const parsed = parseRegistry({
    version: 1,
    kitchens: [
      {
        id: "K-00001",
        type: "small",
        banner: "150602",
        office: "150602-03",
        position: { lon: 110, lat: 39.8, crs: "WGS84" },
        opens: [["06:00", "22:00"]],
        licence: { validTo: "2030-01-01" },
        devices: [
          { id: "K-00001/f1", kind: "fridge-temperature", reportEveryMs: 60_000 },
          { id: "K-00001/g1", kind: "gas", reportEveryMs: 5_000 },
        ],
      },
    ],
  });
  if (!parsed.ok) throw new RangeError(parsed.faults[0]?.reason);
  return parsed.value;
}

/** Feeds [minute, value] pairs of one device; returns what was found as `kind level @minute`. */
function watch(
  device: number,
  readings: readonly (readonly [number, number])[],
  watermark?: number,
): string[] {
  const found: string[] = [];
  const bank = new LimitBank(new DeviceTable(city()), [limit, gas], (_device, finding: Finding) => {
    const level = finding.kind === "held" ? ` ${finding.level}` : "";
    found.push(`${finding.kind}${level} @${finding.time / 60_000}`);
  });
  for (const [minute, value] of readings) {
    bank.read({ ...emptySample(), device, time: minute * 60_000, value, sequence: minute });
  }
  if (watermark !== undefined) bank.advance(watermark * 60_000);
  return found;
}

const every = (from: number, to: number, value: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => [from + i, value] as const);

describe("LimitBank", () => {
  it("fires at t0 + 30 min, then rises at t0 + 2 h", () => {
    expect(watch(0, [[0, 4], ...every(1, 125, 8.1)])).toEqual(["held L3 @31", "held L2 @121"]);
  });

  it("does not fire when the value falls out of the dead band at the very moment", () => {
    expect(watch(0, [...every(0, 29, 8.1), [30, 7.7]])).toEqual([]);
  });

  it("goes on through the dead band but not below it", () => {
    expect(watch(0, [...every(0, 14, 8.1), ...every(15, 31, 7.8)])).toEqual(["held L3 @30"]);
    expect(watch(0, [...every(0, 14, 8.1), [15, 7.7], ...every(16, 31, 8.1)])).toEqual([]);
  });

  it("clears after 30 min at or below 8, counted without a dead band", () => {
    expect(watch(0, [...every(0, 30, 9), ...every(31, 61, 8)])).toEqual([
      "held L3 @30",
      "eased @31",
      "cleared @61",
    ]);
  });

  it("fires at the trigger time while the last value stands, though nothing follows it", () => {
    expect(watch(0, every(0, 28, 9), 45)).toEqual(["held L3 @30"]);
  });

  it("fires nothing while the value is unknown, and not before the next value that still meets the condition", () => {
    expect(watch(0, every(0, 20, 9), 45)).toEqual([]);
    expect(watch(0, [...every(0, 20, 9), [40, 9]])).toEqual(["held L3 @40"]);
    expect(watch(0, [...every(0, 20, 9), [40, 7]])).toEqual([]);
  });

  it("rings gas at the second high sample, not at a single one", () => {
    expect(
      watch(1, [
        [0, 12],
        [1 / 12, 21],
        [2 / 12, 26],
      ]).map((text) => text.split(" @")[0]),
    ).toEqual(["held L1"]);
    expect(
      watch(1, [
        [0, 30],
        [1 / 12, 2],
      ]),
    ).toEqual([]);
    expect(watch(1, [[0, 51]])).toEqual(["held L1 @0"]);
  });

  it("warns of gas after 60 s at 10 % of the lower explosive limit", () => {
    const samples = Array.from({ length: 13 }, (_, i) => [i / 12, 10] as const);
    expect(watch(1, samples)).toEqual(["held L3 @1"]);
  });

  it("rings gas behind a gap by the values known, those between them below the limit not passed over", () => {
    const bank = new LimitBank(new DeviceTable(city()), [gas], () => undefined);
    const at = (second: number, value: number) => ({
      ...emptySample(),
      device: 1,
      time: second * 1_000,
      value,
    });
    expect(bank.express(at(10, 26), [at(5, 21)])).toMatchObject({ level: "L1", time: 10_000 });
    expect(bank.express(at(5, 21), [at(10, 26)])).toMatchObject({ level: "L1" });
    expect(bank.express(at(10, 26), [at(0, 21), at(5, 9)])).toBeNull();
    expect(bank.express(at(10, 26), [at(0, 21), at(5, Number.NaN)])).toMatchObject({ level: "L1" });
    expect(bank.express(at(30, 26), [at(5, 21)])).toBeNull();
    expect(bank.express(at(5, 55), [])).toMatchObject({ level: "L1" });
    bank.read(at(0, 22));
    expect(bank.express(at(10, 26), [])).toMatchObject({ level: "L1" });
    expect(bank.express(at(10, 26), [at(5, 3)])).toBeNull();
  });
});
