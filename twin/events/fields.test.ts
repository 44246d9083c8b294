import { Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { describe, expect, it } from "vitest";
import { dateOrTime, list, maybe, number, oneOf, text, time } from "./fields.ts";

const accepts = (schema: Parameters<typeof TypeCompiler.Compile>[0], value: unknown): boolean =>
  TypeCompiler.Compile(schema).Check(value);

describe("event fields", () => {
  it("time() takes RFC 3339 with zone, dateOrTime() also a date, neither anything else", () => {
    expect(["2026-11-23T11:30:00+08:00", "2026-11-23"].map((value) => accepts(time(), value))).toEqual([
      true,
      false,
    ]);
    expect(
      ["2026-11-23T11:30:00Z", "2026-11-23", "2026-11", 0].map((value) => accepts(dateOrTime(), value)),
    ).toEqual([true, true, false, false]);
  });

  it("number() takes finite numbers only", () => {
    const values = [0, -1e308, Number.NaN, Number.POSITIVE_INFINITY, "1", null];
    expect(values.map((value) => accepts(number(), value))).toEqual([true, true, false, false, false, false]);
  });

  it("maybe() takes absence and null alike, but no other type", () => {
    const schema = Type.Object({ a: maybe(text()) });
    expect([{}, { a: null }, { a: "x" }, { a: 1 }, { a: "" }].map((value) => accepts(schema, value))).toEqual(
      [true, true, true, false, false],
    );
  });

  it("oneOf() and list() keep to their values and their limit", () => {
    expect(["a", "b", "c"].map((value) => accepts(oneOf("a", "b"), value))).toEqual([true, true, false]);
    expect([["x"], ["x", "x"], ["x", "x", "x"]].map((value) => accepts(list(text(), 2), value))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
