import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SlidingWindow } from "./sliding-window.ts";

interface Item {
  readonly time: number;
  readonly name: number;
}

describe("a sliding window", () => {
  it("keeps the same items as a list that is sorted and cut at each step", () => {
    const steps = fc.array(
      fc.record({ time: fc.integer({ min: 0, max: 60 }), cut: fc.integer({ min: 0, max: 50 }) }),
    );
    fc.assert(
      fc.property(steps, (inputs) => {
        const window = new SlidingWindow<Item>();
        let list: Item[] = [];
        const left: Item[] = [];
        inputs.forEach(({ time, cut }, name) => {
          window.add({ time, name });
          list = [...list, { time, name }].sort((a, b) => a.time - b.time);
          window.expire(cut, (item) => left.push(item));
          list = list.filter((item) => item.time >= cut);
          expect([...window]).toEqual(list);
          expect(window.size).toBe(list.length);
          expect(new SlidingWindow(window.save()).save()).toEqual(list);
        });
        expect(left.length + list.length).toBe(inputs.length);
      }),
    );
  });

  it("stays small however long it slides", () => {
    const window = new SlidingWindow<Item>();
    let left = 0;
    for (let time = 0; time < 20_000; time++) {
      window.add({ time, name: time });
      window.expire(time - 10, () => left++);
    }
    expect([...window].map(({ time }) => time)).toEqual(Array.from({ length: 11 }, (_, i) => 19_989 + i));
    expect(left).toBe(19_989);
  });
});
