import { describe, expect, it } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import {
  balanceVerdict,
  hearingVerdict,
  imbalanceOf,
  type Judged,
  lagVerdict,
  lateVerdict,
  memoryVerdicts,
  type Sums,
  troubleVerdict,
} from "./verdicts.ts";

const SUMS: Sums = {
  ...{ received: 115, accepted: 100, duplicates: 10, rejected: 5 },
  ...{ processed: 90, late: 7, quarantined: 3 },
};
const SAMPLES = 360;

interface Shape {
  readonly hours?: number;
  /** MB at an hour of the run. */
  readonly rss?: (hour: number, random: Random) => number;
  readonly floor?: (hour: number) => number | null;
  readonly lag?: (hour: number, random: Random) => number;
}

function run({ hours = 1, rss = () => 800, floor = () => 200, lag = () => 0.4 }: Shape, seed = 1): Judged[] {
  const random = new Random(seed, "verdict test");
  return Array.from({ length: SAMPLES }, (_, i) => {
    const hour = (hours * i) / SAMPLES;
    return {
      hours: hour,
      rssMb: rss(hour, random),
      heapFloorMb: floor(hour),
      lagS: lag(hour, random),
      sums: SUMS,
    };
  });
}

/** A heap that fills for five minutes and is collected, and now and then a step, as V8's memory looks from outside. */
const saw = (hour: number, random: Random) => 800 + 60 * ((hour * 12) % 1) + 30 * random.next();
const [memoryOf, heapOf] = [0, 1].map((which) => (samples: Judged[]) => memoryVerdicts(samples, 100)[which]!);

describe("memory", () => {
  it("is well when it goes up and down around a level, whatever the seed", () => {
    for (let seed = 1; seed <= 50; seed++) expect(memoryOf!(run({ rss: saw }, seed)).ok).toBe(true);
  });

  it("leaks when 300 MB an hour hide in that noise, whatever the seed", () => {
    for (let seed = 1; seed <= 50; seed++) {
      const samples = run({ rss: (hour, random) => saw(hour, random) + 300 * hour }, seed);
      expect(memoryOf!(samples)).toMatchObject({
        ok: false,
        says: expect.stringContaining("at most 100 MB/h"),
      });
    }
  });

  it("may warm up in the first half", () => {
    const samples = run({ rss: (hour, random) => saw(hour, random) + 800 * Math.min(hour, 0.45) });
    expect(memoryOf!(samples).ok).toBe(true);
  });

  it("is watched in the heap's floor, too, where little of a leak is hidden by the rest", () => {
    expect(heapOf!(run({ floor: (hour) => 200 + 150 * hour })).ok).toBe(false);
    expect(heapOf!(run({ floor: (hour) => 200 + 50 * hour })).ok).toBe(true);
    expect(heapOf!(run({ floor: () => null }))).toMatchObject({ ok: null });
  });

  it("is not judged where chance alone could hide what is not allowed", () => {
    const wild = run({ hours: 0.4, rss: (_, random) => 800 + 3_000 * random.next() ** 4 });
    expect(memoryOf!(wild)).toMatchObject({ ok: null, says: expect.stringContaining("too uncertain") });
  });

  it("is not judged by three minutes, however steep", () => {
    const short = run({ hours: 0.05, rss: (hour) => 500 + 5_000 * hour });
    expect(memoryOf!(short)).toMatchObject({ ok: null, says: expect.stringContaining("+5000 ± 0 MB/h") });
    expect(memoryOf!([])).toMatchObject({ ok: null });
  });
});

describe("lag", () => {
  it("is well between zero and a second, as ticks come each second", () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(lagVerdict(run({ hours: 0.05, lag: (_, random) => random.next() }, seed)).ok).toBe(true);
    }
  });

  it("grows when the program falls behind by a second in ten", () => {
    const behind = run({ hours: 0.05, lag: (hour, random) => 360 * hour + random.next() });
    expect(lagVerdict(behind)).toMatchObject({ ok: false, says: expect.stringContaining("it grows") });
  });

  it("is too much when it stands at half a minute", () => {
    expect(lagVerdict(run({ lag: (_, random) => 30 + random.next() }))).toMatchObject({
      ok: false,
      says: expect.stringContaining("it does not keep up"),
    });
  });

  it("is not judged without samples", () => expect(lagVerdict([]).ok).toBeNull());
});

describe("balance", () => {
  it("adds up, or says which sum does not", () => {
    expect(imbalanceOf(SUMS)).toBeNull();
    expect(imbalanceOf({ ...SUMS, received: 114 })).toContain("received 114 is not");
    expect(imbalanceOf({ ...SUMS, late: 8 })).toContain("accepted 100 is not");
  });

  it("fails with one sample that does not, and with a sum that goes down", () => {
    const good = run({});
    expect(balanceVerdict(good).ok).toBe(true);
    const wrong = good.with(100, { ...good[100]!, sums: { ...SUMS, processed: 89 } });
    expect(balanceVerdict(wrong)).toMatchObject({ ok: false, says: expect.stringContaining("1 of 360") });
    const doubled = Object.fromEntries(Object.entries(SUMS).map(([sum, value]) => [sum, 2 * value]));
    const back = good.with(50, { ...good[50]!, sums: { ...SUMS, ...doubled } });
    expect(balanceVerdict(back)).toMatchObject({ ok: false, says: expect.stringContaining("sample 52") });
    expect(balanceVerdict([]).ok).toBe(false);
  });
});

describe("late data", () => {
  const grown = (late: number, processed: number): Judged[] => {
    const [first] = run({});
    const sums = { ...SUMS, late: SUMS.late + late, processed: SUMS.processed + processed };
    const accepted = SUMS.accepted + late + processed;
    return [first!, { ...first!, sums: { ...sums, accepted, received: SUMS.received + late + processed } }];
  };

  it("is well as long as it is rare, and not when much of what came since the first sample is late", () => {
    expect(lateVerdict(grown(20, 980))).toMatchObject({
      ok: true,
      says: "2.00 % of 1000 events, at most 5 %",
    });
    expect(lateVerdict(grown(900, 100)).ok).toBe(false);
    expect(lateVerdict(grown(0, 0)).ok).toBeNull();
    expect(lateVerdict([]).ok).toBeNull();
  });
});

describe("clients", () => {
  const none = { twice: [], disordered: [], lost: [], invented: [] };

  it("fail with one output lost or repeated", () => {
    expect(hearingVerdict("reader", 9, none).ok).toBe(true);
    expect(hearingVerdict("reader", 9, { ...none, lost: ["o-1"] })).toMatchObject({
      ok: false,
      says: expect.stringContaining("1 lost (o-1)"),
    });
    expect(hearingVerdict("reader", 9, { ...none, twice: ["o-1"] }).ok).toBe(false);
  });

  it("say nothing where nothing was put out", () => expect(hearingVerdict("reader", 0, none).ok).toBeNull());

  it("fail with one trouble", () => {
    expect(troubleVerdict("answers", 0, [], "fine").ok).toBe(true);
    expect(troubleVerdict("answers", 3, ["GET /v1/city: 500"], "fine")).toMatchObject({
      ok: false,
      says: "3 troubles: GET /v1/city: 500",
    });
  });
});
