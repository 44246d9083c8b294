import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Timed, TimeHeap } from "./heap.ts";

const byTimeThenSequence = (a: Timed, b: Timed): number => a.time - b.time || a.sequence - b.sequence;
/** Few different times, so that ties are the rule. */
const times = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 });

describe("TimeHeap", () => {
  it("gives everything back, by time and then by sequence", () => {
    fc.assert(
      fc.property(times, (list) => {
        const items = list.map((time, sequence) => ({ time, sequence }));
        const heap = new TimeHeap<Timed>();
        for (const item of items) heap.push(item);
        const popped = items.map(() => heap.pop());
        expect(popped).toEqual([...items].sort(byTimeThenSequence));
        expect([heap.pop(), heap.peek(), heap.size]).toEqual([undefined, undefined, 0]);
      }),
    );
  });

  it("keeps that order while items come and go, as a sorted list would", () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(null)), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (list) => {
        const heap = new TimeHeap<Timed>();
        const model: Timed[] = [];
        list.forEach((time, sequence) => {
          if (time === null) {
            expect(heap.pop()).toBe(model.shift());
          } else {
            const item = { time, sequence };
            heap.push(item);
            model.push(item);
            model.sort(byTimeThenSequence);
          }
          expect(heap.peek()).toBe(model[0]);
          expect(heap.size).toBe(model.length);
        });
      }),
    );
  });

  it("lists its items in order and stays as it is", () => {
    fc.assert(
      fc.property(times, (list) => {
        const items = list.map((time, sequence) => ({ time, sequence }));
        const heap = new TimeHeap<Timed>();
        for (const item of items) heap.push(item);
        expect(heap.sorted()).toEqual([...items].sort(byTimeThenSequence));
        expect(items.map(() => heap.pop())).toEqual([...items].sort(byTimeThenSequence));
      }),
    );
  });
});
