/** The house rules, held against the whole tree. Each rule is proven on bad examples beside its module in `tidy/`. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "./suites.ts";
import { missingLines } from "./tidy/catalogues.ts";
import { deadFiles } from "./tidy/dead-files.ts";
import { doubts } from "./tidy/doubts.ts";
import { circles, wrongArrows } from "./tidy/floors.ts";
import { longFiles, longFunctions, staleExceptions } from "./tidy/lengths.ts";
import { badNames } from "./tidy/names.ts";
import { OBLIGATIONS, obligationFaults } from "./tidy/obligations.ts";
import { impurities } from "./tidy/purity.ts";
import { deadLinks, wrongFloors } from "./tidy/readmes.ts";
import { FLOORS } from "./tidy/rooms.ts";
import { rootFaults } from "./tidy/root-listing.ts";
import { readTree, type SourceTree, type Violation } from "./tidy/source-tree.ts";

const RULES: Readonly<Record<string, (tree: SourceTree) => Violation[]>> = {
  "imports point down the floors and name existing files": wrongArrows,
  "no files import each other in a circle": circles,
  "pure rooms touch no I/O, clock, chance or locale": impurities,
  "no function is longer than a screen": longFunctions,
  "no file is longer than its subject needs": longFiles,
  "no exception outlives its reason": staleExceptions,
  "files are named after what they define": badNames,
  "catalogues list all that their folders define": missingLines,
  "every file is reached by something that runs": deadFiles,
  "no check is muted, no error swallowed, no test left out silently, no work left as a note": doubts,
};

describe("the house", () => {
  const tree = readTree(PROJECT_ROOT);

  it("is where tidy looks", () => {
    expect(tree.files.has("twin/kernel/time.ts")).toBe(true);
    expect(tree.files.has("bench/tidy.test.ts")).toBe(true);
  });

  for (const [rule, check] of Object.entries(RULES)) {
    it(rule, () => expect(told(check(tree))).toEqual([]));
  }

  it("draws its floors as they are, and its READMEs point to what exists", () => {
    const places = ["README.md", ...Object.keys(FLOORS).map((floor) => `${floor}/README.md`)].filter(
      tree.exists,
    );
    const readmes = Object.fromEntries(
      places.map((path) => [path, readFileSync(join(PROJECT_ROOT, path), "utf8")]),
    );
    expect(told(deadLinks(readmes, tree.exists))).toEqual([]);
    expect(told(wrongFloors(readmes["README.md"] ?? ""))).toEqual([]);
  });

  it("says of each obligation of the plan which file keeps it and which test drives it, or that none does yet", () => {
    const table = readFileSync(join(PROJECT_ROOT, OBLIGATIONS), "utf8");
    expect(told(obligationFaults(table, tree.exists))).toEqual([]);
  });

  it("has nothing at its root but what is listed, and a README on every floor", (context) => {
    if (!existsSync(join(PROJECT_ROOT, ".git")))
      context.skip("no git checkout: what belongs to it cannot be told");
    const tracked = execFileSync("git", ["-c", "safe.directory=*", "ls-files"], {
      cwd: PROJECT_ROOT,
      encoding: "utf8",
    })
      .trim()
      .split("\n");
    expect(told(rootFaults(tracked))).toEqual([]);
  });
});

function told(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, message }) => `${path}:${line} ${message}`);
}
