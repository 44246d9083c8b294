import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256Hex } from "./sha256.ts";

it("gives the digests of FIPS 180-4's examples", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256Hex("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

it("hashes any text as the machine's own does, whatever is left over of its last block", () => {
  const machine = (text: string) => createHash("sha256").update(text).digest("hex");
  for (let length = 0; length < 200; length++)
    expect(sha256Hex("x".repeat(length))).toBe(machine("x".repeat(length)));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(sha256Hex(text)).toBe(machine(text));
    }),
  );
});
