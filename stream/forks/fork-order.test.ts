import { describe, expect, it } from "vitest";
import { generateCity } from "../../twin/city/generated-city.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import { ORDOS_2026 } from "../../twin/policy/policy-pack.ts";
import { parseForkOrder } from "./fork-order.ts";

const city = generateCity({ seed: 1, preset: "baseline", kitchens: 40 });
const ground = { city, policies: DEFAULT_POLICIES };

function pointersOf(changes: unknown, more: { hours?: number; seeds?: number } = {}): string[] {
  const parsed = parseForkOrder(ground, { at: null, changes, ...more });
  return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer);
}

describe("parseForkOrder", () => {
  it("takes every kind of change, and fills in 24 hours and five seeds", () => {
    const { feeder } = city.kitchens[0]!.devices[0]!;
    const { banner } = city.kitchens[0]!;
    const device = city.devices.find(({ kind }) => kind === "fridge-temperature")!.id;
    const changes = [
      { kind: "power-cut", feeder, minutes: 60 },
      { kind: "network-cut", area: { by: "banner", id: banner }, afterMinutes: 5, minutes: 60 },
      { kind: "fridge-failure", device, minutes: null },
      { kind: "recall", product: "milk", lots: ["L7"], class: 1 },
      { kind: "policy", pack: { ...ORDOS_2026, version: 2 } },
      { kind: "inspectors", banner, factor: 2 },
      { kind: "street", banner, kitchens: 12 },
    ];
    const parsed = parseForkOrder(ground, { at: null, changes });
    expect(parsed).toEqual({ ok: true, value: { at: null, hours: 24, seeds: 5, changes } });
  });

  it("refuses what it does not know by its pointer", () => {
    expect(pointersOf("nothing")).toEqual(["/changes"]);
    expect(pointersOf([7])).toEqual(["/changes/0/kind"]);
    expect(pointersOf([{ kind: "earthquake" }])).toEqual(["/changes/0/kind"]);
    expect(pointersOf([{ kind: "power-cut", feeder: "F-none", minutes: 60 }])).toEqual(["/changes/0/feeder"]);
    expect(pointersOf([{ kind: "power-cut", feeder: "F-001", minutes: 0, extra: 1 }])).toEqual(
      expect.arrayContaining(["/changes/0/minutes", "/changes/0/extra"]),
    );
    expect(pointersOf([{ kind: "network-cut", area: { by: "isp", id: "?" }, minutes: 9 }])).toEqual([
      "/changes/0/area/id",
    ]);
    const camera = city.devices.find(({ kind }) => kind === "camera")!.id;
    expect(pointersOf([{ kind: "fridge-failure", device: camera, minutes: 5 }])).toEqual([
      "/changes/0/device",
    ]);
    expect(pointersOf([{ kind: "inspectors", banner: "999999", factor: 2 }])).toEqual(["/changes/0/banner"]);
    expect(pointersOf([{ kind: "recall", product: "milk", lots: [], class: 1 }])).toEqual([
      "/changes/0/lots",
    ]);
  });

  it("refuses a pack by the pointer inside it, one that is in force already, and two of them", () => {
    const bad = { ...ORDOS_2026, version: 2, rules: { T01: { limitC: "warm" } } };
    expect(pointersOf([{ kind: "policy", pack: bad }])[0]).toMatch(/^\/changes\/0\/pack\/rules\/T01/);
    expect(pointersOf([{ kind: "policy", pack: ORDOS_2026 }])).toEqual(["/changes/0/pack/version"]);
    const [two, three] = [2, 3].map((version) => ({ kind: "policy", pack: { ...ORDOS_2026, version } }));
    expect(pointersOf([two, three])).toEqual(["/changes"]);
  });

  it("refuses fewer than five seeds, and more hours than three days", () => {
    expect(pointersOf([], { hours: 73, seeds: 4 })).toEqual(["/hours", "/seeds"]);
    expect(pointersOf([], { hours: 72, seeds: 20 })).toEqual([]);
  });
});
