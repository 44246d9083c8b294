import { expect, test } from "vitest";
import { Faults } from "./faults.ts";

test("A fault holds for its subject until its end, which does not belong to it", () => {
  const faults = new Faults();
  faults.set("unwashed", 7, 1_000, 5_000);
  expect(faults.has("unwashed", 7, 4_999)).toBe(true);
  expect(faults.has("unwashed", 8, 4_999)).toBe(false);
  expect(faults.has("no-lamps", 7, 4_999)).toBe(false);
  expect(faults.has("unwashed", 7, 5_000)).toBe(false);
});

test("Faults forgets what is over and keeps what holds, however many there were", () => {
  const faults = new Faults();
  faults.set("shut", 1, 0, 1_000_000);
  for (let n = 0; n < 5_000; n++) faults.set("no-samples", n + 10, n, n + 2);
  expect(faults.has("shut", 1, 5_000)).toBe(true);
  expect(faults.has("no-samples", 5_009, 5_000)).toBe(true);
  expect(faults.has("no-samples", 100, 5_000)).toBe(false);
});
