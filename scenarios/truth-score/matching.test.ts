import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rung } from "../../simulator/truth.ts";
import type { Level } from "../../twin/events/fields.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";
import type { AlertLife } from "./alert-life.ts";
import { type Incident, keyOf } from "./incident.ts";
import { match, TOLERANCE_MS } from "./matching.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** A fridge that is too warm from `from` for two hours: due half an hour later, give or take five minutes. */
function warm(
  from: number,
  about: Partial<Incident> & { asset?: string; rungs?: readonly Rung[] } = {},
): Incident {
  const { code = "T01", kitchen = "K-1", asset = "K-1/f1", ...rest } = about;
  const rungs: Rung[] = [
    { level: "L3", earliest: from + minutes(30), latest: from + minutes(35), sure: true },
  ];
  const key = keyOf(code, kitchen, asset);
  return {
    code,
    kitchen,
    key,
    cause: "sensor-profile",
    from,
    to: from + hours(2),
    rungs,
    device: 0,
    ...rest,
  };
}

function alert(id: string, time: number, about: Partial<AlertLife> & { level?: Level } = {}): AlertLife {
  const { code = "T01", kitchen = "K-1", asset = "K-1/f1", level = "L3", ...rest } = about;
  const rings = [{ level, time }];
  return {
    id,
    case: `C-${id}`,
    code,
    kitchen,
    asset,
    key: keyOf(code, kitchen, asset),
    rings,
    resolvedAt: time + hours(2),
    ...rest,
  };
}

function told(incidents: readonly Incident[], alerts: readonly AlertLife[]): string {
  const { rungs, alerts: judged } = match(incidents, alerts, NEVER);
  return [...rungs.map(({ outcome }) => outcome), "|", ...judged.map(({ outcome }) => outcome)].join(" ");
}

describe("a right answer", () => {
  it("is found within its window, give or take a minute", () => {
    expect(told([warm(0)], [alert("a", minutes(32))])).toBe("found | right");
    expect(told([warm(0)], [alert("a", minutes(35) + TOLERANCE_MS)])).toBe("found | right");
  });

  it("may be graver than it had to be", () => {
    expect(told([warm(0)], [alert("a", minutes(32), { level: "L2" })])).toBe("found | right");
  });

  it("finds two incidents by two alerts, whichever order they are told in", () => {
    const [first, second] = [warm(0), warm(hours(6))];
    const alerts = [alert("b", hours(6) + minutes(31)), alert("a", minutes(31))];
    expect(told([second, first], alerts)).toBe("found found | right right");
  });

  it("finds both rungs of an incident by the raise and the rise of one alert", () => {
    const grave = { level: "L2", earliest: hours(2), latest: hours(2) + minutes(5), sure: true } as const;
    const both = warm(0, { rungs: [...warm(0).rungs, grave], to: hours(4) });
    const rings = [
      { level: "L3" as const, time: minutes(31) },
      { level: "L2" as const, time: hours(2) + minutes(1) },
    ];
    expect(told([both], [alert("a", 0, { rings })])).toBe("found found | right");
    expect(told([both], [alert("a", minutes(31))])).toBe("found missed | right");
  });
});

describe("a wrong answer", () => {
  it("too early is no answer", () => {
    expect(told([warm(0)], [alert("a", minutes(20))])).toBe("missed | extra");
  });

  it("before the incident began is no answer", () => {
    expect(told([warm(hours(3))], [alert("a", minutes(10), { resolvedAt: hours(9) })])).toBe(
      "missed | extra",
    );
  });

  it("too late is no answer", () => {
    expect(told([warm(0)], [alert("a", minutes(40))])).toBe("missed | extra");
  });

  it("on the wrong kitchen or device is no answer", () => {
    expect(told([warm(0)], [alert("a", minutes(31), { kitchen: "K-2", asset: "K-2/f1" })])).toBe(
      "missed | extra",
    );
    expect(told([warm(0)], [alert("a", minutes(31), { asset: "K-1/f2" })])).toBe("missed | extra");
  });

  it("of the wrong code on the right kitchen is no answer", () => {
    expect(told([warm(0)], [alert("a", minutes(31), { code: "T02" })])).toBe("missed | extra");
  });

  it("that is milder than it had to be is no answer", () => {
    expect(told([warm(0)], [alert("a", minutes(31), { level: "L4" })])).toBe("missed | extra");
  });

  it("two alerts for one incident are one and a duplicate", () => {
    const twice = [alert("a", minutes(31)), alert("b", minutes(33))];
    expect(told([warm(0)], twice)).toBe("found | right duplicate");
    expect(told([warm(0)], [alert("a", minutes(31)), alert("b", minutes(90))])).toBe(
      "found | right duplicate",
    );
    expect(told([warm(0)], [alert("a", minutes(31)), alert("b", hours(3))])).toBe("found | right extra");
  });

  it("one alert for two incidents leaves one of them missed", () => {
    expect(told([warm(0), warm(hours(6))], [alert("a", minutes(31))])).toBe("found missed | right");
    const endless = alert("a", minutes(31), { resolvedAt: NEVER });
    expect(told([warm(0), warm(hours(6))], [endless])).toBe("found missed | right");
  });
});

describe("one alert for what is one trouble to everybody", () => {
  it("covers a second incident of its key while the first may still last", () => {
    const stands = alert("a", minutes(31), { resolvedAt: hours(4) });
    expect(told([warm(0), warm(hours(1))], [stands])).toBe("found covered | right");
  });

  it("does not once it is over, nor at a milder level, nor on another device", () => {
    expect(told([warm(0), warm(hours(1))], [alert("a", minutes(31), { resolvedAt: hours(1) })])).toBe(
      "found missed | right",
    );
    const grave = warm(hours(1), {
      rungs: [{ level: "L2", earliest: hours(2), latest: hours(2), sure: true }],
    });
    expect(told([warm(0), grave], [alert("a", minutes(31), { resolvedAt: hours(4) })])).toBe(
      "found missed | right",
    );
    const other = warm(hours(1), { asset: "K-1/f2" });
    expect(told([warm(0), other], [alert("a", minutes(31), { resolvedAt: hours(4) })])).toBe(
      "found missed | right",
    );
  });

  it("an alert that found nothing covers nothing", () => {
    expect(told([warm(0)], [alert("a", minutes(10), { resolvedAt: hours(4) })])).toBe("missed | extra");
  });
});

describe("what cannot ring, or is not due", () => {
  const near: Rung = { level: "L3", earliest: minutes(30), latest: minutes(40), sure: false };

  it("is not missed when it is near a limit, and not extra when it rings", () => {
    expect(told([warm(0, { rungs: [near] })], [])).toBe("unsure |");
    expect(told([warm(0, { rungs: [near] })], [alert("a", minutes(35))])).toBe("found | right");
  });

  it("makes an alert extra where nothing could ring", () => {
    expect(told([warm(0, { rungs: [] })], [alert("a", minutes(31))])).toBe("| extra");
  });

  it("is not missed after the end of the run", () => {
    const { rungs } = match([warm(hours(5))], [], hours(5));
    expect(rungs.map(({ outcome }) => outcome)).toEqual(["unsure"]);
  });

  it("never takes the ring of what is sure", () => {
    const unsure = warm(0, { rungs: [{ ...near, latest: minutes(33) }] });
    expect(told([unsure, warm(0)], [alert("a", minutes(32))])).toBe("unsure found | right");
  });
});

it("a suppressed alert is no alert", () => {
  expect(told([], [alert("a", 0, { rings: [] })])).toBe("|");
});

it("finds as many rungs as can be found one to one, whatever the windows and rings", () => {
  const window = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 12 }));
  fc.assert(
    fc.property(
      fc.array(window, { maxLength: 7 }),
      fc.array(fc.integer({ min: 0, max: 45 }), { maxLength: 7 }),
      (windows, times) => {
        const scale = hours(1);
        const incidents = windows.map(([from, length]) =>
          warm(from * scale, {
            rungs: [{ level: "L3", earliest: from * scale, latest: (from + length) * scale, sure: true }],
          }),
        );
        const alerts = times.map((time, n) => alert(String(n), time * scale));
        const found = match(incidents, alerts, NEVER).rungs.filter(
          ({ outcome }) => outcome === "found",
        ).length;
        const fits = windows.map(([from, length]) =>
          times.map((time) => time >= from && time <= from + length),
        );
        expect(found).toBe(largestPairing(fits));
      },
    ),
    { numRuns: 300 },
  );
});

/** By augmenting paths. */
function largestPairing(fits: readonly (readonly boolean[])[]): number {
  const owner = new Map<number, number>();
  const augment = (i: number, seen: Set<number>): boolean =>
    (fits[i] ?? []).some((fit, j) => {
      if (!fit || seen.has(j)) return false;
      seen.add(j);
      const other = owner.get(j);
      if (other !== undefined && !augment(other, seen)) return false;
      owner.set(j, i);
      return true;
    });
  return fits.filter((_, i) => augment(i, new Set())).length;
}
