/** How alike two texts are, cheaply and alike on every runtime: no locale, no Unicode tables. */

/** Longer texts are compared by their beginnings. */
const LENGTH_MAX = 256;

/** 1 - Levenshtein distance / length of the longer one, white space left out; 1 for two empty texts. */
export function spellingMatch(a: string, b: string): number {
  const [left, right] = [lettersOf(a), lettersOf(b)];
  const longer = Math.max(left.length, right.length);
  return longer === 0 ? 1 : 1 - distance(left, right) / longer;
}

/** Code points without white space. */
function lettersOf(text: string): string[] {
  return Array.from(text.replace(/\s+/g, "")).slice(0, LENGTH_MAX);
}

/** Levenshtein: insertions, deletions and substitutions, row by row. */
function distance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Pairs of neighbouring letters, each as often as it occurs; a single letter stands for itself. */
export type Bigrams = ReadonlyMap<string, number>;

export function bigramsOf(text: string): Bigrams {
  const letters = lettersOf(text);
  const pairs = letters.length < 2 ? letters : letters.slice(1).map((letter, i) => letters[i]! + letter);
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/** Dice's coefficient of two texts: 2 x what they share / what they have; 1 for two empty texts. */
export function diceOf(a: Bigrams, b: Bigrams): number {
  let shared = 0;
  let all = 0;
  for (const [pair, count] of a) {
    shared += Math.min(count, b.get(pair) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 1 : (2 * shared) / all;
}
