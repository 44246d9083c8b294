/** Values of columns as thousandths in 32 bits, the short form in which nearly all of them fit to the last bit. */

/** What stands for a heartbeat among thousandths. */
const HEARTBEAT = -(2 ** 31);
const THOUSANDTHS_MAX = 2 ** 31 - 1;

/** Whether all of them are heartbeats. */
export function isNothing(value: Float64Array): boolean {
  for (let i = 0; i < value.length; i++) if (!Number.isNaN(value[i]!)) return false;
  return true;
}

/**
 * Writes thousandths into `short`, which has room for them; false = they would not give every value back to the last bit
 * (so -0 does not), and `short` holds nothing of use.
 */
export function toThousandths(value: Float64Array, short: Int32Array): boolean {
  for (let i = 0; i < value.length; i++) {
    const v = value[i]!;
    const k = Math.round(v * 1_000);
    if (k / 1_000 === v && k <= THOUSANDTHS_MAX && k >= -THOUSANDTHS_MAX && (k !== 0 || 1 / v > 0))
      short[i] = k;
    else if (Number.isNaN(v)) short[i] = HEARTBEAT;
    else return false;
  }
  return true;
}

/** The values again; `NaN` = heartbeat. */
export function fromThousandths(short: Int32Array): Float64Array {
  const value = new Float64Array(short.length);
  for (let i = 0; i < short.length; i++) {
    const k = short[i]!;
    value[i] = k === HEARTBEAT ? Number.NaN : k / 1_000;
  }
  return value;
}
