import { describe, expect, it } from "vitest";
import { readRunOptions } from "./run-options.ts";

const NAMES = ["quiet-tuesday", "sc01-fridge-fails", "sc16-gas-leak"];
const read = (line: string) => readRunOptions(line === "" ? [] : line.split(" "), NAMES);

describe("the command line", () => {
  it("chooses names in the order of the catalogue, or all", () => {
    expect(read("sc16-gas-leak quiet-tuesday")).toMatchObject({ names: ["quiet-tuesday", "sc16-gas-leak"] });
    expect(read("all")).toMatchObject({ names: NAMES, way: null, seed: null, update: false });
  });

  it("reads its options", () => {
    expect(read("all --way live --seed 3 --junit a.xml --html b.html")).toMatchObject({
      way: "live",
      seed: 3,
      junit: "a.xml",
      html: "b.html",
    });
    expect(read("sc16-gas-leak --live http://localhost:8080 --token t --speed 60")).toMatchObject({
      live: "http://localhost:8080",
      token: "t",
      speed: 60,
    });
    expect(read("--help")).toBe("help");
    expect(read("all --list")).toBe("list");
  });

  it.each([
    ["", /which story/],
    ["gas-leak", /did you mean sc16-gas-leak\?/],
    ["nothing-of-the-kind-at-all", /--list shows the names/],
    ["all --way sideways", /expected alone, background, live, flooded or all/],
    ["all --seed -1", /--seed/],
    ["all --seed x", /whole number/],
    ["all --multi-seed 0", /from 1 to 10000/],
    ["all --seed 1 --multi-seed 2", /one too many/],
    ["all --update --seed 1", /own seed/],
    ["all --live http://localhost --token t", /one at a time|one name/],
    ["sc16-gas-leak --live localhost --token t", /expected a URL/],
    ["sc16-gas-leak --live http://localhost", /--token/],
    ["sc16-gas-leak --live http://localhost --token t --stage", /one too many/],
    ["sc16-gas-leak --speed 5", /goes with --live or --stage/],
    ["sc16-gas-leak --stage --speed 0", /from 1 to 600/],
    ["all --bogus", /bogus/],
  ])("says what is wrong with %j", (line, reason) => {
    expect(read(line)).toEqual({ wrong: expect.stringMatching(reason) });
  });
});
