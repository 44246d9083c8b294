import { describe, expect, it } from "vitest";
import { OBLIGATIONS_COUNT, obligationFaults } from "./obligations.ts";

const row = (number: number, doneBy = "`a.ts`", drivenBy = "`a.test.ts`") =>
  `| ${number} | 义务 · duty | ${doneBy} | ${drivenBy} | |`;
const all = (change: (number: number) => string) =>
  ["| # | a | b | c | d |", "|---|---|---|---|---|"]
    .concat(Array.from({ length: OBLIGATIONS_COUNT }, (_, i) => change(i + 1)))
    .join("\n");
const exists = (path: string) => path === "a.ts" || path === "a.test.ts";
const faultsIn = (text: string) =>
  obligationFaults(text, exists).map(({ line, message }) => `${line} ${message}`);

describe("the table of obligations", () => {
  it("is whole with every number once, and files that are there", () => {
    expect(faultsIn(all((number) => row(number)))).toEqual([]);
  });

  it("may say that something is not yet there", () => {
    expect(faultsIn(all((number) => (number === 9 ? row(9, "not yet", "not yet") : row(number))))).toEqual(
      [],
    );
  });

  it("misses a number, and minds one that stands twice or is none of the plan", () => {
    expect(faultsIn(all((number) => row(number === 9 ? 8 : number)))).toEqual([
      "1 has 2 rows of obligation 8, wanted one",
      "1 has 0 rows of obligation 9, wanted one",
    ]);
    expect(faultsIn(`${all((number) => row(number))}\n${row(66)}`)).toEqual([
      "68 has an obligation 66: the plan has none",
    ]);
  });

  it("minds files that are gone, and rows without a file or without a test", () => {
    const changed = (doneBy: string, drivenBy: string) =>
      faultsIn(all((number) => (number === 1 ? row(1, doneBy, drivenBy) : row(number))));
    expect(changed("`gone.ts`", "`a.test.ts`")).toEqual(["3 names gone.ts, which is not there"]);
    expect(changed("", "`a.test.ts`")).toEqual(['3 names no file that does it, nor says "not yet"']);
    expect(changed("`a.ts`", "`a.ts`")).toEqual(['3 names no test that drives it, nor says "not yet"']);
    expect(changed("`a.ts`", "not yet")).toEqual(['3 names no test that drives it, nor says "not yet"']);
  });
});
