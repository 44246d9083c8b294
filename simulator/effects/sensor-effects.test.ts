import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, parseTime, SECOND_MS } from "../../twin/kernel/time.ts";
import { hear } from "../heard.ts";
import type { Incident } from "../incidents.ts";
import { QUIET_NETWORK } from "../network.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { Simulation } from "../simulation.ts";

const at = (text: string) => parseTime(`2026-06-02T${text}+08:00`);

function run(
  city: ReturnType<typeof oneKitchen>,
  incidents: readonly Incident[],
  from: number,
  until: number,
) {
  const simulation = new Simulation({ city, seed: 1, from, incidents, network: QUIET_NETWORK, load: false });
  const heard = hear(city, simulation.advance(until));
  const values = (device: string) => heard.entries.filter((entry) => entry.device === device);
  return { values, truth: simulation.truth(), events: heard.events };
}

describe("cold-failure (SC01)", () => {
  const city = oneKitchen({
    type: "school",
    devices: [
      { name: "f1", kind: "fridge-temperature" },
      { name: "f2", kind: "fridge-temperature" },
    ],
  });
  const failure: Incident = {
    kind: "cold-failure",
    device: "K-1/f2",
    at: at("22:40:00"),
    start: 4,
    slopePerMin: 0.06,
    ambient: 22,
    repairAt: at("22:40:00") + 445 * MINUTE_MS,
  };
  const { values, truth } = run(city, [failure], at("22:00:00"), at("22:00:00") + 10 * HOUR_MS);
  const minuteOf = (time: number) => Math.round((time - failure.at) / MINUTE_MS);

  test("passes 8 °C after 67 min and 12 °C after 133 min, with the noise of its sensor", () => {
    const above = (limit: number) => minuteOf(values("K-1/f2").find(({ value }) => value > limit)!.time);
    expect(Math.abs(above(8) - 67)).toBeLessThanOrEqual(8);
    expect(Math.abs(above(12) - 133)).toBeLessThanOrEqual(8);
  });

  test("goes no further than the air around, and is back below 8 °C 56 min after the repair", () => {
    const readings = values("K-1/f2");
    expect(Math.max(...readings.map(({ value }) => value))).toBeLessThan(22.7);
    const last = readings.filter(({ value }) => value > 8).at(-1)!;
    expect(Math.abs(minuteOf(last.time) - 445 - 56)).toBeLessThanOrEqual(3);
  });

  test("leaves the fridge beside it alone", () => {
    expect(Math.max(...values("K-1/f1").map(({ value }) => value))).toBeLessThan(8);
  });

  test("is known to the truth", () => {
    expect(truth).toMatchObject([
      {
        code: "T01",
        cause: "cold-failure",
        kitchen: "K-1",
        asset: "K-1/f2",
        from: failure.at,
        to: failure.at + (445 + 72) * MINUTE_MS,
        rungs: [
          { level: "L3", sure: true },
          { level: "L2", sure: true },
        ],
      },
    ]);
    // 8 °C after 67 min, half an hour and two hours above it.
    for (const [i, due] of [97, 187].entries()) {
      const { earliest, latest } = truth[0]!.rungs![i]!;
      expect(earliest).toBeLessThan(failure.at + due * MINUTE_MS);
      expect(latest).toBeGreaterThan(failure.at + due * MINUTE_MS);
    }
  });

  test("that began before the run is found under way", () => {
    const late = run(city, [failure], at("23:50:00"), at("23:55:00"));
    const first = late.values("K-1/f2")[0]!;
    expect(first.value).toBeGreaterThan(7.5);
    expect(first.value).toBeLessThan(9);
    expect(late.truth).toHaveLength(1);
  });

  test("of a freezer is T02", () => {
    const freezer = oneKitchen({ devices: [{ name: "z1", kind: "freezer-temperature" }] });
    const incident: Incident = { ...failure, device: "K-1/z1", start: -18, repairAt: null };
    expect(run(freezer, [incident], at("22:00:00"), at("22:50:00")).truth).toMatchObject([
      { code: "T02", to: null },
    ]);
  });
});

describe("gas-release (SC16)", () => {
  const steps = [
    [at("14:20:00"), 12],
    [at("14:21:15"), 18],
    [at("14:21:20"), 21],
    [at("14:21:25"), 26],
  ] as const;
  const release: Incident = { kind: "gas-release", device: "K-1/g1", steps, until: at("14:30:00") };
  const shown = (values: readonly { time: number; value: number }[], from: string, to: string) =>
    values.filter(({ time }) => time >= at(from) && time < at(to)).map(({ value }) => value);

  test("shows its steps at the very samples of a sensor of 5 s", () => {
    const city = oneKitchen({ devices: [{ name: "g1", kind: "gas", reportEveryMs: 5_000 }] });
    const readings = run(city, [release], at("14:00:00"), at("14:35:00")).values("K-1/g1");
    expect(Math.max(...shown(readings, "14:00:00", "14:20:00"))).toBeLessThanOrEqual(2);
    expect(new Set(shown(readings, "14:20:00", "14:21:15"))).toEqual(new Set([12]));
    expect(shown(readings, "14:21:15", "14:21:30")).toEqual([18, 21, 26]);
    expect(Math.max(...shown(readings, "14:30:00", "14:35:00"))).toBeLessThanOrEqual(2);
  });

  test("makes a sensor of one minute report every 5 s while it is grave", () => {
    const city = oneKitchen({ devices: [{ name: "g1", kind: "gas" }] });
    const readings = run(city, [release], at("14:00:00"), at("14:35:00")).values("K-1/g1");
    const grave = readings.filter(({ value }) => value >= 10);
    const gaps = grave.slice(1).map(({ time }, i) => time - grave[i]!.time);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5 * SECOND_MS);
    const sequences = readings.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
  });

  test("below a tenth of the limit deserves no alert", () => {
    const city = oneKitchen({ devices: [{ name: "g1", kind: "gas" }] });
    const whiff: Incident = { ...release, steps: [[at("14:20:00"), 8]] };
    expect(run(city, [whiff], at("14:00:00"), at("14:35:00")).truth).toMatchObject([{ code: "" }]);
  });
});

describe("sensor-profile", () => {
  test("holds a taped probe perfectly still, then lets it go", () => {
    const city = oneKitchen({ devices: [{ name: "f1", kind: "fridge-temperature" }] });
    const points = [
      [at("08:00:00"), 4],
      [at("17:00:00"), 4],
    ] as const;
    const taped: Incident = { kind: "sensor-profile", device: "K-1/f1", points, code: "O04" };
    const { values, truth } = run(city, [taped], at("07:00:00"), at("19:00:00"));
    const during = values("K-1/f1").filter(({ time }) => time >= at("08:00:00") && time <= at("17:00:00"));
    expect(new Set(during.map(({ value }) => value))).toEqual(new Set([4]));
    const after = values("K-1/f1").filter(({ time }) => time > at("17:00:00"));
    expect(new Set(after.map(({ value }) => value)).size).toBeGreaterThan(3);
    expect(truth).toMatchObject([{ code: "O04", asset: "K-1/f1" }]);
  });

  test("shows a value that the physics would never reach", () => {
    const city = oneKitchen({ devices: [{ name: "h1", kind: "hot-holding-temperature" }] });
    const points = [
      [at("11:42:00"), 58],
      [at("12:50:00"), 55],
    ] as const;
    const drift: Incident = { kind: "sensor-profile", device: "K-1/h1", points, sigma: 0.1, code: "T03" };
    const { values } = run(city, [drift], at("11:30:00"), at("12:50:00"));
    const during = values("K-1/h1").filter(({ time }) => time >= at("11:42:00"));
    expect(during.every(({ value }) => value < 59 && value > 54)).toBe(true);
  });
});

test("infrared triggers are counted by the next report and no more after it", () => {
  const city = oneKitchen({ devices: [{ name: "ir1", kind: "rodent-infrared" }] });
  const trigger: Incident = { kind: "infrared", device: "K-1/ir1", at: at("02:10:20"), triggers: 3 };
  const readings = run(city, [trigger], at("02:00:00"), at("02:20:00")).values("K-1/ir1");
  expect(readings.filter(({ value }) => value > 0)).toMatchObject([{ value: 3 }]);
});

test.each<Incident>([
  { kind: "infrared", device: "K-1/none", at: 0, triggers: 1 },
  { kind: "infrared", device: "K-1/d1", at: 0, triggers: 1 },
])("an incident of a device that is not polled is refused: %o", (incident) => {
  const city = oneKitchen({ devices: [{ name: "d1", kind: "door", reportEveryMs: null }] });
  expect(() => new Simulation({ city, seed: 1, from: at("00:00:00"), incidents: [incident] })).toThrow(
    RangeError,
  );
});
