/**
 * Portable elementary functions: only `+ - * /` and `Math.sqrt/floor/abs`, which IEEE 754 fixes to the last bit.
 * `Math.exp/log/sin/…` differ between V8 versions and Deno, so the deterministic core must not call them.
 */

const LN2 = Math.LN2;
const PI = Math.PI;

/** 2^n for integer n in [-1022, 1023]. */
function powerOfTwo(n: number): number {
  let result = 1;
  let base = n < 0 ? 0.5 : 2;
  for (let k = n < 0 ? -n : n; k > 0; k >>= 1) {
    if (k & 1) result *= base;
    base *= base;
  }
  return result;
}

/** e^x; relative error below 1e-14 for |x| < 50 and 1e-13 for |x| < 700; 0 and Infinity beyond. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const n = Math.floor(x / LN2 + 0.5);
  const r = x - n * LN2;
  let term = 1;
  let sum = 1;
  for (let k = 1; k <= 14; k++) {
    term *= r / k;
    sum += term;
  }
  return sum * powerOfTwo(n);
}

/** Natural logarithm; `NaN` below zero, `-Infinity` at zero. */
export function log(x: number): number {
  if (x < 0) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  let m = x;
  let n = 0;
  while (m >= 1.5) {
    m *= 0.5;
    n++;
  }
  while (m < 0.75) {
    m *= 2;
    n--;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let term = s;
  let sum = 0;
  for (let k = 1; k <= 41; k += 2) {
    sum += term / k;
    term *= s2;
  }
  return 2 * sum + n * LN2;
}

/** x^y for x > 0; 0 at x = 0 whatever y. */
export function pow(x: number, y: number): number {
  return x === 0 ? 0 : exp(y * log(x));
}

/** Sine of x radians; absolute error below 1e-14 for |x| < 10, 1e-12 for |x| < 1,000, 1e-9 for |x| < 1e6. */
export function sin(x: number): number {
  const turns = Math.floor(x / (2 * PI) + 0.5);
  const r = x - turns * 2 * PI;
  const r2 = r * r;
  let term = r;
  let sum = r;
  for (let k = 1; k <= 13; k++) {
    term *= -r2 / (2 * k * (2 * k + 1));
    sum += term;
  }
  return sum;
}

export function cos(x: number): number {
  return sin(x + PI / 2);
}

/** Metres between two WGS84 points a few kilometres apart (equirectangular on the mean radius 6,371,009 m). */
export function distanceM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const toRadians = PI / 180;
  const x = (b.lon - a.lon) * toRadians * cos(((a.lat + b.lat) / 2) * toRadians);
  const y = (b.lat - a.lat) * toRadians;
  return Math.sqrt(x * x + y * y) * 6_371_009;
}
