import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

const NAMES = ["quiet-tuesday", "sc01-fridge-fails", "sc16-gas-leak", "sc19-health-certificates"];

it("finds what somebody meant by a number, a part or a slip of the pen, and nothing for anything", () => {
  expect(nearestName("sc16", NAMES)).toBe("sc16-gas-leak");
  expect(nearestName("gas-leak", NAMES)).toBe("sc16-gas-leak");
  expect(nearestName("sc01-frigde-fails", NAMES)).toBe("sc01-fridge-fails");
  expect(nearestName("quiettuesday", NAMES)).toBe("quiet-tuesday");
  expect(nearestName("something-else-altogether", NAMES)).toBeNull();
});
