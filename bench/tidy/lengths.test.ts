import { describe, expect, it } from "vitest";
import { longFiles, longFunctions, staleExceptions } from "./lengths.ts";
import { treeOf } from "./source-tree.ts";

const lines = (count: number, text = "  a();\n") => text.repeat(count);
const long = (text: string, path = "twin/a.ts") =>
  longFunctions(treeOf({ [path]: text })).map(({ line, message }) => `${line}: ${message.split(",")[0]}`);

describe("longFunctions()", () => {
  it.each([
    ["a function", "function f() {"],
    ["a method with a return type", "class A {\n  m(a: number): Map<string, { b: number }> | null {"],
    ["a method that returns an object type", "class A {\n  m(): { a: number } {"],
    ["an arrow function", "const f = (a: string): a is 'x' => {"],
    ["an async callback", "list.map(async (a) => {"],
    ["a constructor", "class A {\n  constructor(a: { b: number }) {"],
    ["a function that returns a function", "function f(a: A): (b: B) => C<D> {"],
    ["a type predicate", "function f(a: unknown): asserts a is string {"],
  ])("finds %s of 71 lines and allows 70", (_, head) => {
    const at = head.split("\n").length;
    const tail = `}${head.includes("class") ? "\n}" : ""}${head.includes("map(") ? ")" : ""}`;
    expect(long(`${head}\n${lines(69)}${tail}\n`)).toEqual([`${at}: a function of 71 lines`]);
    expect(long(`${head}\n${lines(68)}${tail}\n`)).toEqual([]);
  });

  it.each([
    ["an object", "const table = {", "};"],
    ["a class", "class A extends B<C> {", "}"],
    ["a class below a function", "function f(): A {\n}\nexport class A implements B {", "}"],
    ["a block below a function", "function f(): A {\n}\ntry {", "} finally {}"],
    ["a function around a suite", 'function contract(): void {\ndescribe("a", () => {', "});\n}"],
    ["an interface", "interface A {", "}"],
    ["a suite of tests", 'describe("a", () => {', "});"],
    ["a conditional suite of tests", 'describe.skipIf(!x)("needs x", () => {', "});"],
    ["an object after a condition in parentheses", "const a = b ? (c) : {", "};"],
    ["a block after a case in parentheses", "switch (a) { case (b): {", "} }"],
  ])("leaves %s as long as it is", (_, head, tail) => {
    expect(long(`${head}\n${lines(100)}${tail}\n`)).toEqual([]);
  });

  it.each(["if (a) {", "for (const a of b) {", "while (a) {", "switch (a) {", "try {} catch (a) {"])(
    "does not take `%s` for a function",
    (head) => {
      expect(long(`${head}\n${lines(100)}}\n`)).toEqual([]);
    },
  );

  it("measures a component in TSX", () => {
    expect(
      long(`export default component$(() => {\n  return <p>it's{a}</p>;\n${lines(100)}});\n`, "viewer/a.tsx"),
    ).toHaveLength(1);
  });
});

describe("longFiles()", () => {
  it("finds a file of 401 lines and allows 400", () => {
    const tree = treeOf({ "twin/a.ts": lines(401), "twin/b.ts": lines(400) });
    expect(longFiles(tree).map(({ path }) => path)).toEqual(["twin/a.ts"]);
  });
});

describe("staleExceptions()", () => {
  it("finds an exception for a file that became short or is gone", () => {
    const tree = treeOf({ "twin/a.ts": lines(401), "twin/b.ts": lines(400) });
    const stale = staleExceptions(tree, {
      "twin/a.ts": "a table",
      "twin/b.ts": "a table",
      "twin/c.ts": "a table",
    });
    expect(stale.map(({ path }) => path)).toEqual(["twin/b.ts", "twin/c.ts"]);
  });
});
