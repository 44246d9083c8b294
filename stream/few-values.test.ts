import fc from "fast-check";
import { expect, it } from "vitest";
import { FewValues } from "./few-values.ts";

it("gives every value back", () => {
  const value = fc.oneof(
    fc.constantFrom(8, -12, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.double(),
  );
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const few = new FewValues(values);
      // A limit of -0 is one of 0: the set knows one zero.
      expect(values.map((_, i) => few.at(i) + 0)).toEqual(values.map((v) => v + 0));
    }),
  );
});

it("refuses what is not few", () => {
  expect(() => new FewValues(Array.from({ length: 65_537 }, (_, i) => i))).toThrow("65537 different values");
  expect(new FewValues(Array.from({ length: 65_536 }, (_, i) => i)).at(65_535)).toBe(65_535);
});
