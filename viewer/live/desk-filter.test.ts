import fc from "fast-check";
import { expect, it } from "vitest";
import { ALL, type DeskFilter, filterOf, LEVELS, OPEN_STATES, queryOf, SORT_KEYS } from "./desk-filter.ts";

const said = fc.option(fc.string({ minLength: 1 }));
const anyFilter: fc.Arbitrary<DeskFilter> = fc.record({
  levels: fc.subarray([...LEVELS]),
  code: said,
  banner: said,
  office: said,
  state: fc.option(fc.constantFrom(...OPEN_STATES)),
  mine: fc.boolean(),
  overdue: fc.boolean(),
  text: fc.string(),
  sort: fc.constantFrom(...SORT_KEYS),
  reversed: fc.boolean(),
});

it("a filter stands whole in the address", () => {
  fc.assert(
    fc.property(anyFilter, (filter) => {
      expect(filterOf(new URLSearchParams(queryOf(filter).toString()))).toEqual(filter);
    }),
  );
});

it("an address that says nothing, or nonsense, shows all", () => {
  expect(queryOf(ALL).toString()).toBe("");
  expect(filterOf(new URLSearchParams("level=L9&state=asleep&sort=luck&lang=en"))).toEqual(ALL);
});
