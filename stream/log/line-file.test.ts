import { describe, expect, it } from "vitest";
import { FaultyFiles } from "./faulty-files.ts";
import { LineFile } from "./line-file.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Whether the lock is ours. */
let mine = true;
const lock = () => ({ isHeld: () => mine, takenOver: false, token: "t" });

/** A file as a crash left it; opens it and returns what is still there. */
async function left(
  text: string,
): Promise<{ files: FaultyFiles; file: LineFile; text: string; cutBytes: number }> {
  const files = new FaultyFiles();
  await (await files.open("d/a.jsonl")).write(encoder.encode(text), 0);
  const { file, lines, cutBytes } = await LineFile.open(files, "d/a.jsonl", { lock, renew: false });
  return { files, file, text: decoder.decode(lines), cutBytes };
}

describe("a file of lines", () => {
  it("goes on behind its last whole line", async () => {
    const { files, file, text, cutBytes } = await left('{"a":1}\n{"half');
    expect([text, cutBytes]).toEqual(['{"a":1}\n', 6]);
    await file.append('{"b":2}\n', { durable: true });
    expect(decoder.decode(files.contents("d/a.jsonl"))).toBe('{"a":1}\n{"b":2}\n');
  });

  it("takes off everything from the first hole on, though whole lines stand behind it", async () => {
    const { files, text } = await left(`{"a":1}\n{"b":${"\0".repeat(9)}\n{"c":3}\n`);
    expect(text).toBe('{"a":1}\n');
    expect(files.contents("d/a.jsonl")).toHaveLength(8);
  });

  it("writes over what a failed append left", async () => {
    const { files, file } = await left('{"a":1}\n');
    files.capacity = 12;
    await expect(file.append('{"long":"line"}\n', { durable: false })).rejects.toMatchObject({
      code: "ENOSPC",
    });
    files.capacity = 100;
    await file.append("{}\n", { durable: false });
    expect(decoder.decode(files.contents("d/a.jsonl"))).toBe('{"a":1}\n{}\n');
  });

  it("takes nothing from a process that has lost the lock, and the new owner's file is another", async () => {
    const { files, file } = await left('{"a":1}\n');
    mine = false;
    await expect(file.append('{"b":2}\n', { durable: true })).rejects.toMatchObject({ code: "locked" });
    mine = true;
    const before = files.contents("d/a.jsonl");
    const { file: own } = await LineFile.open(files, "d/a.jsonl", { lock, renew: true });
    await own.append('{"c":3}\n', { durable: true });
    expect(decoder.decode(before)).toBe('{"a":1}\n');
    expect(decoder.decode(files.contents("d/a.jsonl"))).toBe('{"a":1}\n{"c":3}\n');
  });

  it("begins anew where the file was taken away", async () => {
    const { files, file } = await left('{"a":1}\n');
    await files.remove("d/a.jsonl");
    await file.append('{"b":2}\n', { durable: false });
    expect(decoder.decode(files.contents("d/a.jsonl"))).toBe('{"b":2}\n');
  });
});
