/** How a series moves: a straight line through it, and how sure its slope is. Pure. */

/** `x` in the unit per which the slope is told. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Slope {
  /** Least squares, in units of `y` per unit of `x`. */
  readonly value: number;
  /**
   * Its standard error. Memory and lag have memory themselves: a sample says little that the one before did not. So the error of
   * independent samples is widened by √((1 + r) / (1 - r)), r being the correlation of neighbouring residuals (an AR(1) process).
   */
  readonly error: number;
  /** From the first to the last `x`. */
  readonly span: number;
  readonly points: number;
}

/** Beyond this the samples tell nearly nothing, and the error would be divided by nearly nothing. */
const CORRELATION_MAX = 0.98;
const POINTS_MIN = 3;

/** `null` = too few points, or all at one place. */
export function slopeOf(points: readonly Point[]): Slope | null {
  const n = points.length;
  if (n < POINTS_MIN) return null;
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const sxx = sum(points.map(({ x }) => (x - meanX) ** 2));
  if (sxx === 0) return null;
  const value = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / sxx;
  const residuals = points.map(({ x, y }) => y - meanY - value * (x - meanX));
  const squares = sum(residuals.map((residual) => residual ** 2));
  const plain = Math.sqrt(squares / (n - 2) / sxx);
  const r = Math.min(CORRELATION_MAX, Math.max(0, neighbourCorrelation(residuals, squares)));
  const xs = points.map(({ x }) => x);
  return {
    value,
    error: plain * Math.sqrt((1 + r) / (1 - r)),
    span: Math.max(...xs) - Math.min(...xs),
    points: n,
  };
}

/** Points of the second half of the time that they cover: what a program does once it is warm. */
export function secondHalf(points: readonly Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const middle = (first.x + last.x) / 2;
  return points.filter(({ x }) => x >= middle);
}

function neighbourCorrelation(residuals: readonly number[], squares: number): number {
  if (squares === 0) return 0;
  return sum(residuals.slice(1).map((residual, i) => residual * residuals[i]!)) / squares;
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
