import { describe, expect, it } from "vitest";
import { circles, wrongArrows } from "./floors.ts";
import { treeOf } from "./source-tree.ts";

const arrows = (path: string, text: string) =>
  wrongArrows(
    treeOf({
      [path]: text,
      "twin/a.ts": "",
      "simulator/a.ts": "",
      "stream/wire.ts": "",
      "stream/step.ts": "",
      "viewer/a.ts": "",
      "bench/a.ts": "",
    }),
  ).map(({ message }) => message);

describe("wrongArrows()", () => {
  it.each([
    ["twin/b.ts", 'import "../simulator/a.ts"'],
    ["twin/b.ts", 'import type { A } from "../stream/wire.ts"'],
    ["twin/b.test.ts", 'import "../simulator/a.ts"'],
    ["simulator/b.ts", 'export * from "../stream/step.ts"'],
    ["stream/b.ts", 'await import("../viewer/a.ts")'],
    ["stream/b.ts", 'import "../bench/a.ts"'],
    ["viewer/b.tsx", 'import "../stream/step.ts"'],
  ])("refuses, in %s, %s", (path, text) => {
    expect(arrows(path, text)).toEqual([expect.stringContaining("must not import")]);
  });

  it.each([
    ["simulator/b.ts", 'import "../twin/a.ts"'],
    ["stream/b.ts", 'import "../simulator/a.ts"; import "./step.ts"'],
    ["viewer/b.tsx", 'import "../stream/wire.ts"; import "../twin/a.ts"'],
    ["bench/b.ts", 'import "../viewer/a.ts"'],
  ])("allows, in %s, %s", (path, text) => {
    expect(arrows(path, text)).toEqual([]);
  });

  it.each(['import "./step"', 'import "./step.js"', 'import "./gone.ts"'])(
    "refuses %s, which is no file",
    (text) => {
      expect(arrows("stream/b.ts", text)).toEqual([expect.stringContaining("which is no file")]);
    },
  );
});

describe("circles()", () => {
  it("finds a circle of three, type imports included, and names its members", () => {
    const tree = treeOf({
      "twin/a.ts": 'import { b } from "./b.ts"',
      "twin/b.ts": 'import type { C } from "./c.ts"; import "./d.ts"',
      "twin/c.ts": 'export { a } from "./a.ts"',
      "twin/d.ts": "",
    });
    expect(circles(tree).map(({ message }) => message)).toEqual([
      "files import each other in a circle: twin/a.ts <-> twin/b.ts <-> twin/c.ts",
    ]);
  });

  it("finds two circles apart and is content with a diamond", () => {
    const tree = treeOf({
      "twin/a.ts": 'import "./b.ts"; import "./c.ts"',
      "twin/b.ts": 'import "./a.ts"',
      "twin/c.ts": 'import "./d.ts"',
      "twin/d.ts": 'import "./c.ts"; import "./e.ts"; import "./f.ts"',
      "twin/e.ts": 'import "./g.ts"',
      "twin/f.ts": 'import "./g.ts"',
      "twin/g.ts": "",
    });
    expect(circles(tree)).toHaveLength(2);
  });
});
