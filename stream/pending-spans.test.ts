import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { insert, type Pending } from "./pending.ts";
import { PendingSpans } from "./pending-spans.ts";

function pending(time: number, device: number): Pending {
  const input = { kind: "silent", device, since: 0, because: [], time, receivedAt: null } as const;
  return {
    time,
    input: { ...input, exercise: false },
    receivedAt: null,
    exercise: false,
    retro: false,
    provisional: null,
  };
}

const item = fc.record({ time: fc.integer({ min: -30_000, max: 90_000 }), device: fc.nat(5) });
const step = fc.oneof(
  item.map(({ time, device }) => ({ put: pending(time, device) })),
  fc.integer({ min: -40_000, max: 100_000 }).map((until) => ({ until })),
);

describe("PendingSpans", () => {
  it("gives out what one sorted list would, whatever comes in whatever order, and after a round through a snapshot", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(80), (steps, saveAt) => {
        let spans = new PendingSpans();
        const list: Pending[] = [];
        for (const [i, one] of steps.entries()) {
          if ("put" in one) {
            spans.insert(one.put);
            insert(list, one.put);
          } else {
            const count = list.filter(({ time }) => time <= one.until).length;
            expect(spans.takeDue(one.until)).toEqual(list.splice(0, count));
          }
          if (i === saveAt) {
            const again = new PendingSpans();
            again.restore(spans.save());
            spans = again;
          }
        }
        expect(spans.save()).toEqual(list);
      }),
    );
  });
});
