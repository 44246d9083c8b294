import { describe, expect, it } from "vitest";
import { illnessCluster } from "../rules/c02-illness.ts";
import { illnessClusters } from "./c02-illness.ts";
import { type CityArrival, CityTrial, kitchensOf } from "./city-trial.ts";

/** Kitchens in a row, so many metres apart, north of one another. */
function row(apartM: number): CityTrial {
  return new CityTrial({
    cityRules: [illnessClusters],
    rules: [illnessCluster],
    kitchens: kitchensOf(4, 0, (k) => ({
      kitchen: { position: { lon: 109.98, lat: 39.8 + ((k - 1) * apartM) / 111_195, crs: "WGS84" } },
    })),
  });
}

const far = () => row(5_000);

function ill(
  of: CityTrial,
  at: string,
  person: string,
  kitchen = "K1",
  data = {},
  arrival: CityArrival = {},
): CityTrial {
  return of.says(
    "warmcity.illness.reported",
    at,
    kitchen,
    { person, ...data },
    { by: "/systems/12345", ...arrival },
  );
}

function each(
  of: CityTrial,
  reports: readonly (readonly [at: string, person: string, kitchen?: string])[],
): CityTrial {
  for (const [at, person, kitchen] of reports) ill(of, at, person, kitchen);
  return of;
}

describe("C02 in one kitchen", () => {
  it("is L2 with two people within 72 h", () => {
    expect(
      each(far(), [
        ["10:00", "a"],
        ["03-05 10:00", "b"],
      ]).run("03-09 10:00"),
    ).toEqual(["03-05 10:00:00 raised L2 K1"]);
    expect(
      each(far(), [
        ["10:00", "a"],
        ["03-05 10:01", "b"],
      ]).run("03-09 10:00"),
    ).toEqual([]);
    expect(
      each(far(), [
        ["10:00", "a"],
        ["11:00", "b", "K2"],
      ]).run("03-09 10:00"),
    ).toEqual([]);
  });

  it("is L1 with three within 24 h", () => {
    const three = (last: string) =>
      each(far(), [
        ["10:00", "a"],
        ["20:00", "b"],
        [last, "c"],
      ]).run("03-09 10:00");
    expect(three("03-03 10:00")).toEqual(["20:00:00 raised L2 K1", "03-03 10:00:00 rose to L1 K1"]);
    expect(three("03-03 10:01")).toEqual(["20:00:00 raised L2 K1"]);
  });

  it("is L1 with five within 72 h, who ate at one place", () => {
    const five = each(far(), [
      ["10:00", "a"],
      ["23:00", "b"],
      ["03-03 12:00", "c"],
      ["03-04 12:00", "d"],
      ["03-05 09:00", "e"],
    ]);
    expect(five.run("03-09 10:00")).toEqual(["23:00:00 raised L2 K1", "03-05 09:00:00 rose to L1 K1"]);
  });

  it("is L1 with a hospital's notice, which counts its people", () => {
    const notice = ill(far(), "10:00", "h", "K1", { hospital: true, people: 2 });
    expect(notice.run("12:00")).toEqual(["10:00:00 raised L1 K1"]);
    expect(notice.alerts("12:00")[0]).toMatchObject({
      value: { number: 2, unit: "1" },
      because: [{ summary: "hospital notice of 2" }],
    });
    expect(ill(far(), "10:00", "p", "K1", { hospital: false, people: 4 }).run("12:00")).toEqual([]);
  });

  it("counts a person once, however many report it", () => {
    const twice = each(far(), [
      ["10:00", "a"],
      ["10:02", "a"],
    ]);
    expect(twice.run("12:00")).toEqual([]);
    expect(ill(twice, "11:00", "b").run("12:00")).toEqual(["11:00:00 raised L2 K1"]);
    expect(twice.alerts("12:00")[0]).toMatchObject({
      kitchen: "K1",
      asset: null,
      value: { number: 2, unit: "1" },
    });
  });

  it("asks nothing of reports that name no kitchen", () => {
    const city = far().says("warmcity.illness.reported", "10:00", null, { person: "a" });
    city.says("warmcity.illness.reported", "10:00", null, { person: "b", hospital: true });
    expect(city.run("12:00")).toEqual([]);
  });

  it("rings in a closed kitchen too, and never ends by itself", () => {
    const closed = far().says("warmcity.kitchen.declared", "09:00", "K1", { state: "closed" });
    each(closed, [
      ["10:00", "a"],
      ["11:00", "b"],
    ]);
    expect(closed.run("04-30 10:00")).toEqual(["11:00:00 raised L2 K1"]);
  });

  it("is a drill if one of its reports is", () => {
    const drill = ill(far(), "10:00", "a", "K1", {}, { exercise: true });
    expect(ill(drill, "11:00", "b").alerts("12:00")[0]!.exercise).toBe(true);
  });
});

describe("C02 over several kitchens", () => {
  const spread = (apartM: number, last = "03-05 09:00") =>
    each(row(apartM), [
      ["10:00", "a", "K1"],
      ["10:10", "b", "K2"],
      ["03-04 12:00", "c", "K3"],
      ["03-04 13:00", "d", "K3"],
      [last, "e", "K2"],
    ]);
  const places = (of: CityTrial) => of.run("03-09 10:00").filter((line) => line.includes("place:"));

  it("is L1 with five people within 72 h and 500 m of one of them", () => {
    expect(places(spread(200))).toEqual(["03-05 09:00:00 raised L1 place:109.98,39.8"]);
    expect(
      spread(200)
        .alerts("03-09 10:00")
        .find(({ asset }) => asset?.startsWith("place:")),
    ).toMatchObject({
      kitchen: null,
      value: { number: 5, unit: "1" },
    });
    expect(places(spread(499))).toHaveLength(1);
  });

  it("is none beyond 500 m, or beyond 72 h", () => {
    expect(places(spread(501))).toEqual([]);
    expect(places(spread(200, "03-05 10:01"))).toEqual([]);
  });

  it("is one alert, however many more fall ill around it", () => {
    const more = each(spread(200), [
      ["03-05 10:00", "f", "K4"],
      ["03-05 11:00", "g", "K1"],
      ["03-05 12:00", "h", "K2"],
    ]);
    expect(places(more)).toHaveLength(1);
  });

  it("is none where all name one kitchen", () => {
    const one = each(row(200), [
      ["10:00", "a"],
      ["10:10", "b"],
      ["10:20", "c"],
      ["10:30", "d"],
      ["10:40", "e"],
    ]);
    expect(places(one)).toEqual([]);
  });
});

describe("the order of arrival", () => {
  const story = () => {
    const of = each(row(200), [
      ["19:30", "a"],
      ["20:05", "b"],
      ["20:40", "c"],
      ["21:10", "d"],
      ["21:12", "d"],
      ["21:20", "x", "K2"],
    ]);
    return ill(of, "21:40", "h", "K1", { hospital: true, people: 2 });
  };

  it("does not show in C02", () => {
    const lines = story().run("23:59");
    expect(lines).toEqual([
      "20:05:00 raised L2 K1",
      "20:40:00 rose to L1 K1",
      "21:20:00 raised L1 place:109.98,39.8",
    ]);
    for (const shuffled of [1, 2, 3, 4]) expect(story().run("23:59", { shuffled })).toEqual(lines);
    for (const restartsAt of ["19:30", "20:40", "21:20"])
      expect(story().run("23:59", { restartsAt })).toEqual(lines);
    expect(story().run("23:59", { live: true })).toEqual(lines);
  });

  it("lets a late report complete a cluster", () => {
    const late = each(far(), [
      ["10:00", "a"],
      ["12:00", "c"],
    ]);
    late.says("warmcity.kitchen.activity", "13:00", "K2", { kind: "pay" });
    ill(late, "11:00", "b", "K1", {}, { receivedAt: "13:00:10" });
    expect(late.run("14:00").sort()).toEqual(["12:00:00 raised L2 K1", "12:00:00 rose to L1 K1"]);
    expect(late.alerts("14:00")[0]).toMatchObject({ value: { number: 3, unit: "1" }, retro: false });
    const alone = each(far(), [["10:00", "a", "K1"]]);
    ill(alone, "12:00", "b", "K1", {}, { receivedAt: "23:00" });
    expect(alone.alerts("23:30")).toMatchObject([{ level: "L2", retro: true }]);
  });
});
