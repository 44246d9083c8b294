import { expect, it } from "vitest";
import { importsOf } from "./imports.ts";
import { scan } from "./tokens.ts";

const found = (source: string) =>
  importsOf("stream/rules/a.ts", scan(source, { jsx: false }).tokens).map(
    ({ path, specifier, names, kind }) => `${kind} ${path ?? specifier} {${names}}`,
  );

it.each([
  ['import "./b.ts"', "import stream/rules/b.ts {}"],
  ['import b from "../b.ts"', "import stream/b.ts {}"],
  ['import type { B } from "../../twin/b.ts"', "type twin/b.ts {B}"],
  ['import b, { type C, d as e, type as f } from "rxjs"', "import rxjs {C,d,type}"],
  ['import * as b from "node:fs"', "import node:fs {}"],
  ['import b from "./b.json" with { type: "json" }', "import stream/rules/b.json {}"],
  ['export { b, type C } from "./b.ts"', "import stream/rules/b.ts {b,C}"],
  ['export * from "./b.ts"', "import stream/rules/b.ts {}"],
  ['export type { B } from "./b.ts"', "type stream/rules/b.ts {B}"],
  ['import type from "./b.ts"', "import stream/rules/b.ts {}"],
  ['const b = await import("./b.ts")', "dynamic stream/rules/b.ts {}"],
  ['let b: import("./b.ts").B', "dynamic stream/rules/b.ts {}"],
  ['new Worker(new URL("./b.ts", import.meta.url))', "url stream/rules/b.ts {}"],
  ['import b from "./b.css?inline"', "import stream/rules/b.css {}"],
])("importsOf() reads %s", (source, expected) => {
  expect(found(source)).toEqual([expected]);
});

it.each([
  'export { b };\nconst c = "./c.ts"',
  "import.meta.url",
  'a.import("./b.ts")',
  'export const from = "./b.ts"',
  "// import './b.ts'",
])("importsOf() sees no import in %j", (source) => {
  expect(found(source)).toEqual([]);
});
