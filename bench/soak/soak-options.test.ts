import { describe, expect, it } from "vitest";
import { readSoakOptions } from "./soak-options.ts";

describe("the options of npm run soak", () => {
  it("are an hour of the whole baseline city at sixty times the clock unless said otherwise", () => {
    expect(readSoakOptions([])).toMatchObject({
      ...{ hours: 1, speed: 60, kitchens: null, preset: "baseline", seed: 1 },
      ...{ everyS: 10, slopeMax: 100, data: null, json: false },
    });
  });

  it("sample a short run often enough to tell anything", () => {
    expect(readSoakOptions(["--hours", "0.05"])).toMatchObject({ everyS: 3 });
    expect(readSoakOptions(["--hours", "0.05", "--every", "1"])).toMatchObject({ everyS: 1 });
  });

  it("are refused with a sentence that names the option", () => {
    const wrongs = [
      ["--hours", "0", "--hours 0: expected a number from 0.01 to 1000"],
      ["--hours", "long", "--hours long: expected a number"],
      ["--speed", "601", "--speed 601: expected a number from 1 to 600"],
      ["--kitchens", "2.5", "--kitchens 2.5: expected a whole number"],
      ["--preset", "huge", "--preset huge: expected baseline or full"],
      ["--slope-max", "-1", "--slope-max -1"],
    ];
    for (const [name = "", value = "", says = ""] of wrongs) {
      expect(readSoakOptions([`${name}=${value}`])).toMatchObject({ wrong: expect.stringContaining(says) });
    }
    expect(readSoakOptions(["--sped", "60"])).toMatchObject({ wrong: expect.stringContaining("--sped") });
  });

  it("ask for the text", () => expect(readSoakOptions(["--help"])).toBe("help"));
});
