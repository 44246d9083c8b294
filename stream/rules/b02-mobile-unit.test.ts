import { describe, expect, it } from "vitest";
import { mobileUnit } from "./b02-mobile-unit.ts";
import { RuleTrial } from "./rule-trial.ts";

const VILLAGE = { lon: 110.2, lat: 39.9 };
const HOME = { lon: 109.98, lat: 39.81 };
/** North of a place by so many metres. */
const north = (place: { lon: number; lat: number }, metres: number) => ({
  ...place,
  lat: place.lat + metres / 111_195,
});

const PERMIT = { center: HOME, radiusM: 500, hours: [["17:00", "23:00"]] };

class Unit extends RuleTrial {
  constructor(
    permit: object | null = null,
    devices: { id: string; kind: string; reportEveryMs?: number }[] = [],
  ) {
    const gps = { id: "K/gps", kind: "gps", reportEveryMs: 300_000 };
    super(mobileUnit, { kitchen: { type: "mobile-banquet", permit }, devices: [gps, ...devices] });
  }

  /** Held from 09:00 to 16:00 in the village, unless said otherwise. */
  files(at = "08:00", from = "09:00", to = "16:00"): this {
    const time = (clock: string) => `2026-03-02T${clock}:00+08:00`;
    const data = {
      banquet: "B",
      heads: 300,
      filed: true,
      place: VILLAGE,
      radiusM: 1_000,
      from: time(from),
      to: time(to),
    };
    return this.says("warmcity.banquet.filed", at, data, { by: "/kitchens/K" });
  }

  /** A position each 5 min. */
  stands(from: string, to: string, place: { lon: number; lat: number }): this {
    for (let at = minutesOf(from); at <= minutesOf(to); at += 5)
      this.says("warmcity.position", clockOf(at), place, { by: "K/gps" });
    return this;
  }

  beats(device: string, from: string, to: string, receivedAt?: string): this {
    for (let at = minutesOf(from); at <= minutesOf(to); at++)
      this.reads(device, clockOf(at), 4, receivedAt === undefined ? {} : { receivedAt });
    return this;
  }
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const clockOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const FRIDGE = { id: "K/fridge", kind: "fridge-temperature", reportEveryMs: 60_000 };

describe("B02 mobile unit out of its zone", () => {
  it("rings after 10 min outside the place of its banquet, and ends when it is back", () => {
    const unit = new Unit().files().stands("09:00", "10:00", VILLAGE);
    unit.stands("10:05", "10:20", north(VILLAGE, 1_300)).stands("10:25", "15:55", VILLAGE);
    expect(unit.run("15:59")).toEqual(["10:15:00 raised L3 banquet:B", "10:25:00 resolved L3 banquet:B"]);
    expect(unit.alerts("15:59")[0]!.because[0]!.text!.zh).toBe("在规定区域外 300 米");
  });

  it("stays silent inside the place, and at a stay outside that ends within 10 min", () => {
    const inside = new Unit().files().stands("09:00", "15:55", north(VILLAGE, 950));
    expect(inside.run("15:59")).toEqual([]);
    const brief = new Unit().files().stands("09:00", "10:00", VILLAGE).stands("10:05", "10:10", HOME);
    expect(brief.stands("10:14", "15:55", VILLAGE).run("15:59")).toEqual([]);
  });

  it("goes by the permit's zone and hours when no banquet is held", () => {
    const away = (from: string, to: string) => new Unit(PERMIT).stands(from, to, north(HOME, 700));
    expect(away("18:00", "19:00").run("19:10")).toEqual(["18:10:00 raised L3 -"]);
    expect(away("10:00", "12:00").run("13:00")).toEqual([]);
    expect(new Unit(PERMIT).stands("18:00", "19:00", north(HOME, 400)).run("19:10")).toEqual([]);
    expect(new Unit(null).stands("18:00", "19:00", VILLAGE).run("19:10")).toEqual([]);
    expect(away("22:40", "23:10").run("23:20")).toEqual(["22:50:00 raised L3 -", "23:00:00 resolved L3 -"]);
  });

  it("may leave its permit's zone on the way to a banquet and during it", () => {
    const permit = { ...PERMIT, hours: [["05:00", "23:00"]] };
    const unit = new Unit(permit).files("06:00").stands("07:05", "08:55", north(HOME, 9_000));
    expect(
      unit.stands("09:00", "15:55", VILLAGE).stands("16:00", "17:55", north(HOME, 9_000)).run("17:59"),
    ).toEqual([]);
    expect(unit.stands("18:00", "18:15", north(HOME, 9_000)).run("18:20")).toEqual(["18:10:00 raised L3 -"]);
  });

  it("does not take an old position for one that stands: 15 min after the last nothing is known", () => {
    const unit = new Unit().files().stands("09:00", "10:00", VILLAGE).stands("10:05", "10:05", HOME);
    expect(unit.run("10:20")).toEqual(["10:15:00 raised L3 banquet:B"]);
    const mute = new RuleTrial(mobileUnit, {
      kitchen: { type: "mobile-banquet", permit: { ...PERMIT, hours: [] } },
      devices: [{ id: "K/gps", kind: "gps", reportEveryMs: 60_000 }],
    });
    mute.says("warmcity.position", "10:05", VILLAGE, { by: "K/gps" });
    expect(mute.run("11:00")).toEqual([]);
    mute.says("warmcity.position", "10:40", VILLAGE, { by: "K/gps" });
    expect(mute.run("11:00")).toEqual(["10:40:00 raised L3 -"]);
  });

  it("ends with the event", () => {
    const unit = new Unit().files().stands("09:00", "15:55", HOME);
    expect(unit.run("17:00")).toEqual(["09:10:00 raised L3 banquet:B", "16:00:00 resolved L3 banquet:B"]);
  });

  it("minds no unit that has declared itself closed", () => {
    const unit = new Unit(PERMIT).stands("18:00", "19:00", VILLAGE);
    unit.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(unit.run("19:10")).toEqual([]);
  });
});

describe("B02 mobile unit lost", () => {
  it("follows SC14: off from 10:40 to 11:15, lost at 11:10, back with what was stored", () => {
    const unit = new Unit(null, [FRIDGE]).files().beats("K/fridge", "09:00", "10:40");
    unit.beats("K/fridge", "10:41", "11:14", "11:15").beats("K/fridge", "11:15", "15:00");
    expect(unit.run("15:02")).toEqual(["11:10:00 raised L3 banquet:B", "11:15:00 resolved L3 banquet:B"]);
  });

  it("stays silent when it is back after 29 min, and when no event is held", () => {
    const brief = new Unit(null, [FRIDGE]).files().beats("K/fridge", "09:00", "10:40");
    expect(brief.beats("K/fridge", "11:09", "15:00").run("15:02")).toEqual([]);
    const between = new Unit(PERMIT, [FRIDGE]).beats("K/fridge", "09:00", "10:40");
    expect(between.run("15:00")).toEqual([]);
    const stored = new Unit(null, [FRIDGE]).files().beats("K/fridge", "09:00", "10:40");
    stored.beats("K/fridge", "10:41", "11:08", "11:09").beats("K/fridge", "11:09", "15:00");
    expect(stored.run("15:02")).toEqual([]);
  });

  it("counts from the beginning of the event, and not beyond its end", () => {
    const early = new Unit(null, [FRIDGE]).files().beats("K/fridge", "07:00", "08:00");
    expect(early.run("10:00")).toEqual(["09:30:00 raised L3 banquet:B"]);
    const end = new Unit(null, [FRIDGE]).files().beats("K/fridge", "09:00", "15:31");
    expect(end.run("17:00")).toEqual([]);
  });

  it("is heard while one device speaks, unless its GPS is gone", () => {
    const devices = [FRIDGE, { id: "K/freezer", kind: "freezer-temperature", reportEveryMs: 60_000 }];
    const one = new Unit(null, devices)
      .files()
      .beats("K/fridge", "09:00", "10:40")
      .beats("K/freezer", "09:00", "15:00");
    expect(one.run("15:02")).toEqual([]);
    const gone = new Unit(null, devices)
      .files()
      .stands("09:00", "10:40", VILLAGE)
      .beats("K/fridge", "09:00", "15:00");
    expect(gone.run("15:02")).toEqual(["11:10:00 raised L3 banquet:B"]);
  });

  it("gives the same alerts for input thrice and shuffled", () => {
    const unit = new Unit(null, [FRIDGE])
      .files()
      .beats("K/fridge", "09:00", "10:40")
      .beats("K/fridge", "11:15", "12:00");
    unit.stands("09:00", "09:30", VILLAGE).stands("09:35", "10:00", HOME).stands("10:05", "12:00", VILLAGE);
    for (const shuffled of [1, 2, 3]) expect(unit.run("12:00", { shuffled })).toEqual(unit.run("12:00"));
  });
});
