import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PacketBoundaries } from "./packet-limit.ts";

/** A PUBLISH of QoS 0 on topic "t" with so many bytes of payload (MQTT 3.1.1 §3.3). */
function publish(bytes: number): Buffer {
  const length: number[] = [];
  for (let left = bytes + 3; left > 0 || length.length === 0; left = Math.floor(left / 128)) {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
  }
  return Buffer.concat([Buffer.from([0x30, ...length, 0, 1, 0x74]), Buffer.alloc(bytes)]);
}

describe("PacketBoundaries", () => {
  it("lets packets up to the limit pass, in whatever pieces they come", () => {
    const sizes = fc.array(fc.oneof(fc.nat(300), fc.nat(20_000)), { maxLength: 8 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5_000 }), (lengths, piece) => {
        const bytes = Buffer.concat(lengths.map(publish));
        const boundaries = new PacketBoundaries(20_003);
        for (let at = 0; at < bytes.length; at += piece) {
          expect(boundaries.take(bytes.subarray(at, at + piece))).toBe(true);
        }
      }),
    );
  });

  it("stops at the first packet beyond it, when its length has come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000), { maxLength: 5 }),
        fc.integer({ min: 1_001, max: 100_000 }),
        (before, excess) => {
          const boundaries = new PacketBoundaries(1_003);
          expect(boundaries.take(Buffer.concat(before.map(publish)))).toBe(true);
          expect(boundaries.take(publish(excess).subarray(0, 5))).toBe(false);
        },
      ),
    );
  });

  it("stops at a length that never ends", () => {
    expect(new PacketBoundaries(1e9).take(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80, 1))).toBe(false);
  });
});
