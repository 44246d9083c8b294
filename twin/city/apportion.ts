/** Shares of a whole in whole numbers: exact totals out of fractional averages. */

/**
 * Splits `total` by weight (largest remainder, Hamilton), each share at least `minimum`. The shares add up to `total`
 * exactly, unless the minimum alone asks for more. Ties go to the earlier index.
 *
 * @example apportion([1, 1, 2], 10) // [3, 2, 5]
 */
export function apportion(weights: readonly number[], total: number, minimum = 0): number[] {
  let sum = 0;
  for (const weight of weights) sum += weight;
  const quota = weights.map((weight) => (sum > 0 ? (weight / sum) * total : 0));
  const shares = quota.map((share) => Math.max(minimum, Math.floor(share)));
  let left = total;
  for (const share of shares) left -= share;
  while (left !== 0) {
    const step = left > 0 ? 1 : -1;
    const movable = shares.map((_, i) => i).filter((i) => step > 0 || shares[i]! > minimum);
    if (movable.length === 0) break;
    movable.sort((a, b) => step * (quota[b]! - shares[b]! - (quota[a]! - shares[a]!)) || a - b);
    const moves = Math.min(movable.length, Math.abs(left));
    for (let k = 0; k < moves; k++) shares[movable[k]!]! += step;
    left -= step * moves;
  }
  return shares;
}
