import fc from "fast-check";
import { expect, it } from "vitest";
import { TextBytes } from "./text-bytes.ts";

it("gives the bytes of every text, longer or shorter than the one before", () => {
  const bytes = new TextBytes();
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ minLength: 1_500, maxLength: 5_000 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (texts) => {
      for (const one of texts) expect(Buffer.compare(bytes.of(one), new TextEncoder().encode(one))).toBe(0);
    }),
  );
});
