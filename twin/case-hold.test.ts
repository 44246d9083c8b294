import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, command, opened, walk } from "./case.fixture.ts";
import type { Case } from "./case.ts";
import { CLIP_HOLD_MS, FILED_HOLD_MS, heldSpans, holdOf, isHeld } from "./case-hold.ts";
import { City } from "./city/city.ts";
import { generateCity } from "./city/generated-city.ts";
import { CASE_STATES } from "./events/output-events.ts";
import { days } from "./kernel/time.ts";

const open = opened({ code: "P02", kitchen: 1 }).next;
const dismissed = walk(open, ["2026-05-13 12:00", command("review-false", "S")]);
const filed = walk(
  open,
  ["2026-05-13 12:00", command("review-confirm", "S")],
  ["2026-05-13 12:04", command("file", "Q")],
);
const punished = walk(
  filed,
  ["2026-06-13 12:00", command("decide", "Q", { decision: { kind: "penalty", fine: 5_000 } })],
  ["2026-06-23 12:00", command("close", "Q")],
);

describe("holdOf()", () => {
  it("holds an open case without end, one that was filed five years, any other 90 days", () => {
    expect(holdOf(open)).toEqual({ until: null, reason: "open" });
    expect(holdOf(filed)).toEqual({ until: null, reason: "open" });
    expect(holdOf(dismissed)).toEqual({ until: at("2026-05-13 12:00") + days(90), reason: "clip" });
    expect(holdOf(punished).reason).toBe("filed");
    expect(holdOf(punished).until).toBeGreaterThanOrEqual(at("2031-06-23 12:00"));
  });

  it("begins anew when the case is taken up again", () => {
    const again = walk(dismissed, ["2026-06-01 12:00", command("audit", "S")]);
    expect(holdOf(again)).toEqual({ until: null, reason: "open" });
  });

  it("remembers the filing behind any number of later steps", () => {
    let c = punished;
    for (let day = 0; day < 120; day++) {
      c = walk(
        c,
        ["2026-07-01 12:00", { type: "recurred", alert: `A-${day}`, level: "L3", suppressed: false }],
        ["2026-07-01 12:00", { type: "suppressed", reason: "withdrawn" }],
      );
    }
    expect(c).toMatchObject({ state: "closed", repeats: 120 });
    expect(holdOf(c).reason).toBe("filed");
  });

  it("is over one moment after its end, and not before, in whatever state", () => {
    fc.assert(
      fc.property(fc.constantFrom(...CASE_STATES), fc.boolean(), (state, wasFiled) => {
        const c: Case = { ...(wasFiled ? punished : open), state };
        const { until } = holdOf(c);
        if (until === null) expect(isHeld(c, at("2099-01-01 00:00"))).toBe(true);
        else {
          expect(isHeld(c, until - 1)).toBe(true);
          expect(isHeld(c, until)).toBe(false);
          expect(until - c.since).toBe(wasFiled ? FILED_HOLD_MS : CLIP_HOLD_MS);
        }
      }),
    );
  });
});

describe("heldSpans()", () => {
  const city = new City(generateCity({ seed: 3, preset: "baseline", kitchens: 40 }));

  it("are the kitchen's measurements from 7 days before an open case on, and to 7 days after one that is over", () => {
    const now = at("2026-07-01 00:00");
    const fromMs = open.openedAt - days(7);
    expect(heldSpans([open], city, now)).toEqual([{ kitchen: 1, fromMs, toMs: Number.POSITIVE_INFINITY }]);
    expect(heldSpans([dismissed], city, now)).toEqual([
      { kitchen: 1, fromMs, toMs: at("2026-05-13 12:00") + days(7) },
    ]);
    expect(heldSpans([dismissed], city, at("2026-08-11 12:00"))).toEqual([]);
  });

  it("of a place are those of every kitchen within 500 m, of an area none", () => {
    const { lon, lat } = city.kitchens[7]!.position;
    const cluster = opened({ code: "C02", kitchen: -1, asset: `place:${lon},${lat}` }).next;
    const held = heldSpans([cluster], city, cluster.openedAt).map(({ kitchen }) => kitchen);
    expect(held).toContain(7);
    expect(held.length).toBeLessThan(40);
    const outage = opened({ code: "O06", kitchen: -1, asset: "feeder:F-012" }).next;
    expect(heldSpans([outage], city, outage.openedAt)).toEqual([]);
  });

  it("are none of a case that rests on papers alone: the log has them", () => {
    const training = opened({ code: "D06", level: "L4", kitchen: 1 }).next;
    expect(holdOf(training).reason).toBe("open");
    expect(heldSpans([training], city, training.openedAt)).toEqual([]);
  });
});
