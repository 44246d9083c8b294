import { expect, test } from "vitest";
import { checkDigit, licenceNumber } from "./licence-number.ts";

test("the check digit is that of ISO 7064 MOD 11,10 (the standard's own example: 0794 -> 5)", () => {
  expect(checkDigit("0794")).toBe(5);
});

test("a licence number tells business and county and ends with its check digit", () => {
  const number = licenceNumber(3, "150602", 17);
  expect(number).toMatch(/^JY3150602000017\d$/);
  expect(checkDigit(number.slice(2, -1))).toBe(Number(number.at(-1)));
});
