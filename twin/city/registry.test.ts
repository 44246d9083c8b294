import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, hours } from "../kernel/time.ts";
import type { City } from "./city.ts";
import { parseRegistry, registryOf } from "./registry.ts";

/** The example of the public contract, with both ends of every reference. */
const EXAMPLE = {
  version: 1,
  kitchens: [
    {
      id: "K-00001",
      code: "150602-0000017",
      name: "第一小学食堂",
      type: "school",
      banner: "150602",
      office: "150602-03",
      street: null,
      position: { lon: 109.9776, lat: 39.8161, crs: "WGS84" },
      capacity: 700,
      opens: [["05:00", "19:00"]],
      risk: "D",
      address: "…",
      calendar: "school",
      meals: [
        ["06:40", "07:40"],
        ["11:30", "12:40"],
      ],
      tableware: "own",
      connect: "online",
      cadre: { id: "B-0007", tier: "D" },
      permit: null,
      licence: { number: "…", validTo: "2027-06-30", renewal: null },
      zones: [
        { id: "cold-store", kind: "cold-store" },
        { id: "rte", kind: "rte-room" },
      ],
      devices: [
        {
          id: "K-00001/fridge-1",
          kind: "fridge-temperature",
          zone: "cold-store",
          reportEveryMs: 60000,
          gateway: "K-00001/gw",
          feeder: "F-012",
          isp: "I-03",
        },
        { id: "K-00001/power-1", kind: "power", of: "purifier", zone: "cooking", reportEveryMs: null },
        { id: "K-00001/cam-1", kind: "camera", zone: "cooking", reportEveryMs: 60000, isp: "I-03" },
      ],
      staff: [{ id: "K-00001/s-1", job: "rte", certificateValidTo: "2026-12-01", trainingDue: "2026-09-01" }],
    },
  ],
  streets: [{ id: "DS-01", name: "…", kitchens: ["K-00001"], displays: ["DS-01/d-1"] }],
  suppliers: [{ id: "S-001", name: "…", secondTierOf: null }],
};

const bare = (extra: object = {}) => ({
  id: "K-1",
  type: "small",
  banner: "150602",
  office: "150602-01",
  position: { lon: 110, lat: 39.8 },
  opens: [["09:00", "22:00"]],
  licence: { validTo: "2027-01-31" },
  ...extra,
});
const registry = (...kitchens: object[]) => ({ version: 1, kitchens });

function cityOf(json: unknown): City {
  const parsed = parseRegistry(json);
  expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  if (!parsed.ok) throw new Error("unreachable: the registry was refused");
  return parsed.value;
}

/** Pointers of all faults, in order. */
function pointers(json: unknown): string[] {
  const parsed = parseRegistry(json);
  return parsed.ok ? [] : parsed.faults.map((fault) => fault.pointer);
}

function reasonAt(json: unknown, pointer: string): string | undefined {
  const parsed = parseRegistry(json);
  return parsed.ok ? undefined : parsed.faults.find((fault) => fault.pointer === pointer)?.reason;
}

it("takes an office that Ordos does not have under any banner, whatever its number begins with", () => {
  expect(cityOf(registry(bare({ banner: "150603", office: "150602-98" }))).kitchens).toHaveLength(1);
});

describe("parseRegistry()", () => {
  it("reads the contract's example", () => {
    const city = cityOf(EXAMPLE);
    const kitchen = city.kitchens[0]!;
    expect(kitchen.opens).toEqual([{ fromMs: hours(5), toMs: hours(19) }]);
    expect(kitchen.street).toBe("DS-01");
    expect(kitchen.devices.map((device) => device.reportEveryMs)).toEqual([60_000, null, 60_000]);
    expect(city.deviceOrdinal("K-00001/cam-1")).toBe(2);
    expect(city.streets[0]?.kitchens).toEqual(["K-00001"]);
  });

  it("fills in what the contract lets out", () => {
    const kitchen = cityOf(registry(bare())).kitchens[0]!;
    expect(kitchen).toMatchObject({
      code: "K-1",
      name: "K-1",
      street: null,
      capacity: null,
      risk: null,
      calendar: "daily",
      tableware: "own",
      connect: "online",
      cadre: null,
      permit: null,
      licence: { number: null, validTo: "2027-01-31", renewal: null },
      zones: [],
      devices: [],
      staff: [],
    });
    expect(kitchen.meals[0]).toEqual({ fromMs: hours(7), toMs: hours(9) });
  });

  it.each([
    ["office", "workday"],
    ["school", "school"],
    ["nursery", "school"],
    ["mobile-banquet", "event"],
    ["hospital", "daily"],
  ])("gives a kitchen of type %s the calendar %s", (type, calendar) => {
    expect(cityOf(registry(bare({ type }))).kitchens[0]?.calendar).toBe(calendar);
  });

  it("gives a permit 500 m and the whole day", () => {
    const city = cityOf(
      registry(bare({ type: "mobile-banquet", permit: { center: { lon: 110, lat: 39 } } })),
    );
    expect(city.kitchens[0]?.permit).toEqual({
      center: { lon: 110, lat: 39 },
      radiusM: 500,
      hours: [{ fromMs: 0, toMs: DAY_MS }],
    });
  });

  it("tells an absent period (the kind's own) from null (only when something happens)", () => {
    const devices = [
      { id: "K-1/a", kind: "fridge-temperature" },
      { id: "K-1/b", kind: "fridge-temperature", reportEveryMs: null },
      { id: "K-1/c", kind: "camera" },
      { id: "K-1/d", kind: "door" },
      { id: "K-1/e", kind: "dish-machine" },
      { id: "K-1/f", kind: "dish-machine", reportEveryMs: 600_000 },
      { id: "K-1/g", kind: "gps" },
    ];
    const city = cityOf(registry(bare({ devices })));
    expect(city.devices.map((device) => device.reportEveryMs)).toEqual([
      60_000,
      null,
      60_000,
      null,
      null,
      600_000,
      300_000,
    ]);
  });

  it("joins streets and kitchens whichever of them names the other", () => {
    const city = cityOf({
      version: 1,
      kitchens: [bare(), bare({ id: "K-2", street: "DS-2" })],
      streets: [{ id: "DS-1", kitchens: ["K-1"] }, { id: "DS-2" }],
    });
    expect(city.kitchens.map((kitchen) => kitchen.street)).toEqual(["DS-1", "DS-2"]);
    expect(city.streets.map((street) => street.kitchens)).toEqual([["K-1"], ["K-2"]]);
  });

  it("ignores unknown fields and lets a span cross midnight", () => {
    const kitchen = cityOf(registry(bare({ colour: "red", opens: [["17:00", "01:00"]] }))).kitchens[0]!;
    expect(kitchen.opens).toEqual([{ fromMs: hours(17), toMs: hours(1) }]);
  });

  it("accepts a zone kind as a zone, whatever zones the kitchen lists", () => {
    const zones = [{ id: "hall", kind: "dining" }];
    const devices = ["hall", "cooking"].map((zone, i) => ({ id: `K-1/c${i}`, kind: "camera", zone }));
    expect(cityOf(registry(bare({ zones, devices }))).devices.map(({ zone }) => zone)).toEqual([
      "hall",
      "cooking",
    ]);
  });
});

describe("parseRegistry() refuses", () => {
  const device = (extra: object) => registry(bare({ devices: [{ id: "K-1/d", kind: "camera", ...extra }] }));
  const twice = [
    { id: "K-1/d", kind: "camera" },
    { id: "K-1/d", kind: "door" },
  ];
  it.each<[string, unknown, string]>([
    ["what is no object", 7, ""],
    ["another version", { ...registry(), version: 2 }, "/version"],
    ["a registry without kitchens", { version: 1 }, "/kitchens"],
    ["a missing required field", registry({ ...bare(), licence: undefined }), "/kitchens/0/licence"],
    ["an unknown type", registry(bare({ type: "canteen" })), "/kitchens/0/type"],
    ["an id with a slash", registry(bare({ id: "K/1" })), "/kitchens/0/id"],
    ["a banner that is no code", registry(bare({ banner: "Dongsheng" })), "/kitchens/0/banner"],
    ["an office of another banner", registry(bare({ office: "150603-01" })), "/kitchens/0/office"],
    ["two kitchens of one id", registry(bare(), bare({ code: "x" })), "/kitchens/1/id"],
    ["two kitchens of one code", registry(bare(), bare({ id: "K-2", code: "K-1" })), "/kitchens/1/code"],
    [
      "a longitude beyond 180",
      registry(bare({ position: { lon: 181, lat: 0 } })),
      "/kitchens/0/position/lon",
    ],
    [
      "Baidu coordinates",
      registry(bare({ position: { lon: 110, lat: 39, crs: "BD-09" } })),
      "/kitchens/0/position/crs",
    ],
    ["an hour 25", registry(bare({ opens: [["25:00", "22:00"]] })), "/kitchens/0/opens/0/0"],
    ["an empty span", registry(bare({ opens: [["09:00", "09:00"]] })), "/kitchens/0/opens/0"],
    ["a span from 24:00", registry(bare({ meals: [["24:00", "02:00"]] })), "/kitchens/0/meals/0/0"],
    ["a span of one time", registry(bare({ opens: [["09:00"]] })), "/kitchens/0/opens/0"],
    [
      "the 30th of February",
      registry(bare({ licence: { validTo: "2027-02-30" } })),
      "/kitchens/0/licence/validTo",
    ],
    ["a street that is not listed", registry(bare({ street: "DS-9" })), "/kitchens/0/street"],
    ["two devices of one id", registry(bare({ devices: twice })), "/kitchens/0/devices/1/id"],
    ["a device of another kitchen", device({ id: "K-2/d" }), "/kitchens/0/devices/0/id"],
    ["a device name that is an MQTT wildcard", device({ id: "K-1/#" }), "/kitchens/0/devices/0/id"],
    ["an unknown kind", device({ kind: "toaster" }), "/kitchens/0/devices/0/kind"],
    ["an unknown zone", device({ zone: "attic" }), "/kitchens/0/devices/0/zone"],
    ["watching nothing known", device({ of: "K-1/fridge" }), "/kitchens/0/devices/0/of"],
    ["watching oneself", device({ of: "K-1/d" }), "/kitchens/0/devices/0/of"],
    ["a period of no time", device({ reportEveryMs: 0 }), "/kitchens/0/devices/0/reportEveryMs"],
    [
      "two people of one id",
      registry(bare({ staff: ["cook", "rte"].map((job) => ({ id: "s", job })) })),
      "/kitchens/0/staff/1/id",
    ],
    [
      "a street with an unknown kitchen",
      { ...registry(), streets: [{ id: "DS-1", kitchens: ["K-7"] }] },
      "/streets/0/kitchens/0",
    ],
    [
      "two streets that share a kitchen",
      { ...registry(bare()), streets: ["a", "b"].map((id) => ({ id, kitchens: ["K-1"] })) },
      "/streets/1/kitchens/0",
    ],
    [
      "a kitchen whose street is listed elsewhere",
      { ...registry(bare({ street: "b" })), streets: [{ id: "a", kitchens: ["K-1"] }, { id: "b" }] },
      "/kitchens/0/street",
    ],
    [
      "a supplier under nobody",
      { ...registry(), suppliers: [{ id: "S-1", secondTierOf: "S-2" }] },
      "/suppliers/0/secondTierOf",
    ],
  ])("%s", (_, json, pointer) => {
    expect(pointers(json)).toEqual([pointer]);
  });

  it("GCJ-02 with the reason", () => {
    const json = registry(bare({ position: { lon: 110, lat: 39, crs: "GCJ-02" } }));
    expect(reasonAt(json, "/kitchens/0/position/crs")).toMatch(/WGS84.*map offset of China/);
  });

  it("suppliers that stand above themselves", () => {
    const suppliers = [
      { id: "a", secondTierOf: "b" },
      { id: "b", secondTierOf: "a" },
      { id: "c", secondTierOf: "a" },
    ];
    expect(pointers({ ...registry(), suppliers })).toEqual([
      "/suppliers/0/secondTierOf",
      "/suppliers/1/secondTierOf",
    ]);
  });

  it("with every fault at once, in plain words", () => {
    const json = {
      version: 1,
      kitchens: [
        bare({ type: "canteen", opens: [["9:00", "22:00"]], devices: [{ id: "x", kind: "camera" }] }),
        bare({ street: "DS-9", capacity: -1 }),
        bare({ id: "K-3", cadre: { id: "B-1", tier: "E" } }),
      ],
      suppliers: [{ id: 5 }],
    };
    expect(pointers(json).sort()).toEqual([
      "/kitchens/0/devices/0/id",
      "/kitchens/0/opens/0/0",
      "/kitchens/0/type",
      "/kitchens/1/capacity",
      "/kitchens/1/code",
      "/kitchens/1/id",
      "/kitchens/1/street",
      "/kitchens/2/cadre/tier",
      "/suppliers/0/id",
    ]);
    expect(reasonAt(json, "/kitchens/2/cadre/tier")).toBe('is "E"; expected one of A B C D');
    expect(reasonAt(json, "/kitchens/0/opens/0/0")).toBe(
      'is "9:00"; expected a time of day from 00:00 to 24:00',
    );
    expect(reasonAt(json, "/kitchens/1/capacity")).toBe(
      "is -1; expected a whole number from 0 up to 1000000",
    );
  });

  it("any JSON that is no registry, without throwing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (whole, part) => {
        expect(pointers(whole).length).toBeGreaterThan(0);
        expect(
          pointers({ version: 1, kitchens: [part], streets: part, suppliers: part }).length,
        ).toBeGreaterThan(0);
      }),
    );
  });
});

describe("registryOf()", () => {
  it("names the coordinate system", () => {
    expect(registryOf(cityOf(EXAMPLE)).kitchens[0]?.position).toEqual({
      lon: 109.9776,
      lat: 39.8161,
      crs: "WGS84",
    });
  });
});
