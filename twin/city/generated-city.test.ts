import { describe, expect, it } from "vitest";
import { deviceKind } from "../devices/catalogue.ts";
import { hashHex } from "../kernel/hash.ts";
import { distanceM } from "../kernel/math.ts";
import { parseDate } from "../kernel/time.ts";
import type { City } from "./city.ts";
import { DEFAULT_TODAY, generateCity } from "./generated-city.ts";
import { banners, officeOf, towns } from "./geography.ts";
import { KITCHEN_TYPES, type Kitchen } from "./kitchen.ts";
import { checkDigit } from "./licence-number.ts";
import { parseRegistry, registryOf } from "./registry.ts";
import { frameOf } from "./town-frame.ts";
import { unitProfiles } from "./unit-profiles.ts";

const full = generateCity({ seed: 1, preset: "full" });
const baseline = generateCity({ seed: 1, preset: "baseline" });

function tally<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

const fingerprint = (city: City) => hashHex(JSON.stringify(registryOf(city)));
const sensors = (city: City) =>
  city.devices.filter(({ kind, reportEveryMs }) => kind !== "camera" && reportEveryMs !== null);
const shareOf = (part: number, whole: number) => part / whole;
const kitchensOf = (type: Kitchen["type"]) => full.kitchens.filter((kitchen) => kitchen.type === type);

describe("the generated city", () => {
  it("has exactly the plan's 11,266 units by type and by town", () => {
    const counts = tally(full.kitchens, (kitchen) => kitchen.type);
    for (const type of KITCHEN_TYPES) expect(counts[type]).toBe(unitProfiles[type].count);
    expect(full.kitchens).toHaveLength(11_266);
    const byTown = tally(full.kitchens, ({ banner, address }) => townIn(banner, address ?? ""));
    for (const town of towns) expect(byTown[town.code]).toBe(town.kitchens);
  });

  it("has 76,130 sensors within 0.1 % and exactly 29,922 cameras and 73,581 people", () => {
    expect(Math.abs(sensors(full).length - 76_130)).toBeLessThan(76);
    expect(full.devices.filter(({ kind }) => kind === "camera")).toHaveLength(29_922);
    expect(full.kitchens.reduce((sum, { staff }) => sum + staff.length, 0)).toBe(73_581);
  });

  it("has in its baseline preset 17,000 sensors within 3 % every 5 min, the same cameras and no contacts", () => {
    const few = sensors(baseline);
    expect(Math.abs(few.length - 17_000)).toBeLessThan(510);
    for (const { kind, reportEveryMs } of few) {
      expect(reportEveryMs).toBe(Math.max(300_000, deviceKind(kind).reportEveryMs ?? 0));
    }
    expect(baseline.devices.length - few.length).toBe(29_922);
    for (const { type, devices } of baseline.kitchens) {
      const first = unitProfiles[type].canteen || type === "large" || type === "very-large";
      if (first) expect(devices.filter(({ kind }) => kind !== "camera").length).toBeGreaterThan(1);
    }
  });

  it("differs between presets in nothing but devices", () => {
    const without = ({ devices: _, ...rest }: Kitchen) => rest;
    expect(baseline.kitchens.map(without)).toEqual(full.kitchens.map(without));
  });

  it("draws each unit log-normal about its type: the sizes differ, the average holds", () => {
    for (const type of ["medium", "school", "office"] as const) {
      const fridges = kitchensOf(type).map(
        ({ devices }) => devices.filter(({ kind }) => kind === "fridge-temperature").length,
      );
      expect(new Set(fridges).size).toBeGreaterThan(2);
      expect(Math.min(...fridges)).toBeGreaterThan(0);
      const capacities = kitchensOf(type).map((kitchen) => kitchen.capacity ?? 0);
      const mean = capacities.reduce((a, b) => a + b, 0) / capacities.length;
      expect(Math.abs(mean / unitProfiles[type].seats.average - 1)).toBeLessThan(0.05);
    }
  });

  it("keeps the seats of each size class within its legal bounds", () => {
    for (const { type, capacity } of full.kitchens) {
      const { min, max } = unitProfiles[type].seats;
      expect(capacity).toBeGreaterThanOrEqual(min);
      expect(capacity).toBeLessThanOrEqual(max);
    }
  });

  it("hangs a door contact on every cold device and a presence contact in every ready-to-eat room", () => {
    for (const { devices, zones } of full.kitchens) {
      const doors = devices.filter(({ kind, of }) => kind === "door" && of !== "entrance");
      const cold = devices.filter(({ kind }) => /(fridge|freezer)-temperature$/.test(kind));
      expect(doors.map(({ of }) => of)).toEqual(cold.map(({ id }) => id));
      const rte = zones.some(({ kind }) => kind === "rte-room");
      expect(devices.filter(({ kind, zone }) => kind === "presence" && zone === "rte-room")).toHaveLength(
        rte ? 1 : 0,
      );
    }
  });

  it("watches stove and purifier wherever it measures fume", () => {
    for (const { devices } of full.kitchens) {
      const fume = devices.some(({ kind }) => kind === "fume");
      const watched = devices.filter(({ kind, reportEveryMs }) => kind === "power" && reportEveryMs === null);
      expect(watched.map(({ of }) => of)).toEqual(fume ? ["stove", "purifier"] : []);
    }
  });

  it("reads back as the registry it writes", () => {
    const text = JSON.stringify(registryOf(full));
    const parsed = parseRegistry(JSON.parse(text));
    expect(parsed.ok ? [] : parsed.faults.slice(0, 5)).toEqual([]);
    expect(parsed.ok && JSON.stringify(registryOf(parsed.value)) === text).toBe(true);
  });
});

/** Code of the town that an address names: the longest name wins where one contains another. */
function townIn(bannerCode: string, address: string): string {
  const banner = banners.find(({ code }) => code === bannerCode)!;
  const rest = address.slice(`内蒙古鄂尔多斯市${banner.zh}`.length);
  const matches = banner.towns.filter(({ zh }) => rest.startsWith(zh));
  return matches.sort((a, b) => b.zh.length - a.zh.length)[0]?.code ?? "none";
}

describe("its places", () => {
  it("stand at least 12 m apart", () => {
    const byLat = full.kitchens.map(({ position }) => position).sort((a, b) => a.lat - b.lat);
    let nearest = Number.POSITIVE_INFINITY;
    byLat.forEach((a, i) => {
      for (let j = i + 1; j < byLat.length && byLat[j]!.lat - a.lat < 0.0002; j++) {
        nearest = Math.min(nearest, distanceM(a, byLat[j]!));
      }
    });
    expect(nearest).toBeGreaterThanOrEqual(12);
  });

  it("lie within 4 km of their town, 13 m off a street of its grid", () => {
    for (const { banner: code, position, address } of full.kitchens) {
      const banner = banners.find((each) => each.code === code)!;
      const town = banner.towns.find((each) => each.code === townIn(code, address ?? ""))!;
      expect(distanceM(position, town.center)).toBeLessThan(4_000);
      const { x, y } = frameOf(banner, town).toLocal(position);
      const off = [x, y].map((along) => Math.abs(along - Math.round(along / 170) * 170));
      expect(Math.min(...off.map((metres) => Math.abs(metres - 13)))).toBeLessThan(0.2);
    }
  });

  it("crowd on food streets: 62 % of the small shops share theirs with many", () => {
    const streets = tally(
      full.kitchens,
      ({ banner, address }) => banner + (address ?? "").replace(/\d+号$/, ""),
    );
    const biggest = Object.values(streets).sort((a, b) => b - a);
    expect(biggest[0]).toBeGreaterThan(4 * biggest[Math.floor(biggest.length / 2)]!);
  });

  it("belong to an office of their banner, a feeder of 40 to 220 neighbours and a segment of their banner", () => {
    const kitchenFeeders = full.kitchens.map(({ devices, banner }) => {
      const feeders = new Set(devices.map(({ feeder }) => feeder));
      expect(feeders.size).toBe(1);
      return { feeder: [...feeders][0]!, banner, isp: devices[0]!.isp! };
    });
    const sizes = Object.values(tally(kitchenFeeders, ({ feeder }) => feeder));
    expect(sizes.length).toBeGreaterThanOrEqual(60);
    expect(sizes.length).toBeLessThanOrEqual(120);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(220);
    for (const key of ["feeder", "isp"] as const) {
      const pairs = new Set(kitchenFeeders.map((each) => `${each[key]} ${each.banner}`));
      expect(pairs.size).toBe(new Set(kitchenFeeders.map((each) => each[key])).size);
    }
    for (const { office, banner } of full.kitchens) expect(officeOf(office)?.banner).toBe(banner);
  });

  it("include eight demonstration streets of about 64 restaurants each, one street one town", () => {
    expect(full.streets).toHaveLength(8);
    for (const { id, kitchens, displays } of full.streets) {
      expect(kitchens.length).toBeGreaterThanOrEqual(55);
      expect(kitchens.length).toBeLessThanOrEqual(64);
      expect(displays.length).toBeGreaterThan(0);
      const members = kitchens.map((kitchen) => full.kitchens[full.kitchenIndex(kitchen)]!);
      for (const { street, type } of members) {
        expect(street).toBe(id);
        expect(unitProfiles[type].canteen).toBe(false);
      }
      expect(new Set(members.map(({ office }) => office)).size).toBe(1);
      const [a, b] = [members[0]!.position, members.at(-1)!.position];
      expect(distanceM(a, b)).toBeLessThan(1_500);
    }
  });
});

describe("its papers and people", () => {
  it("carry unique ids, public codes by banner and licence numbers with a right check digit", () => {
    expect(new Set(full.kitchens.map(({ id }) => id)).size).toBe(11_266);
    expect(new Set(full.kitchens.map(({ code }) => code)).size).toBe(11_266);
    for (const { code, banner, licence } of full.kitchens) {
      expect(code).toMatch(new RegExp(`^${banner}-\\d{7}$`));
      expect(checkDigit(licence.number!.slice(2, -1))).toBe(Number(licence.number!.at(-1)));
    }
  });

  it("expire evenly over five years from today: nine licences a working day, no one yet", () => {
    const left = full.kitchens.map(({ licence }) => parseDate(licence.validTo) - DEFAULT_TODAY);
    expect(Math.min(...left)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...left)).toBeLessThanOrEqual(1_826);
    for (let year = 0; year < 5; year++) {
      const due = left.filter((daysLeft) => Math.floor((daysLeft - 1) / 365.2) === year).length;
      expect(Math.abs(shareOf(due, 11_266) - 0.2)).toBeLessThan(0.02);
    }
  });

  it("follow `today`: all dates move with it, nothing else does", () => {
    const options = { seed: 3, preset: "baseline", kitchens: 40 } as const;
    const june = generateCity({ ...options, today: parseDate("2026-06-01") });
    const later = generateCity({ ...options, today: parseDate("2026-06-11") });
    june.kitchens.forEach((kitchen, i) => {
      const other = later.kitchens[i]!;
      expect(parseDate(other.licence.validTo) - parseDate(kitchen.licence.validTo)).toBe(10);
      expect({ ...other, licence: null, staff: null }).toEqual({ ...kitchen, licence: null, staff: null });
    });
  });

  it("give every kitchen an owner, its ready-to-eat room a cook, and everybody a certificate of a year at most", () => {
    for (const { staff, zones } of full.kitchens) {
      const rte = zones.some(({ kind }) => kind === "rte-room") && staff.length > 3;
      expect([staff[0]?.job, rte && !staff.some(({ job }) => job === "rte")]).toEqual(["owner", false]);
    }
    const left = full.kitchens.flatMap(({ staff }) =>
      staff.map(({ certificateValidTo }) => parseDate(certificateValidTo ?? "") - DEFAULT_TODAY),
    );
    expect(left.filter((daysLeft) => !(daysLeft >= 1 && daysLeft <= 365))).toEqual([]);
    expect(shareOf(left.filter((daysLeft) => daysLeft <= 30).length, left.length)).toBeLessThan(0.01);
  });

  it("mix risk grades as the type does, and name about 1,900 cadres", () => {
    const small = tally(kitchensOf("small"), ({ risk }) => risk ?? "none");
    (["A", "B", "C", "D"] as const).forEach((grade, i) => {
      expect(Math.abs(shareOf(small[grade] ?? 0, 8_059) * 100 - unitProfiles.small.risk[i]!)).toBeLessThan(2);
    });
    const cadres = new Set(full.kitchens.map(({ cadre }) => cadre?.id)).size;
    expect(Math.abs(cadres - 1_900)).toBeLessThan(60);
  });

  it("trade as the city does: 30 % of the small from 06:00, 15 % of them to 01:00", () => {
    const small = kitchensOf("small");
    const early = small.filter(({ opens }) => opens[0]?.fromMs === 6 * 3_600_000).length;
    const late = small.filter(({ opens }) => opens.at(-1)?.toMs === 3_600_000).length;
    expect(Math.abs(shareOf(early, small.length) - 0.3)).toBeLessThan(0.02);
    expect(Math.abs(shareOf(late, small.length) - 0.15)).toBeLessThan(0.02);
  });

  it("send tableware out only from small shops without a machine", () => {
    const central = full.kitchens.filter(({ tableware }) => tableware === "central");
    expect(central.length).toBeGreaterThan(1_000);
    for (const { type, devices } of central) {
      expect(type).toBe("small");
      expect(devices.some(({ kind }) => kind === "dish-machine")).toBe(false);
    }
  });

  it("give every mobile unit a permit, and nobody else", () => {
    for (const { type, permit } of full.kitchens) expect(permit !== null).toBe(type === "mobile-banquet");
  });

  it("buy from 320 suppliers, of whom second-tier ones name a distributor", () => {
    expect(full.suppliers).toHaveLength(320);
    expect(full.suppliers.some(({ secondTierOf }) => secondTierOf !== null)).toBe(true);
  });

  it("have Chinese names that hardly repeat", () => {
    const names = full.kitchens.map(({ name }) => name);
    for (const name of names) expect(name).toMatch(/^[\u4e00-\u9fff（）\d]{3,40}$/);
    expect(new Set(names).size).toBeGreaterThan(11_000);
  });
});

describe("generateCity()", () => {
  it("gives the same bytes for the same seed on every machine", () => {
    expect(fingerprint(full)).toBe("fa7d22a88c887bad");
    expect(fingerprint(baseline)).toBe("359f9a9dafa039e0");
  });

  it("gives another city for another seed", () => {
    const city = (seed: number) => fingerprint(generateCity({ seed, preset: "full", kitchens: 50 }));
    expect(city(1)).toBe(city(1));
    expect(city(1)).not.toBe(city(2));
  });

  it.each([11, 60, 200, 1_000])("keeps every type and the proportions with %i kitchens", (kitchens) => {
    const city = generateCity({ seed: 5, preset: "full", kitchens });
    expect(city.kitchens).toHaveLength(kitchens);
    const counts = tally(city.kitchens, ({ type }) => type);
    for (const type of KITCHEN_TYPES) {
      const expected = (unitProfiles[type].count * kitchens) / 11_266;
      expect(counts[type]).toBeGreaterThanOrEqual(1);
      expect(Math.abs(counts[type]! - expected)).toBeLessThan(type === "small" ? 11 : 2);
    }
    const parsed = parseRegistry(registryOf(city));
    expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  });

  it("makes a city of one kitchen, a city larger than ours, and none of a number that is no count", () => {
    expect(generateCity({ seed: 1, preset: "full", kitchens: 1 }).kitchens).toHaveLength(1);
    expect(generateCity({ seed: 1, preset: "baseline", kitchens: 15_000 }).kitchens).toHaveLength(15_000);
    for (const kitchens of [0, -1, 1.5, Number.NaN, 100_000]) {
      expect(() => generateCity({ seed: 1, preset: "full", kitchens })).toThrow(RangeError);
    }
  });
});
