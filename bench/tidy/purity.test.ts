import { describe, expect, it } from "vitest";
import { impurities } from "./purity.ts";
import { treeOf } from "./source-tree.ts";

const found = (path: string, text: string) =>
  impurities(treeOf({ [path]: text })).map(({ message }) => message);

describe("impurities()", () => {
  it.each([
    "const now = Date.now();",
    "const now = new Date();",
    "const read = (date: Date) => date;",
    "const roll = Math.random();",
    "const id = crypto.randomUUID();",
    "setTimeout(act, 5);",
    'const page = await fetch("x");',
    "const level = process.env.LEVEL;",
    'console.log("x");',
    "names.sort((a, b) => a.localeCompare(b));",
    "amount?.toLocaleString();",
    "new Intl.NumberFormat();",
    "performance.now();",
    'import { readFile } from "node:fs/promises";',
    'import { readFile } from "fs/promises";',
    'import fastify from "fastify";',
    'import { debounceTime } from "rxjs";',
    'import { timer as wait } from "rxjs";',
    'import { append } from "../log/segments.ts";',
    "const text = `${Date.now()}`;",
    "const a = wet ? Date : 1;",
  ])("refuses in a pure room: %s", (text) => {
    expect(found("stream/order/a.ts", text)).toHaveLength(1);
  });

  it.each(["twin/a.ts", "simulator/processes/a.ts", "stream/detectors/a.ts", "stream/rules/a.ts"])(
    "refuses inexact arithmetic in %s",
    (path) => {
      expect(found(path, "const a = 2 ** b;")).toHaveLength(1);
      expect(found(path, "const a = Math.exp(b) + Math.sqrt(c) + Math.LN2;")).toHaveLength(1);
    },
  );

  it.each([
    "// Date.now(), Math.random()\nconst a = 'setTimeout';",
    "const title = `Date.now() of ${name}`;",
    "interface Row { Date: string; console: number }",
    "const process = world.process; process.step(1);",
    "row.fetch(); row.Date; row?.console;",
    'import { concatMap, type Observable } from "rxjs";',
    'import { Type } from "@sinclair/typebox";',
    'import divisions from "./divisions.json" with { type: "json" };',
    'import type { Source } from "../stream/sources/source.ts";',
    "const a = x * y; const b = Math.sqrt(a) + Math.floor(a);",
  ])("allows in a pure room: %s", (text) => {
    expect(found("twin/a.ts", text)).toEqual([]);
  });

  it.each([
    "stream/main.ts",
    "stream/log/a.ts",
    "stream/server/a.ts",
    "viewer/a.tsx",
    "bench/a.ts",
    "twin/a.test.ts",
    "models/train.ts",
  ])("leaves %s its clock and its disk", (path) => {
    expect(found(path, 'import "node:fs"; const now = Date.now() ** 2;')).toEqual([]);
  });

  it("leaves alone what only tests use, but not what the product uses too", () => {
    const tree = treeOf({
      "stream/a.test.ts": 'import "./trial.ts"; import "./fold.ts"',
      "stream/trial.ts": 'import "node:fs"',
      "stream/fold.ts": 'import "node:fs"',
      "stream/main.ts": 'import "./fold.ts"',
    });
    expect(impurities(tree).map(({ path }) => path)).toEqual(["stream/fold.ts"]);
  });

  it("refuses XState's `after`, which waits by the machine's clock", () => {
    const machine = "export const m = { states: { a: { after: { 500: 'b' } } } };";
    expect(found("twin/kitchen.machine.ts", machine)).toHaveLength(1);
    expect(found("twin/kitchen.machine.ts", "const a = { after: 5 };")).toEqual([]);
  });
});
