import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteWriter } from "./byte-writer.ts";

const read = (writer: ByteWriter) => new TextDecoder().decode(writer.written());

function written(numbers: readonly number[]): string {
  const writer = new ByteWriter();
  writer.numbers(numbers);
  return read(writer);
}

test("ByteWriter.numbers() writes what JSON writes, byte for byte", () => {
  const number = fc.oneof(
    fc.integer({ min: -200_000, max: 2_000_000 }),
    fc.integer({ min: -99_999, max: 99_999 }).map((hundredths) => hundredths / 100),
    fc.integer({ min: -9_999, max: 9_999 }).map((tenths) => tenths / 10),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(Number.NaN),
    fc.constant(-0),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 50 }), (numbers) => {
      expect(`[${written(numbers)}]`).toBe(JSON.stringify(numbers));
    }),
    { numRuns: 500 },
  );
});

test.each([[0], [9], [10], [99], [100], [-12.3], [1440], [0.05], [-0.05], [9_999_999.99], [1e21], [4.005]])(
  "ByteWriter.numbers() writes %d so that it is read as the same number",
  (value) => {
    expect(JSON.parse(written([value]))).toBe(value);
  },
);

test("ByteWriter keeps text of any length and alphabet", () => {
  const writer = new ByteWriter();
  const text = "土豆烧牛肉 ".repeat(20_000);
  writer.text(text);
  writer.bytes(new TextEncoder().encode("!"));
  expect(read(writer)).toBe(`${text}!`);
  writer.clear();
  writer.text("again");
  expect(read(writer)).toBe("again");
});
