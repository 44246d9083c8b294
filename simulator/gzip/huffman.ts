/** Huffman codes for DEFLATE (RFC 1951 §3.2.2): lengths from frequencies, canonical codes from lengths. */

/** A code by symbol; `bits[s]` is already reversed, as DEFLATE sends codes with their first bit first. */
export interface HuffmanCode {
  readonly lengths: Uint8Array;
  readonly bits: Uint16Array;
}

/** The best code of at most `longest` bits for symbols of these frequencies; at least two symbols get a code. */
export function huffmanCode(frequencies: Uint32Array, longest: number): HuffmanCode {
  const lengths = new Uint8Array(frequencies.length);
  const used = [...frequencies.keys()].filter((symbol) => frequencies[symbol]! > 0);
  for (let symbol = 0; used.length < 2; symbol++) if (!used.includes(symbol)) used.push(symbol);
  used.sort((a, b) => frequencies[a]! - frequencies[b]! || a - b);
  const depths = limit(depthsOf(used.map((symbol) => frequencies[symbol]!)), longest);
  used.forEach((symbol, i) => {
    lengths[symbol] = depths[i]!;
  });
  return { lengths, bits: canonicalBits(lengths) };
}

/** Depth of each leaf of the Huffman tree; frequencies rise. Two queues, as both leaves and nodes come in order. */
function depthsOf(frequencies: readonly number[]): number[] {
  const leaves = frequencies.length;
  const weights = [...frequencies];
  const parents = new Array<number>(2 * leaves - 1).fill(0);
  let leaf = 0;
  let node = leaves;
  const lighter = (): number => {
    const takeLeaf = leaf < leaves && (node >= weights.length || weights[leaf]! <= weights[node]!);
    return takeLeaf ? leaf++ : node++;
  };
  while (weights.length < 2 * leaves - 1) {
    const [a, b] = [lighter(), lighter()];
    parents[a] = weights.length;
    parents[b] = weights.length;
    weights.push(weights[a]! + weights[b]!);
  }
  const depths = new Array<number>(2 * leaves - 1).fill(0);
  for (let i = 2 * leaves - 3; i >= 0; i--) depths[i] = depths[parents[i]!]! + 1;
  return depths.slice(0, leaves);
}

/**
 * Shortens what is too long, pays for it by lengthening others, and gives back what is then too much: inflaters refuse
 * a code that is not whole (Kraft's sum is 1). Frequencies rise with the index.
 */
function limit(depths: readonly number[], longest: number): number[] {
  const whole = 1 << longest;
  const share = (depth: number) => 1 << (longest - depth);
  const bounded = depths.map((depth) => Math.min(depth, longest));
  let sum = bounded.reduce((total, depth) => total + share(depth), 0);
  for (let i = 0; sum > whole; i = (i + 1) % bounded.length) {
    if (bounded[i] === longest) continue;
    bounded[i]!++;
    sum -= share(bounded[i]!);
  }
  while (sum < whole) {
    const deepest = bounded.lastIndexOf(bounded.reduce((most, depth) => Math.max(most, depth), 0));
    sum += share(bounded[deepest]!);
    bounded[deepest]!--;
  }
  return bounded;
}

function canonicalBits(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(17);
  for (const length of lengths) if (length > 0) counts[length]!++;
  const next = new Uint16Array(17);
  for (let length = 1, code = 0; length <= 15; length++) {
    code = (code + (length === 1 ? 0 : counts[length - 1]!)) << 1;
    next[length] = code;
  }
  return Uint16Array.from(lengths, (length) => (length === 0 ? 0 : reversed(next[length]!++, length)));
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >>> bit) & 1) << (length - 1 - bit);
  return result;
}
