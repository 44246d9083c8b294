import { expect, it } from "vitest";
import { minutes } from "../../twin/kernel/time.ts";
import type { Finding } from "./finding.ts";
import { USUAL_SERIES } from "./series-numbers.ts";
import { SeriesTwins } from "./series-twins.ts";

/** Three devices send three values each quarter of an hour; `likeOf` says whom device 0 repeats in a block. */
function clonesOf(likeOf: (block: number) => number): string[] {
  const found: string[] = [];
  const emit = (device: number, finding: Finding) =>
    found.push(`${device} ${finding.kind} ${"like" in finding ? finding.like : ""}`);
  const twins = new SeriesTwins(3, emit, { idOf: (device) => `d${device}`, numbers: USUAL_SERIES });
  twins.advance(0);
  for (let block = 0; block < 40; block++) {
    for (let i = 0; i < 3; i++) {
      const time = minutes(15 * block + 5 * i);
      const own = (device: number) => (1 + device) * (1 + ((7 * block + 3 * i) % 11));
      twins.note(0, time, own(likeOf(block)), true);
      twins.note(1, time, own(1), true);
      twins.note(2, time, own(2), true);
    }
    twins.advance(minutes(15 * (block + 1)));
  }
  return found.sort();
}

it("a hundred values in common with one other device are a copy", () => {
  expect(clonesOf(() => 2)).toEqual(["0 cloned 2", "2 cloned 0"]);
});

it("a hundred values in common with now this device, now that are chance", () => {
  expect(clonesOf((block) => 1 + (block % 2))).toEqual([]);
});
