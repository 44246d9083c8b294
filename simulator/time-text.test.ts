import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTime } from "../twin/kernel/time.ts";
import { TimeText } from "./time-text.ts";

test("TimeText writes every time as formatTime does, in any order", () => {
  const text = new TimeText();
  const time = fc.oneof(
    fc.integer({ min: 1_577_836_800_000, max: 4_102_444_799_999 }),
    fc.integer({ min: 1_780_000_000_000, max: 1_780_000_120_000 }),
  );
  fc.assert(
    fc.property(time, (moment) => {
      expect(text.format(moment)).toBe(formatTime(moment));
    }),
    { numRuns: 1_000 },
  );
});
