import { Encoder } from "cbor-x";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCbor } from "./cbor.ts";

const encoder = new Encoder({ mapsAsObjects: false, useRecords: false });
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

function decoded(hex: string): unknown {
  const result = decodeCbor(bytes(hex));
  if (!result.ok) throw new Error(result.faults[0]!.reason);
  return result.value;
}

describe("decodeCbor()", () => {
  it("reads the examples of RFC 8949, appendix A", () => {
    expect(decoded("1b000000e8d4a51000")).toBe(1e12);
    expect(decoded("3903e7")).toBe(-1000);
    expect(decoded("f93e00")).toBe(1.5);
    expect(decoded("f90001")).toBe(1 / 2 ** 24);
    expect(decoded("f9c400")).toBe(-4);
    expect(decoded("fa47c35000")).toBe(100_000);
    expect(decoded("fb3ff199999999999a")).toBe(1.1);
    expect(decoded("9f018202039f0405ffff")).toEqual([1, [2, 3], [4, 5]]);
    expect(decoded("bf61610161629f0203ffff")).toEqual(
      new Map<string, unknown>([
        ["a", 1],
        ["b", [2, 3]],
      ]),
    );
    expect(decoded("84f4f5f6f7")).toEqual([false, true, null, undefined]);
    expect(decoded("4401020304")).toEqual(bytes("01020304"));
    expect(decoded("62c3bc")).toBe("ü");
  });

  it("reads what another encoder writes", () => {
    // The other encoder writes -0 as 0.
    const value = fc.oneof(
      fc.double().map((v) => v + 0),
      fc.maxSafeInteger(),
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
    );
    const record = fc.array(fc.tuple(fc.integer({ min: -8, max: 8 }), value)).map((pairs) => new Map(pairs));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (pack) => {
        expect(decodeCbor(encoder.encode(pack))).toEqual({ ok: true, value: pack });
      }),
    );
  });

  it.each([
    ["an empty body", ""],
    ["a list that promises 4 billion items", "9affffffff"],
    ["a text longer than what is left", "7b7fffffffffffffff61"],
    ["20 levels", `${"81".repeat(20)}00`],
    ["5,000 levels", "81".repeat(5_000)],
    ["a tag", "c074323031332d30332d32315432303a30343a30305a"],
    ["a text in pieces", "7f657374726561646d696e67ff"],
    ["a reserved length", "1c"],
    ["a break that ends nothing", "ff"],
    ["a text that is not UTF-8", "62fffe"],
    ["something after the item", "0000"],
    ["a map that ends after a key", "bf01ff"],
  ])("refuses %s", (_, hex) => {
    expect(decodeCbor(bytes(hex)).ok).toBe(false);
  });

  it("answers any bytes with a value or a fault", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => typeof decodeCbor(noise).ok === "boolean"),
    );
  });
});
