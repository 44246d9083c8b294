import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "./case.fixture.ts";
import { DAY_MS, days, hours, MINUTE_MS, minutes } from "./kernel/time.ts";
import {
  accepts,
  initialRegions,
  type KitchenInput,
  type KitchenRegions,
  nextChangeAt,
  type Observation,
  type OpenAlert,
  observe,
  regionStates,
  stepKitchen,
} from "./kitchen-regions.ts";

const licence = { number: "JY1", validTo: "2026-06-30", renewal: null };
const start = at("2026-05-12 08:00");
const fresh = initialRegions({ licence });
const alerts = (...open: [string, OpenAlert["level"], boolean?][]): KitchenInput => ({
  type: "alerts",
  open: open.map(([code, level, counts = true]) => ({ code, level, counts })),
});
const devices = (heard: number, online: number): KitchenInput => ({ type: "devices", heard, online });
const changesOf = (regions: KitchenRegions, input: KitchenInput, time: number) =>
  stepKitchen(regions, input, time).changes.map(({ region, from, to }) => `${region}: ${from} → ${to}`);
const told = (
  regions: KitchenRegions,
  ...inputs: readonly (readonly [KitchenInput, number])[]
): KitchenRegions =>
  inputs.reduce((current, [input, time]) => stepKitchen(current, input, time).next, regions);
const online = told(fresh, [devices(5, 5), start]);

describe("stepKitchen()", () => {
  it("begins open, never heard, calm and grey", () => {
    expect(regionStates(fresh)).toEqual({
      operation: "open",
      licence: "valid",
      connection: "never",
      hygiene: "good",
      "cold-chain": "good",
      "self-control": "good",
      attention: "none",
      colour: "grey",
    });
  });

  it("follows its devices", () => {
    expect(changesOf(fresh, devices(0, 0), start)).toEqual([]);
    expect(changesOf(fresh, devices(1, 1), start)).toEqual([
      "connection: never → online",
      "colour: grey → green",
    ]);
    expect(changesOf(online, devices(5, 4), start)).toEqual(["connection: online → partial"]);
    expect(changesOf(online, devices(5, 0), start)).toEqual(["connection: online → dark"]);
  });

  it("follows what is declared, and what silence presumes", () => {
    expect(changesOf(online, { type: "declared", state: "rest-day" }, start)).toEqual([
      "operation: open → rest-day",
    ]);
    const presumed = told(online, [{ type: "silence-24h" }, start]);
    expect(presumed.operation).toBe("presumed-closed");
    expect(changesOf(presumed, { type: "activity" }, start)).toEqual(["operation: presumed-closed → open"]);
    expect(accepts(online, { type: "activity" }, start)).toBe(false);
    expect(accepts(presumed, { type: "activity" }, start)).toBe(true);
  });

  it("sorts open alerts into hygiene, cold chain, self-control and attention", () => {
    const seen = told(online, [alerts(["P01", "L4"], ["T01", "L2"], ["D04", "L3"], ["D01", "L4"]), start]);
    expect(regionStates(seen)).toMatchObject({
      hygiene: "watch",
      "cold-chain": "bad",
      "self-control": "watch",
      attention: "L2",
    });
    expect(regionStates(told(seen, [alerts(["D01", "L1"]), start]))).toMatchObject({
      hygiene: "good",
      "cold-chain": "good",
      "self-control": "good",
      attention: "L1",
    });
  });

  it("gives back the same object for an input that changes nothing", () => {
    for (const input of [{ type: "activity" }, { type: "tick" }, devices(5, 5), alerts()] as const) {
      expect(stepKitchen(online, input, start + minutes(1)).next).toBe(online);
      expect(accepts(online, input, start + minutes(1))).toBe(false);
    }
  });
});

describe("the licence region", () => {
  const tick = (regions: KitchenRegions, time: string) => told(regions, [{ type: "tick" }, at(time)]).licence;

  it("expires at the Shanghai midnight after its last day, 30 days after it was said to", () => {
    expect(tick(fresh, "2026-05-30 23:59")).toBe("valid");
    expect(tick(fresh, "2026-05-31 00:00")).toBe("expiring");
    expect(tick(fresh, "2026-06-30 23:59")).toBe("expiring");
    expect(tick(fresh, "2026-07-01 00:00")).toBe("expired");
  });

  it("is pending once a renewal was accepted, revoked when it is taken or given up", () => {
    const facts = { validUntil: at("2026-07-01 00:00"), renewal: "accepted", state: "valid" } as const;
    const pending = told(fresh, [{ type: "licence", licence: facts }, at("2026-06-10 10:00")]);
    expect(pending.licence).toBe("pending");
    expect(tick(pending, "2026-07-20 00:00")).toBe("pending");
    const renewed = { ...facts, validUntil: at("2031-07-01 00:00"), renewal: "none" } as const;
    expect(told(pending, [{ type: "licence", licence: renewed }, at("2026-06-20 10:00")]).licence).toBe(
      "valid",
    );
    const gone = { ...facts, state: "revoked" } as const;
    expect(told(fresh, [{ type: "licence", licence: gone }, start]).licence).toBe("revoked");
  });

  it("says when time will change it next", () => {
    expect(nextChangeAt(fresh, start)).toBe(at("2026-05-31 00:00"));
    const expiring = told(fresh, [{ type: "tick" }, at("2026-05-31 00:00")]);
    expect(nextChangeAt(expiring, at("2026-05-31 00:00"))).toBe(at("2026-07-01 00:00"));
  });
});

describe("the colour", () => {
  it("is red for L1 and L2, amber for L3, else green", () => {
    const colourOf = (level: OpenAlert["level"]) => told(online, [alerts(["T01", level]), start]).colour;
    expect((["L1", "L2", "L3", "L4"] as const).map(colourOf)).toEqual(["red", "red", "amber", "green"]);
  });

  it("does not follow leads that nobody has confirmed, though attention does", () => {
    const rat = told(online, [alerts(["P07", "L2", false]), start]);
    expect(rat).toMatchObject({ attention: "L2", hygiene: "bad", colour: "green" });
    expect(told(rat, [alerts(["P07", "L2"]), start + hours(6)]).colour).toBe("red");
  });

  it("changes once a day; what waits is applied by a tick when the day is over", () => {
    const amber = told(online, [alerts(["T01", "L3"]), start]);
    const clear = told(amber, [alerts(), start + hours(1)]);
    expect(clear.colour).toBe("amber");
    expect(nextChangeAt(clear, start + hours(1))).toBe(start + DAY_MS);
    expect(told(clear, [{ type: "tick" }, start + DAY_MS - 1]).colour).toBe("amber");
    const green = stepKitchen(clear, { type: "tick" }, start + DAY_MS);
    expect(green.changes).toEqual([{ region: "colour", from: "amber", to: "green" }]);
    expect(nextChangeAt(green.next, start + DAY_MS)).toBe(at("2026-05-31 00:00"));
  });

  it("turns red at once for an L1, and keeps the red for a day", () => {
    const amber = told(online, [alerts(["T01", "L3"]), start]);
    const red = told(amber, [alerts(["T09", "L1"]), start + minutes(10)]);
    expect(red.colour).toBe("red");
    expect(told(red, [alerts(), start + hours(20)]).colour).toBe("red");
    expect(told(red, [alerts(), start + minutes(10) + DAY_MS]).colour).toBe("green");
  });

  it("an L2 waits for the day to be over", () => {
    const amber = told(online, [alerts(["T01", "L3"]), start]);
    const worse = told(amber, [alerts(["T01", "L2"]), start + hours(2)]);
    expect(worse).toMatchObject({ attention: "L2", colour: "amber" });
    expect(told(worse, [{ type: "tick" }, start + DAY_MS]).colour).toBe("red");
  });

  it("turns grey after a day without data, unless an alert says otherwise", () => {
    const dark = told(online, [devices(5, 0), start]);
    expect(dark.colour).toBe("green");
    expect(nextChangeAt(dark, start)).toBe(start + DAY_MS);
    const grey = told(dark, [{ type: "tick" }, start + DAY_MS]);
    expect(grey.colour).toBe("grey");
    expect(told(dark, [devices(5, 5), start + minutes(40)], [{ type: "tick" }, start + DAY_MS]).colour).toBe(
      "green",
    );
    const red = told(dark, [alerts(["D01", "L2"]), start + hours(1)]);
    expect(told(red, [{ type: "tick" }, start + days(3)]).colour).toBe("red");
  });
});

describe("observe()", () => {
  const facts = { validUntil: at("2026-07-01 00:00"), renewal: "none", state: "valid" } as const;
  const known: Observation = {
    operation: "open",
    licence: facts,
    heard: 5,
    online: 5,
    open: [],
    rated: null,
  };

  it("brings the regions to what is known in one go", () => {
    const seen: Observation = {
      ...known,
      operation: "maintenance",
      online: 2,
      open: [{ code: "T01", level: "L3", counts: true }],
    };
    const { next, changes } = observe(online, seen, start);
    expect(changes.map(({ region, to }) => `${region} ${to}`)).toEqual([
      "operation maintenance",
      "connection partial",
      "attention L3",
      "cold-chain watch",
      "colour amber",
    ]);
    expect(observe(next, seen, start)).toEqual({ next, changes: [] });
    expect(observe(next, seen, start).next).toBe(next);
  });

  it("takes the colour of the index once there is one, whatever lesser alerts are open; an L1 is red", () => {
    const rated = (index: number | null, level: "L1" | "L2") =>
      observe(online, { ...known, open: [{ code: "T01", level, counts: true }], rated: { index } }, start)
        .next;
    expect(rated(96, "L2").colour).toBe("green");
    expect(rated(80, "L2").colour).toBe("amber");
    expect(rated(60, "L2").colour).toBe("red");
    expect(rated(null, "L2").colour).toBe("grey");
    expect(rated(96, "L1").colour).toBe("red");
  });

  it("sees the licence move with time though nothing else has changed", () => {
    const quiet = observe(online, known, start).next;
    expect(observe(quiet, known, at("2026-05-30 23:59")).next).toBe(quiet);
    expect(observe(quiet, known, at("2026-05-31 00:00")).next.licence).toBe("expiring");
  });

  it("reaches presumed-closed from any declaration, by way of open", () => {
    const closed = observe(online, { ...known, operation: "closed" }, start).next;
    const { next, changes } = observe(closed, { ...known, operation: "presumed-closed" }, start + days(2));
    expect(changes.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      "closed → open",
      "open → presumed-closed",
    ]);
    expect(observe(next, known, start + days(3)).next.operation).toBe("open");
  });

  const level = fc.constantFrom("L1", "L2", "L3", "L4");
  const observation: fc.Arbitrary<Observation> = fc.record({
    operation: fc.constantFrom("open", "closed", "rest-day", "maintenance", "presumed-closed"),
    licence: fc.record({
      validUntil: fc.constantFrom(start + days(2), start + days(20), start + days(400)),
      renewal: fc.constantFrom("none", "accepted", "refused"),
      state: fc.constantFrom("valid", "revoked", "closed"),
    }),
    heard: fc.constantFrom(0, 3),
    online: fc.constantFrom(0, 1, 3),
    rated: fc.constantFrom(null, { index: null }, { index: 64 }, { index: 78 }, { index: 99 }),
    open: fc.array(
      fc.record({ code: fc.constantFrom("T01", "P07", "D04", "D01", "O01"), level, counts: fc.boolean() }),
      { maxLength: 4 },
    ),
  });

  it("has no path of its own: quick answers equal the inputs one by one, chains hold, colours keep their day", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(observation, fc.integer({ min: 0, max: 2 * 24 * 60 })), { maxLength: 15 }),
        (seen) => {
          let [regions, time] = [fresh, start];
          let coloured: number | null = null;
          for (const [known, pause] of seen) {
            time += pause * MINUTE_MS;
            const { next, changes } = observe(regions, known, time);
            const plainly = told(
              next,
              [{ type: "licence", licence: known.licence }, time],
              [{ type: "devices", heard: known.heard, online: known.online }, time],
              [{ type: "alerts", open: known.open }, time],
              [{ type: "tick" }, time],
            );
            expect(plainly).toBe(next);
            expect(next.operation).toBe(known.operation);
            const states: Record<string, string> = { ...regionStates(regions) };
            for (const { region, from, to } of changes) {
              expect(states[region]).toBe(from);
              states[region] = to;
              if (region !== "colour") continue;
              const urgent = known.open.some((alert) => alert.level === "L1" && alert.counts);
              if (coloured !== null && !urgent) expect(time - coloured).toBeGreaterThanOrEqual(DAY_MS);
              coloured = from === "grey" && coloured === null ? null : time;
            }
            expect(states).toEqual(regionStates(next));
            const soon = nextChangeAt(next, time);
            if (soon !== null) {
              expect(soon).toBeGreaterThan(time);
              expect(accepts(next, { type: "tick" }, soon - 1)).toBe(false);
            } else expect(accepts(next, { type: "tick" }, time + days(5_000))).toBe(false);
            expect(JSON.parse(JSON.stringify(next))).toEqual(next);
            regions = next;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
