/**
 * Small deterministic hashes for ids and seeds (not for evidence: the log chains SHA-256).
 *
 * MurmurHash3 x86 32-bit over UTF-16 code units, run with two seeds where 64 bits are wanted.
 */

export function hash32(text: string, seed = 0): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    h ^= k;
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  return mix32(h ^ (text.length * 2));
}

/** The murmur finaliser: every input bit reaches every output bit. Unsigned 32-bit. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 64 bits of a text as 16 hex digits: the deterministic part of alert, case and notification ids. */
export function hashHex(text: string): string {
  return (
    hash32(text, 0x9747b28c).toString(16).padStart(8, "0") +
    hash32(text, 0x3c6ef372).toString(16).padStart(8, "0")
  );
}
