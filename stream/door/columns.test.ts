import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { City } from "../../twin/city/city.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { Columns } from "../../twin/events/columns.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { ColumnsCodec } from "./columns-binary.ts";
import { Door } from "./door.ts";
import { COLUMNS } from "./media-type.ts";
import { smallCity } from "./small-city.ts";

const city = smallCity();
const door = new Door(city);
const codec = new ColumnsCodec(city);
const NOW = parseTime("2026-11-23T10:00:00+08:00");
const FRIDGE = "K-00001/fridge-temperature-1";
const CAMERA = "K-00002/camera-1";

const attributes = {
  specversion: "1.0",
  id: "c-1",
  source: "/gateways/K-00001/gw",
  type: "warmcity.readings",
};
const data = {
  base: "2026-11-23T09:00:00+08:00",
  devices: [FRIDGE, CAMERA],
  device: [0, 0, 1],
  sequence: [17, 18, 1],
  dtMs: [0, 60_000, 5],
  value: [4.1, null, null],
  boot: ["b1", null],
};
const send = (change: object, around: object = {}) =>
  door.cloudEvents(
    JSON.stringify({ ...attributes, ...around, data: { ...data, ...change } }),
    "application/cloudevents+json",
    {},
    NOW,
  );

function onlyColumns(intake: ReturnType<typeof send>) {
  const [item] = intake.admitted;
  if (intake.admitted.length !== 1 || item?.kind !== "columns") throw new Error("expected columns");
  return item;
}

/** The same columns whatever the widths of their numbers. */
function wide({ device, sequence, ...columns }: Columns) {
  return { ...columns, device: Uint32Array.from(device), sequence: Float64Array.from(sequence) };
}

describe("columns in JSON", () => {
  it("become typed columns; null is a heartbeat", () => {
    const { columns, ...rest } = onlyColumns(send({}, { exercise: true }));
    expect(rest).toEqual({
      kind: "columns",
      encoded: null,
      index: 0,
      source: attributes.source,
      id: "c-1",
      receivedAt: NOW,
      exercise: true,
    });
    expect(columns).toEqual({
      base: parseTime(data.base),
      devices: Uint32Array.of(city.deviceOrdinal(FRIDGE), city.deviceOrdinal(CAMERA)),
      boots: ["b1", null],
      device: Uint32Array.from(data.device),
      sequence: Float64Array.from(data.sequence),
      dtMs: Int32Array.from(data.dtMs),
      value: Float64Array.of(4.1, Number.NaN, Number.NaN),
    });
  });

  it("count by entries; bad ones are refused one by one and the good ones admitted", () => {
    const intake = send({
      devices: [FRIDGE, CAMERA, "K-00009/x"],
      boot: undefined,
      device: [0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, -1],
      sequence: [1, 2, 3, 4, 5, 6, -1, 1.5, 9, 10, 11, 12],
      dtMs: [0, 1, 2, 3, 4, 5, 6, 7, 2 ** 31, 200_000_000, "10", 11],
      value: [4, 1e308, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    });
    expect(intake.received).toBe(12);
    const { columns } = onlyColumns(intake);
    expect([...columns.sequence]).toEqual([1, 3]);
    expect([...columns.devices]).toEqual([city.deviceOrdinal(FRIDGE)]);
    expect(intake.refused.map(({ faults }) => faults[0]!.pointer)).toEqual([
      "/data/value/1",
      "/data/value/3",
      "/data/device/4",
      "/data/device/5",
      "/data/sequence/6",
      "/data/sequence/7",
      "/data/dtMs/8",
      "/data/dtMs/9",
      "/data/dtMs/10",
      "/data/device/11",
    ]);
  });

  it("with very many bad entries are answered in few words", () => {
    const many = Array.from({ length: 5_000 }, () => 0);
    const intake = send({ device: many, sequence: many, dtMs: many, value: many.map(() => 1e9) });
    expect(intake).toMatchObject({ received: 5_000, admitted: [] });
    expect(intake.refused).toHaveLength(101);
    expect(intake.refused.at(-1)!.events).toBe(4_900);
  });

  it.each([
    ["base", { base: "today" }, "/data/base"],
    ["devices", { devices: FRIDGE }, "/data/devices"],
    ["a device's name", { devices: [FRIDGE, 7] }, "/data/devices/1"],
    ["unequal lengths", { value: [1] }, "/data/value"],
    ["boot", { boot: ["b1"] }, "/data/boot"],
    ["a bootid", { boot: ["b1", 7] }, "/data/boot/1"],
    ["too many entries", { value: Array.from({ length: 200_001 }, () => 0) }, "/data/value"],
  ])("with a broken frame (%s) are refused as one", (_, change, pointer) => {
    const intake = send(change);
    expect(intake).toMatchObject({ received: 1, admitted: [] });
    expect(intake.refused[0]!.faults[0]!.pointer).toBe(pointer);
  });

  it("that are no columns at all are refused", () => {
    for (const none of [null, 7, []]) {
      const body = JSON.stringify({ ...attributes, data: none });
      const intake = door.cloudEvents(body, "application/cloudevents+json", {}, NOW);
      expect(intake.refused[0]!.faults[0]!.pointer).toBe("/data");
    }
  });

  it("may speak only for the kitchen that the subject names", () => {
    const intake = send({}, { subject: "K-00001" });
    expect(intake.refused.map(({ faults }) => faults[0]!.pointer)).toEqual(["/data/device/2"]);
  });
});

describe("columns in binary", () => {
  const { columns } = onlyColumns(send({}));
  const post = (bytes: Uint8Array, headers = {}) => door.cloudEvents(bytes, COLUMNS, headers, NOW);

  it("carry the same, whether the attributes come inside or as headers", () => {
    const inside = onlyColumns(post(codec.encode(columns, attributes, "names")));
    expect(wide(inside.columns)).toEqual(columns);
    expect(inside.encoded).toBeNull();
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value]),
    );
    expect(onlyColumns(post(codec.encode(columns, {}, "ordinals"), headers))).toEqual(inside);
  });

  it("are kept on the log as they came only if they can be read back from themselves alone", () => {
    const whole = codec.encode(columns, { ...attributes, exercise: true }, "ordinals");
    const kept = onlyColumns(post(whole));
    expect(kept.encoded).toBe(whole);
    const own = codec.decodeOwn(whole);
    expect(own.attributes).toEqual({ ...attributes, exercise: true });
    expect(wide(own.columns)).toEqual(columns);
    expect(onlyColumns(post(whole, { "ce-exercise": "false" })).encoded).toBeNull();
    const unknown = { ...columns, devices: Uint32Array.of(...columns.devices, 999_999), boots: null };
    const odd = onlyColumns(post(codec.encode(unknown, attributes, "ordinals")));
    expect(odd.encoded).toBeNull();
    expect(odd.columns.devices).toEqual(columns.devices);
  });

  it("may lie at any place in memory", () => {
    const bytes = codec.encode(columns, attributes, "names");
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(wide(onlyColumns(post(shifted.subarray(3))).columns)).toEqual(columns);
  });

  it("give back every bit, in the short and the long forms", () => {
    const value = fc.oneof(
      fc.double(),
      fc.constant(-0),
      fc.integer({ min: -3_000_000, max: 3_000_000 }).map((k) => k / 1_000),
    );
    const sequence = fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    const entry = fc.record({ value, sequence, device: fc.nat({ max: 1 }), dtMs: fc.integer() });
    fc.assert(
      fc.property(fc.array(entry), fc.boolean(), (entries, named) => {
        const some = {
          ...columns,
          device: Uint32Array.from(entries, (e) => e.device),
          sequence: Float64Array.from(entries, (e) => e.sequence),
          dtMs: Int32Array.from(entries, (e) => e.dtMs),
          value: Float64Array.from(entries, (e) => e.value),
        };
        const back = codec.decodeOwn(codec.encode(some, { id: "x" }, named ? "names" : "ordinals"));
        expect(back.attributes).toEqual({ id: "x" });
        expect(wide(back.columns)).toEqual(some);
        for (const [i, v] of some.value.entries()) expect(Object.is(back.columns.value[i], v)).toBe(true);
      }),
    );
  });

  it("are 14 bytes an entry, heartbeats 10, where nothing is lost by it", () => {
    const some = (n: number, v: number) => {
      const zeros = new Array<number>(n).fill(0);
      const entries = { device: Uint32Array.from(zeros), sequence: Float64Array.from(zeros) };
      const more = { dtMs: Int32Array.from(zeros), value: Float64Array.from(zeros, () => v) };
      return codec.encode({ ...columns, ...entries, ...more }, {}, "ordinals").length;
    };
    expect(some(1_001, 4.1) - some(1, 4.1)).toBe(14_000);
    expect(some(1_001, Number.NaN) - some(1, Number.NaN)).toBe(10_000);
  });

  it("are read from a log under a registry that has grown, shrunk or been put in another order since", () => {
    const known = (grown: City, bytes: Uint8Array) => {
      const { columns: some } = new ColumnsCodec(grown).decodeOwn(bytes);
      const nameOf = (entry: number) => grown.devices[some.devices[some.device[entry]!]!]!.id;
      return Array.from(some.value, (value, entry) => [nameOf(entry), some.sequence[entry], value]);
    };
    const { kitchens } = city;
    const other = (...chosen: Kitchen[]) => new City({ kitchens: chosen, streets: [], suppliers: [] });
    const bytes = codec.encode(columns, attributes, "names");
    const all = known(city, bytes);
    expect(all.length).toBe(columns.value.length);
    expect(known(other(kitchens[1]!, kitchens[0]!), bytes)).toEqual(all);
    const without = all.filter(([name]) => name !== CAMERA);
    expect(without.length).toBeLessThan(all.length);
    expect(known(other(kitchens[0]!), bytes)).toEqual(without);
  });

  it("count by another registry are refused", () => {
    const bytes = codec.encode(columns, attributes, "ordinals");
    new DataView(bytes.buffer).setUint32(24, codec.registryHash + 1, true);
    expect(post(bytes)).toMatchObject({ received: 1, admitted: [] });
    expect(() => codec.decodeOwn(bytes)).toThrow("another registry");
  });

  it("cut short or lengthened at any place are refused", () => {
    const bytes = codec.encode(columns, attributes, "names");
    for (let length = 0; length < bytes.length; length++) {
      expect(post(bytes.slice(0, length))).toMatchObject({ received: 1, admitted: [] });
    }
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(post(longer).admitted).toEqual([]);
  });

  it("with any byte changed are read or refused, never thrown over", () => {
    const bytes = codec.encode(columns, attributes, "names");
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = bytes.slice();
        changed[at] = byte;
        const intake = post(changed);
        expect(intake.received).toBeGreaterThan(0);
      }),
    );
  });
});
