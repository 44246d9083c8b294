import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFile, readLines } from "./file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function collect(lines: AsyncIterable<{ number: number; text: Uint8Array }>) {
  const found: [number, string][] = [];
  for await (const line of lines) found.push([line.number, text(line.text)]);
  return found;
}

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("readLines()", () => {
  it("gives the lines that split() gives, however the bytes arrive", async () => {
    const line = fc.string({ unit: "grapheme" }).filter((some) => !/[\n\r]/.test(some) && some.trim() !== "");
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (lines, size, ended) => {
          const bytes = new TextEncoder().encode(lines.join("\n") + (ended ? "\n" : ""));
          expect((await collect(readLines(chunksOf(bytes, size)))).map(([, found]) => found)).toEqual(lines);
        },
      ),
    );
  });

  it("counts empty lines and drops them, with either line end", async () => {
    const bytes = new TextEncoder().encode("\n a\r\n\r\n \t\nb");
    expect(await collect(readLines(chunksOf(bytes, 2)))).toEqual([
      [2, " a"],
      [5, "b"],
    ]);
  });

  it("cuts a line that never ends, and reads the next", async () => {
    const bytes = new TextEncoder().encode(`${"x".repeat(1_000)}\nb\n${"y".repeat(30)}`);
    for (const size of [7, 64, 2_000]) {
      expect(await collect(readLines(chunksOf(bytes, size), 20))).toEqual([
        [1, "x".repeat(20)],
        [2, "b"],
        [3, "y".repeat(20)],
      ]);
    }
  });
});

describe("readFile()", () => {
  it("reads plain and packed files alike, packed ones in several members too", async () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => `{"line":${i}}`);
    const plain = join(folder, "a.jsonl");
    const packed = join(folder, "a.jsonl.gz");
    const whole = `${lines.join("\n")}\n`;
    await writeFile(plain, whole);
    await writeFile(packed, Buffer.concat([gzipSync(whole.slice(0, 9_999)), gzipSync(whole.slice(9_999))]));
    const expected = lines.map((line, i) => [i + 1, line]);
    expect(await collect(readFile(plain))).toEqual(expected);
    expect(await collect(readFile(packed))).toEqual(expected);
  });

  it("may be left in the middle", async () => {
    const packed = join(folder, "a.jsonl.gz");
    for await (const { number } of readFile(packed)) if (number === 3) break;
  });

  it("says so when a file is missing, torn or not packed at all", async () => {
    await expect(collect(readFile(join(folder, "none.jsonl")))).rejects.toThrow("ENOENT");
    await expect(collect(readFile(join(folder, "none.jsonl.gz")))).rejects.toThrow("ENOENT");
    const torn = join(folder, "torn.jsonl.gz");
    await writeFile(torn, gzipSync("x\n".repeat(100_000)).subarray(0, 50));
    await expect(collect(readFile(torn))).rejects.toThrow("unexpected end of file");
    const plain = join(folder, "plain.jsonl.gz");
    await writeFile(plain, "{}\n");
    await expect(collect(readFile(plain))).rejects.toThrow("incorrect header check");
  });
});
