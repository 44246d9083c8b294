import { describe, expect, it } from "vitest";
import { banquet } from "./b01-banquet.ts";
import { RuleTrial } from "./rule-trial.ts";

const PLACE = { lon: 109.98, lat: 39.81 };

class Banquets extends RuleTrial {
  constructor(capacity: number | null = 500) {
    super(banquet, { kitchen: { type: "mobile-banquet", ...(capacity === null ? {} : { capacity }) } });
  }

  files(
    at: string,
    heads: number,
    filed: boolean,
    more: { to?: string; changed?: boolean; receivedAt?: string } = {},
  ): this {
    const type = more.changed === true ? "warmcity.banquet.changed" : "warmcity.banquet.filed";
    const data = { banquet: "BQ-1", heads, filed, place: PLACE, to: more.to ?? null };
    const receivedAt = more.receivedAt === undefined ? {} : { receivedAt: more.receivedAt };
    return this.says(type, at, data, { by: "/kitchens/K", ...receivedAt });
  }
}

const trial = (capacity?: number | null) => new Banquets(capacity);

describe("B01 banquet unreported or too large", () => {
  it("is L2 from 100 unreported heads, L4 from 50, nothing below", () => {
    expect(trial().files("18:00", 100, false).run("19:00")).toEqual(["18:00:00 raised L2 banquet:BQ-1"]);
    expect(trial().files("18:00", 99, false).run("19:00")).toEqual(["18:00:00 raised L4 banquet:BQ-1"]);
    expect(trial().files("18:00", 50, false).run("19:00")).toHaveLength(1);
    expect(trial().files("18:00", 49, false).run("19:00")).toEqual([]);
  });

  it("is L2 above 1.1 times the capacity, reported or not: 551 of 500 ring, 550 do not", () => {
    expect(trial().files("18:00", 551, true).run("19:00")).toEqual(["18:00:00 raised L2 banquet:BQ-1"]);
    expect(trial().files("18:00", 550, true).run("19:00")).toEqual([]);
    expect(trial(30).files("18:00", 33, true).run("19:00")).toEqual([]);
    expect(trial(30).files("18:00", 34, false).run("19:00")).toHaveLength(1);
    expect(trial(null).files("18:00", 5_000, true).run("19:00")).toEqual([]);
  });

  it("follows SC14: 480 filed, raised to 600 on the eve", () => {
    const raised = trial().files("10:00", 480, true).files("18:00", 600, true, { changed: true });
    expect(raised.run("19:00")).toEqual(["18:00:00 raised L2 banquet:BQ-1"]);
    expect(raised.alerts("19:00")[0]!.because[0]!.text).toEqual({
      zh: "聚餐 600 人，接待能力 500 人，已报备",
      en: "banquet of 600, room for 500, reported",
    });
  });

  it("ends when it is reported or reduced, a rise in level stays one alert", () => {
    const told = trial().files("10:00", 60, false).files("11:00", 120, false, { changed: true });
    expect(told.run("12:00")).toEqual([
      "10:00:00 raised L4 banquet:BQ-1",
      "11:00:00 rose to L2 banquet:BQ-1",
    ]);
    const over = "15:00:00 resolved L2 banquet:BQ-1";
    expect(told.files("15:00", 120, true, { changed: true }).run("16:00")).toContain(over);
    expect(trial().files("10:00", 600, true).files("15:00", 500, true).run("16:00")).toContain(over);
    expect(trial().files("10:00", 600, true).files("15:00", 560, true).run("16:00")).toHaveLength(1);
  });

  it("is not put right by a report after the banquet", () => {
    const ends = { to: "2026-03-02T16:00:00+08:00" };
    const late = trial().files("10:00", 120, false, ends).files("17:00", 120, true, ends);
    expect(late.run("18:00")).toEqual(["10:00:00 raised L2 banquet:BQ-1"]);
  });

  it("rings in a unit that says it is closed today", () => {
    const closed = trial().files("18:00", 600, true);
    closed.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(closed.run("19:00")).toEqual(["18:00:00 raised L2 banquet:BQ-1"]);
  });

  it("gives the same alerts for input thrice and shuffled; an older word that comes late changes nothing", () => {
    const told = trial().files("10:00", 60, false).files("10:05", 120, false).files("10:09", 40, true);
    for (const shuffled of [1, 2, 3]) expect(told.run("12:00", { shuffled })).toEqual(told.run("12:00"));
    const late = trial()
      .files("10:00", 480, true)
      .files("11:00", 600, true)
      .files("10:30", 500, true, { receivedAt: "12:00" });
    expect(late.run("13:00")).toEqual(["11:00:00 raised L2 banquet:BQ-1"]);
  });
});
