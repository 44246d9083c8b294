import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { sampleMissing } from "./t07-sample-missing.ts";

const MEAL = "2026-03-02-lunch";
const DISHES = ["红烧肉", "青椒土豆丝"];

function kitchen(type = "school", more = {}): RuleTrial {
  return new RuleTrial(sampleMissing, { kitchen: { type, ...more } });
}
function menu(trial: RuleTrial, dishes = DISHES, receivedAt?: string): RuleTrial {
  const data = { meal: MEAL, serviceStart: "2026-03-02T11:30:00+08:00", dishes };
  return trial.says("warmcity.menu.published", "09:00", data, receivedAt === undefined ? {} : { receivedAt });
}
const keep = (trial: RuleTrial, at: string, dish: string, grams: number, receivedAt?: string) =>
  trial.says(
    "warmcity.sample.retained",
    at,
    { meal: MEAL, dish, grams },
    receivedAt === undefined ? {} : { receivedAt },
  );

describe("T07 sample missing", () => {
  it("rings 2 h after service began when a dish has no sample, one level higher in schools", () => {
    const trial = keep(menu(kitchen()), "11:40", "红烧肉", 130);
    expect(trial.run("14:00")).toEqual(["13:30:00 raised L2 -"]);
    expect(trial.alerts("14:00")[0]).toMatchObject({
      value: { number: 1, unit: "1" },
      because: [
        { text: { en: "service from 2026-03-02 11:30, 2 dishes" } },
        { text: { zh: expect.stringContaining("青椒土豆丝") } },
      ],
    });
  });

  it.each([
    [125, "13:30", []],
    [124, "11:40", ["13:30:00 raised L2 -"]],
    [125, "13:31", ["13:30:00 raised L2 -"]],
  ])("judges %s g kept at %s", (grams, at, lines) => {
    const trial = keep(keep(menu(kitchen()), "11:35", "红烧肉", 200), at, "青椒土豆丝", grams);
    expect(trial.run("14:00")).toEqual(lines);
  });

  it("goes by the menu as published last", () => {
    const trial = keep(menu(kitchen()), "11:35", "红烧肉", 200);
    const changed = { meal: MEAL, serviceStart: "2026-03-02T12:00:00+08:00", dishes: ["红烧肉"] };
    expect(trial.says("warmcity.menu.published", "10:00", changed).run("15:00")).toEqual([]);
  });

  it.each([
    ["office", { capacity: 150 }, ["13:30:00 raised L3 -"]],
    ["office", { capacity: 100 }, []],
    ["nursery", {}, ["13:30:00 raised L2 -"]],
    ["elder-care", {}, ["13:30:00 raised L2 -"]],
    ["hospital", {}, ["13:30:00 raised L2 -"]],
    ["large", { capacity: 400 }, []],
  ])("asks of %s %o what R14 does", (type, more, lines) => {
    expect(menu(kitchen(type, more)).run("14:00")).toEqual(lines);
  });

  it("asks of banquets above 100 heads", () => {
    const banquet = (heads: number) => {
      const place = { lon: 109.9, lat: 39.8 };
      const span = { from: "2026-03-02T10:00:00+08:00", to: "2026-03-02T15:00:00+08:00" };
      const data = { banquet: "B1", heads, filed: true, place, ...span };
      return menu(kitchen("mobile-banquet").says("warmcity.banquet.filed", "08:00", data)).run("14:00");
    };
    expect(banquet(101)).toEqual(["13:30:00 raised L3 -"]);
    expect(banquet(100)).toEqual([]);
  });

  it("rings when a sample is thrown away before 48 h, not at 48 h, nor of one it knows nothing of", () => {
    const removed = (at: string, dish = "红烧肉") =>
      keep(kitchen(), "11:40", "红烧肉", 130)
        .says("warmcity.sample.removed", at, { meal: MEAL, dish })
        .run("03-05 00:00");
    expect(removed("03-04 11:39")).toEqual(["03-04 11:39:00 raised L2 -"]);
    expect(removed("03-04 11:40")).toEqual([]);
    expect(removed("03-03 11:40", "鱼")).toEqual([]);
  });

  it("stays with people: samples kept later do not end it", () => {
    const trial = keep(keep(menu(kitchen()), "13:40", "红烧肉", 200), "13:41", "青椒土豆丝", 200);
    expect(trial.run("23:00")).toEqual(["13:30:00 raised L2 -"]);
  });

  it("is muted in a closed unit", () => {
    const trial = menu(kitchen()).says("warmcity.kitchen.declared", "10:00", { state: "closed" });
    expect(trial.run("14:00")).toEqual(["13:30:00 suppressed L2 - (closed-unit)"]);
  });

  it("gives the same alerts shuffled; a menu that comes late is judged by the samples that are there", () => {
    const trial = keep(menu(kitchen()), "11:40", "红烧肉", 130);
    for (const seed of [1, 2, 3]) {
      expect(trial.run("14:00", { shuffled: seed })).toEqual(["13:30:00 raised L2 -"]);
    }
    const late = (dishes: string[]) =>
      menu(keep(kitchen(), "11:40", "红烧肉", 130), dishes, "15:00").run("16:00");
    expect(late(["红烧肉"])).toEqual([]);
    expect(late(DISHES)).toEqual(["13:30:00 raised L2 -"]);
  });
});
