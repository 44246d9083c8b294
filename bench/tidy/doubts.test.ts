import { describe, expect, it } from "vitest";
import { doubts } from "./doubts.ts";
import { treeOf } from "./source-tree.ts";

const found = (text: string, path = "twin/a.ts") => doubts(treeOf({ [path]: text }));

describe("doubts()", () => {
  it.each([
    "const a: any = 1;",
    "const a = b as any;",
    "type A = Record<string, any>;",
    "function f(...a: any[]): void {}",
    "const a = b as unknown as C;",
    "const a = b as never;",
    "try { a(); } catch {}",
    "try { a(); } catch (error) { }",
    "try { a(); } catch (error) { /* never mind */ }",
    "// TODO: later",
    "/* FIXME */",
    "// @ts-ignore",
    "// @ts-expect-error",
    "// biome-ignore lint: because",
  ])("finds %s", (text) => {
    expect(found(text)).toHaveLength(1);
  });

  it.each([
    "await Promise.any(a);",
    "const any = 'any'.length; a.any; interface A { any: 1 }".replace("const any =", "const a ="),
    "const a = b as unknown;",
    "try { a(); } catch (error) { log(error); }",
    "promise.catch(() => {});",
    "const a = 'TODO as any';",
    "// what is to do here",
  ])("is content with %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    'it.skip("a", () => {});',
    'describe.only("a", () => {});',
    'test.todo("a");',
    'describe.skipIf(!x)("a", () => {});',
    'it.runIf(x())("a", () => {});',
    'it("a", (context) => { context.skip(); });',
  ])("finds a test left out: %s", (text) => {
    expect(found(text, "twin/a.test.ts")).toHaveLength(1);
    expect(found(text, "twin/a.ts")).toEqual([]);
  });

  it.each([
    'it("a", (context) => { context.skip("no broker here"); });',
    'it("a", (context) => { context.skip(!x, reason); });',
    'describe.skipIf(!chromium())("the city (needs a browser)", () => {});',
    "rows.skip(5); list.only;",
  ])("is content with %s", (text) => {
    expect(found(text, "twin/a.test.ts")).toEqual([]);
  });
});
