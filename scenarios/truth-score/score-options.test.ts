import { describe, expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { readScoreOptions, USAGE } from "./score-options.ts";

describe("readScoreOptions()", () => {
  it("has a default for everything", () => {
    expect(readScoreOptions({})).toMatchObject({
      days: 7,
      kitchens: 400,
      preset: "baseline",
      noise: ["normal"],
      seed: 1,
      from: parseTime("2026-06-01T00:00:00+08:00"),
      people: true,
      isNamed: false,
      update: false,
    });
  });

  it("takes all levels of noise, the whole city, nobody who acts", () => {
    expect(readScoreOptions({ noise: "all", kitchens: "all", "no-people": true })).toMatchObject({
      noise: ["low", "normal", "high"],
      kitchens: null,
      people: false,
    });
  });

  it.each([
    [{ days: "0" }, "--days"],
    [{ kitchens: "many" }, "--kitchens"],
    [{ preset: "huge" }, "--preset"],
    [{ noise: "loud" }, "--noise"],
    [{ seed: "-1" }, "--seed"],
    [{ from: "today" }, "--from"],
  ])("refuses %j by the name of the option", (raw, name) => {
    expect(readScoreOptions(raw)).toMatchObject({ wrong: expect.stringContaining(`${name} is`) });
  });

  it("is explained option by option", () => {
    for (const name of [
      "days",
      "kitchens",
      "preset",
      "noise",
      "seed",
      "from",
      "no-people",
      "json",
      "report",
      "baseline",
      "update",
    ])
      expect(USAGE).toContain(`--${name} `);
  });
});
