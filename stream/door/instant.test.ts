import fc from "fast-check";
import { expect, it } from "vitest";
import { formatTime, parseTime } from "../../twin/kernel/time.ts";
import { parseInstant } from "./instant.ts";

const pad = (n: number, width = 2) => String(n).padStart(width, "0");
const part = (max: number) => fc.integer({ min: 0, max }).map((n) => pad(n));

it("parseInstant() reads what the project writes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (time) => {
      expect(parseInstant(formatTime(time))).toBe(time);
    }),
  );
});

it("parseInstant() and parseTime() agree on every text, right or wrong", () => {
  const year = fc.integer({ min: 1960, max: 2120 }).map((n) => pad(n, 4));
  const zone = fc.oneof(
    fc.constantFrom("Z", "z", "", "+08:00", "-00:30", "+24:00", "+08:61", "+0800", "+8:00"),
  );
  const fraction = fc.constantFrom(
    "",
    ".1",
    ".12",
    ".123",
    ".1234",
    ".123456789",
    ".",
    ".1234567891",
    ".x23",
  );
  const text = fc
    .tuple(
      year,
      part(14),
      part(33),
      fc.constantFrom("T", "t", " ", "_"),
      part(25),
      part(61),
      part(61),
      fraction,
      zone,
    )
    .map(([y, mo, d, sep, h, mi, s, f, z]) => `${y}-${mo}-${d}${sep}${h}:${mi}:${s}${f}${z}`);
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ maxLength: 40 })), (candidate) => {
      expect(parseInstant(candidate)).toBe(parseTime(candidate));
    }),
    { numRuns: 5_000 },
  );
});
