import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cos, distanceM, exp, log, pow, sin } from "./math.ts";

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const relative = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.abs(wanted);

describe("exp()", () => {
  it("knows e, and what lies beyond doubles", () => {
    expect(exp(0)).toBe(1);
    expect(exp(1)).toBeCloseTo(Math.E, 15);
    expect(exp(-1_000)).toBe(0);
    expect(exp(1_000)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NaN)).toBeNaN();
  });

  it.each([
    [50, 1e-14],
    [700, 1e-13],
  ])("errs for |x| < %d by less than %d of its value", (limit, error) => {
    fc.assert(fc.property(within(-limit, limit), (x) => relative(exp(x), Math.exp(x)) < error));
  });
});

describe("log()", () => {
  it("knows its edges", () => {
    expect(log(1)).toBe(0);
    expect(log(2)).toBe(Math.LN2);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(Number.MIN_VALUE)).toBeCloseTo(-744.4400719213812, 12);
    expect(log(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 12);
  });

  it("agrees with the platform's over all magnitudes", () => {
    fc.assert(
      fc.property(within(-300, 300), (magnitude) => {
        const x = 10 ** magnitude;
        return Math.abs(log(x) - Math.log(x)) <= 1e-15 * Math.max(1, Math.abs(Math.log(x)));
      }),
    );
  });

  it("undoes exp()", () => {
    fc.assert(fc.property(within(-50, 50), (x) => Math.abs(log(exp(x)) - x) < 1e-13));
  });
});

describe("pow()", () => {
  it("agrees with the platform's", () => {
    fc.assert(fc.property(within(1e-3, 1e3), within(-5, 5), (x, y) => relative(pow(x, y), x ** y) < 1e-13));
  });

  it("is 0 at 0", () => {
    expect(pow(0, 2)).toBe(0);
  });
});

describe("sin() and cos()", () => {
  it("know the quarter turns", () => {
    expect(sin(0)).toBe(0);
    expect(sin(Math.PI / 6)).toBeCloseTo(0.5, 15);
    expect(sin(Math.PI / 2)).toBeCloseTo(1, 15);
    expect(cos(Math.PI / 3)).toBeCloseTo(0.5, 15);
    expect(cos(Math.PI)).toBeCloseTo(-1, 15);
  });

  it.each([
    [10, 1e-14],
    [1_000, 1e-12],
    [1e6, 1e-9],
  ])("err for |x| < %d by less than %d", (limit, error) => {
    fc.assert(
      fc.property(
        within(-limit, limit),
        (x) => Math.abs(sin(x) - Math.sin(x)) < error && Math.abs(cos(x) - Math.cos(x)) < error,
      ),
    );
  });
});

describe("the bits", () => {
  it("are the same on every runtime", () => {
    const bits = (value: number) => new BigUint64Array(Float64Array.of(value).buffer)[0]!.toString(16);
    let sum = 0;
    for (let i = 1; i <= 10_000; i++) {
      const x = i / 137;
      sum += exp(-x) + log(x) + sin(x) + cos(x) + pow(x, 0.3);
    }
    expect(bits(sum)).toBe("40edd0109556f2f0");
  });
});

describe("distanceM()", () => {
  const dongsheng = { lon: 109.963, lat: 39.822 };

  it("measures a degree of latitude and the narrower one of longitude", () => {
    expect(distanceM(dongsheng, { ...dongsheng, lat: 40.822 })).toBeCloseTo(111_195, 0);
    expect(distanceM(dongsheng, { ...dongsheng, lon: 110.963 })).toBeCloseTo(
      111_195 * Math.cos((39.822 * Math.PI) / 180),
      0,
    );
  });

  it("agrees with the great circle (haversine) within a thousandth over a few kilometres, either way round", () => {
    const offset = within(-0.05, 0.05);
    fc.assert(
      fc.property(offset, offset, (lon, lat) => {
        const other = { lon: dongsheng.lon + lon, lat: dongsheng.lat + lat };
        const there = distanceM(dongsheng, other);
        expect(distanceM(other, dongsheng)).toBe(there);
        expect(Math.abs(there - haversineM(dongsheng, other))).toBeLessThanOrEqual(0.001 * there + 1e-3);
      }),
    );
  });
});

function haversineM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [radians(b.lat - a.lat), radians(b.lon - a.lon)];
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * 6_371_009 * Math.asin(Math.sqrt(h));
}
