import { describe, expect, it } from "vitest";
import { formatDate, parseDate } from "../../twin/kernel/time.ts";
import { dayNamed, monthOf, type Period, weekOf } from "./duty-day.ts";

const shown = ({ first, last }: Period) => [formatDate(first), formatDate(last)];

describe("duty days", () => {
  it.each(["2026-03-02", "2026-03-05", "2026-03-08"])("%s lies in the week from Monday to Sunday", (date) => {
    expect(shown(weekOf(parseDate(date)))).toEqual(["2026-03-02", "2026-03-08"]);
  });

  it("knows the months, the year's end and 29 February", () => {
    expect(shown(monthOf(parseDate("2026-12-15")))).toEqual(["2026-12-01", "2026-12-31"]);
    expect(shown(monthOf(parseDate("2028-02-01")))).toEqual(["2028-02-01", "2028-02-29"]);
  });

  it("takes the day of a date, or the Shanghai day of a date-time", () => {
    expect(formatDate(dayNamed("2026-03-02"))).toBe("2026-03-02");
    expect(formatDate(dayNamed("2026-03-01T16:00:00Z"))).toBe("2026-03-02");
    expect(formatDate(dayNamed("2026-03-01T15:59:59Z"))).toBe("2026-03-01");
  });
});
