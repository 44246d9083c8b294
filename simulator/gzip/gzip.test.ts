import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Dice } from "../dice.ts";
import { PIECE_BYTES } from "./deflate.ts";
import { Gzip } from "./gzip.ts";
import { huffmanCode } from "./huffman.ts";

function gzip(parts: readonly Uint8Array[]): Uint8Array {
  const packer = new Gzip();
  const out = [packer.head()];
  for (const part of parts) for (const block of packer.write(part)) out.push(block.slice());
  for (const block of packer.end()) out.push(block.slice());
  return Uint8Array.from(Buffer.concat(out));
}

const text = (content: string) => new TextEncoder().encode(content);

describe("Gzip", () => {
  test.each([
    ["nothing", ""],
    ["one byte", "x"],
    ["one byte often", "0,".repeat(200_000)],
    ["more than one piece", JSON.stringify(Array.from({ length: 60_000 }, (_, i) => i * 7))],
  ])("is read back by another packer: %s", (_, content) => {
    expect(gunzipSync(gzip([text(content)])).toString()).toBe(content);
  });

  test("is read back for any bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 3_000 })), (parts) => {
        expect(gunzipSync(gzip(parts))).toEqual(Buffer.concat(parts));
      }),
    );
  });

  test("is read back for bytes with few different values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5_000 }), (values) => {
        const bytes = Uint8Array.from(values);
        expect(gunzipSync(gzip([bytes]))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test("is read back where plain Huffman codes would be too long", () => {
    const dice = new Dice().seat(1, 2);
    const bytes: number[] = [];
    for (let value = 0, [a, b] = [1, 1]; value < 24; value++, [a, b] = [b, a + b]) {
      for (let n = 0; n < a; n++) bytes.push(value);
    }
    const mixed = Uint8Array.from(bytes);
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = dice.int(0, i);
      [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
    }
    expect(gunzipSync(gzip([mixed]))).toEqual(Buffer.from(mixed));
  });

  test("gives the same bytes however the input is cut", () => {
    const whole = text(JSON.stringify(Array.from({ length: 40_000 }, (_, i) => (i * i) % 1_009)));
    const cut = [whole.subarray(0, 1), whole.subarray(1, 77_777), whole.subarray(77_777)];
    expect(whole.length).toBeGreaterThan(PIECE_BYTES);
    expect(gzip(cut)).toEqual(gzip([whole]));
  });

  test("packs readings to a third of their size or less", () => {
    const readings = text(Array.from({ length: 50_000 }, (_, i) => `${3 + ((i * 37) % 19) / 10},`).join(""));
    expect(gzip([readings]).length * 3).toBeLessThan(readings.length);
  });
});

describe("huffmanCode()", () => {
  test("keeps to the longest length for frequencies that want a longer one, and stays a whole code", () => {
    const fibonacci = [1, 1];
    while (fibonacci.length < 30) fibonacci.push(fibonacci.at(-1)! + fibonacci.at(-2)!);
    const { lengths } = huffmanCode(Uint32Array.from(fibonacci), 15);
    expect(Math.max(...lengths)).toBe(15);
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
  });

  test("gives shorter codes to what is more frequent", () => {
    const { lengths } = huffmanCode(Uint32Array.of(50, 3, 20, 1), 15);
    expect([...lengths]).toEqual([1, 3, 2, 3]);
  });
});
