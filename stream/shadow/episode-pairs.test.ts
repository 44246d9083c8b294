import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hours, minutes } from "../../twin/kernel/time.ts";
import { type Pair, pairEpisodes, type Span } from "./episode-pairs.ts";

interface Named extends Span {
  readonly name: string;
}
/** Minutes; `null` = it goes on. */
const span = (name: string, from: number, to: number | null): Named => ({
  name,
  raisedAt: minutes(from),
  endedAt: to === null ? null : minutes(to),
});
const shown = (pairs: readonly Pair<Named>[]) =>
  pairs.map(({ live, shadow }) => `${live?.name ?? "-"} ${shadow?.name ?? "-"}`);

describe("pairEpisodes()", () => {
  it("pairs by overlap, not by number: an episode more at first does not shift the rest", () => {
    const live = [span("l1", 600, 640), span("l2", 1_000, 1_040)];
    const shadow = [span("s1", 60, 90), span("s2", 590, 640), span("s3", 980, 1_040)];
    expect(shown(pairEpisodes(live, shadow))).toEqual(["l1 s2", "l2 s3", "- s1"]);
  });

  it("gives one long episode one partner, the nearest of those that it overlaps", () => {
    const shadow = [span("s1", 90, 150), span("s2", 210, 300), span("s3", 400, 500)];
    expect(shown(pairEpisodes([span("l", 100, 600)], shadow))).toEqual(["l s1", "- s2", "- s3"]);
  });

  it("takes one that overlaps before one that is only near", () => {
    const shadow = [span("near", 99, 99.5), span("overlapping", 190, 300)];
    expect(shown(pairEpisodes([span("l", 100, 200)], shadow))).toEqual(["l overlapping", "- near"]);
  });

  it("pairs what does not overlap up to two hours apart, and no further", () => {
    const live = [span("l", 0, 10)];
    expect(shown(pairEpisodes(live, [span("s", 120, 130)]))).toEqual(["l s"]);
    expect(shown(pairEpisodes(live, [span("s", 120.1, 130)]))).toEqual(["l -", "- s"]);
  });

  it("pairs what still goes on with what began weeks later", () => {
    expect(shown(pairEpisodes([span("l", 0, null)], [span("s", 20_000, null)]))).toEqual(["l s"]);
  });

  it("does not care for the order within the lists, leaves nothing out, pairs nothing twice", () => {
    const side = (name: string) =>
      fc
        .uniqueArray(fc.integer({ min: 0, max: 2_000 }), { maxLength: 8 })
        .map((times) => times.sort((a, b) => a - b))
        .map((times) =>
          times.map((at, i) => span(`${name}${i}`, at, i + 1 < times.length ? times[i + 1]! - 1 : null)),
        );
    fc.assert(
      fc.property(side("l"), side("s"), (live, shadow) => {
        const pairs = pairEpisodes(live, shadow);
        expect(pairs.flatMap((pair) => pair.live ?? []).sort()).toEqual([...live].sort());
        expect(pairs.flatMap((pair) => pair.shadow ?? [])).toHaveLength(shadow.length);
        expect(new Set(pairs.map((pair) => pair.shadow)).size).toBe(
          shadow.length + (pairs.some((pair) => pair.shadow === null) ? 1 : 0),
        );
        const turned = pairEpisodes([...live].reverse(), [...shadow].reverse());
        expect(shown(turned).sort()).toEqual(shown(pairs).sort());
        for (const pair of pairs)
          if (pair.live !== null && pair.shadow !== null && pair.live.endedAt !== null)
            expect(pair.shadow.raisedAt).toBeLessThanOrEqual(
              Math.max(pair.live.endedAt, pair.live.raisedAt + hours(2)),
            );
      }),
    );
  });
});
