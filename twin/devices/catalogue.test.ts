import { readdirSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { DAY_MS, SECOND_MS } from "../kernel/time.ts";
import { deviceKind, deviceKinds } from "./catalogue.ts";
import { DEVICE_KINDS } from "./device-kind.ts";

test("the catalogue lists exactly the files of this folder and the kinds of the contract", () => {
  const files = readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => name.slice(0, -".ts".length))
    .filter((name) => name !== "catalogue" && name !== "device-kind");
  expect(files.sort()).toEqual([...DEVICE_KINDS].sort());
  expect(Object.keys(deviceKinds)).toEqual([...DEVICE_KINDS]);
});

describe.each(DEVICE_KINDS)("%s", (kind) => {
  const definition = deviceKind(kind);

  it("is filed under its own name, in two languages", () => {
    expect(definition.kind).toBe(kind);
    expect(definition.zh).toMatch(/^[\u4e00-\u9fff]+$/);
    expect(definition.en.length).toBeGreaterThan(2);
  });

  it("has a physical range exactly if its readings have a unit", () => {
    expect(definition.range === null).toBe(definition.unit === null);
    if (definition.range !== null) expect(definition.range.min).toBeLessThan(definition.range.max);
  });

  it("reports between every second and once a day, or on events only", () => {
    if (definition.reportEveryMs === null) return;
    expect(definition.reportEveryMs).toBeGreaterThanOrEqual(SECOND_MS);
    expect(definition.reportEveryMs).toBeLessThanOrEqual(DAY_MS);
  });

  it("stores values in steps finer than its range", () => {
    expect(definition.resolution).toBeGreaterThan(0);
    if (definition.range !== null) {
      expect(definition.resolution * 100).toBeLessThanOrEqual(definition.range.max - definition.range.min);
    }
  });
});

test("temperatures are refused outside -90…400 °C and shares outside 0…100", () => {
  for (const { unit, range } of Object.values(deviceKinds)) {
    if (unit === "Cel") expect(range).toEqual({ min: -90, max: 400 });
    if (unit?.startsWith("%")) expect(range).toEqual({ min: 0, max: 100 });
  }
});

test("contacts speak only when something happens; cameras beat every minute", () => {
  expect(deviceKind("door").reportEveryMs).toBeNull();
  expect(deviceKind("presence").reportEveryMs).toBeNull();
  expect(deviceKind("camera").reportEveryMs).toBe(60_000);
  expect(deviceKind("dish-machine").reportEveryMs).toBe(600_000);
  expect(deviceKind("gps").reportEveryMs).toBe(300_000);
});
