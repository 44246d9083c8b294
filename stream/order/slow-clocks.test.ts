import { describe, expect, it } from "vitest";
import { minutes, seconds } from "../../twin/kernel/time.ts";
import { SlowClocks } from "./slow-clocks.ts";

const START = 1_764_000_000_000;

/** What is said of messages of one gateway: [offset in s, seconds since the one before]. */
function verdicts(
  clocks: SlowClocks,
  messages: readonly (readonly [offset: number, after: number])[],
  from = START,
) {
  let receivedAt = from;
  return messages.map(([offset, after]) => {
    receivedAt += seconds(after);
    const verdict = clocks.judge("gw", receivedAt + seconds(offset), receivedAt);
    return "time" in verdict ? `${verdict.kind} ${(verdict.time - receivedAt) / 1000}` : verdict.kind;
  });
}
const same = (count: number, offset: number, after = 60) =>
  Array.from({ length: count }, () => [offset, after] as const);

describe("SlowClocks", () => {
  it("prove a clock by ten messages in a row, by the same amount behind, over 5 min", () => {
    expect(verdicts(new SlowClocks(), same(12, -300))).toEqual([
      ...new Array(9).fill("right"),
      "proved 0",
      "corrected 0",
      "corrected 0",
    ]);
    expect(verdicts(new SlowClocks(), same(50, -300, 7)).indexOf("proved 0")).toBe(43);
  });

  it("begin anew after a message in time, and when the amount changes by more than 90 s", () => {
    const broken = [...same(9, -300), [0, 60] as const, ...same(9, -300)];
    expect(new Set(verdicts(new SlowClocks(), broken))).toEqual(new Set(["right"]));
    const drained = Array.from({ length: 60 }, (_, i) => [-3_600 + i * 20, 40] as const);
    expect(new Set(verdicts(new SlowClocks(), drained))).toEqual(new Set(["right"]));
    const jittery = Array.from({ length: 10 }, (_, i) => [-300 - (i % 2) * 90, 60] as const);
    expect(verdicts(new SlowClocks(), jittery).at(-1)).toBe("proved 0");
  });

  it("correct the backlog of a slow clock by the same amount", () => {
    const clocks = new SlowClocks();
    verdicts(clocks, same(10, -300));
    expect(
      verdicts(
        clocks,
        [
          [-900, 1],
          [-600, 1],
          [-300, 60],
        ],
        START + minutes(20),
      ),
    ).toEqual(["corrected -600", "corrected -300", "corrected 0"]);
  });

  it("let times stand once the clock is right again, and forget it after an hour of that", () => {
    const clocks = new SlowClocks();
    verdicts(clocks, same(10, -300));
    const later = verdicts(clocks, [...same(61, -1), [-900, 1]], START + minutes(20));
    expect(later.slice(0, 60)).toEqual(new Array(60).fill("right"));
    expect(later[60]).toBe("healed");
    expect(later[61]).toBe("right");
    expect(clocks.isWatched("other")).toBe(false);
  });

  it("go on from what was saved", () => {
    const clocks = new SlowClocks();
    verdicts(clocks, same(9, -300));
    const restored = new SlowClocks(JSON.parse(JSON.stringify(clocks.save())));
    expect(verdicts(restored, same(1, -300), START + minutes(9))).toEqual(["proved 0"]);
  });
});
