import fc from "fast-check";
import { expect, it } from "vitest";
import { pointerToken } from "./fault.ts";

it.each([
  ["a/b", "a~1b"],
  ["m~n", "m~0n"],
  ["~1", "~01"],
  ["", ""],
  [7, "7"],
])("pointerToken() escapes %j as RFC 6901 does", (token, expected) => {
  expect(pointerToken(token)).toBe(expected);
});

it("pointerToken() can be undone, and leaves no slash", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "a") }), (text) => {
      const token = pointerToken(text);
      expect(token).not.toContain("/");
      expect(token.replaceAll("~1", "/").replaceAll("~0", "~")).toBe(text);
    }),
  );
});
