import { describe, expect, test } from "vitest";
import { generateCity } from "../twin/city/generated-city.ts";
import { MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { Dice } from "./dice.ts";
import { hear } from "./heard.ts";
import { arrivalTime, networkOf, repeatTime } from "./network.ts";
import { Simulation } from "./simulation.ts";

const NOON = parseTime("2026-06-02T12:00:00+08:00");

describe("networkOf()", () => {
  test("changes the usual network by what is given", () => {
    expect(networkOf({ loss: 0 })).toEqual({ ...networkOf(), loss: 0 });
  });

  test.each([{ loss: 1.1 }, { duplicates: -1 }, { delayMs: -5 }, { reorder: Number.NaN }])(
    "refuses %o",
    (options) => {
      expect(() => networkOf(options)).toThrow(RangeError);
    },
  );
});

describe("a message on its way", () => {
  test("needs the delay and at most the jitter", () => {
    const network = networkOf({ delayMs: 100, jitterMs: 50, reorder: 0 });
    const dice = new Dice().seat(1, 1);
    const times = Array.from({ length: 1_000 }, () => arrivalTime(network, dice, 0));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...times)).toBeLessThan(150);
  });

  test("comes twice as often as said", () => {
    const network = networkOf({ duplicates: 0.25 });
    const dice = new Dice().seat(2, 2);
    const repeats = Array.from({ length: 4_000 }, () => repeatTime(network, dice, 5)).filter(
      (time) => time !== null,
    );
    expect(repeats.length / 4_000).toBeCloseTo(0.25, 1);
  });
});

describe("a simulation over a bad network", () => {
  const city = generateCity({ seed: 1, preset: "full", kitchens: 60 });
  const keyOf = ({ device, boot, sequence }: { device: string; boot: string | null; sequence: number }) =>
    `${device} ${boot} ${sequence}`;
  const entriesWith = (network: object) => {
    const simulation = new Simulation({ city, seed: 1, from: NOON, load: false, network });
    return hear(city, simulation.advance(NOON + 10 * MINUTE_MS)).entries;
  };

  test("repeats messages whole and with the same sequences", () => {
    const keys = entriesWith({ duplicates: 0.3, loss: 0 }).map(keyOf);
    expect(new Set(keys).size).toBeLessThan(keys.length);
    expect(keys.length / new Set(keys).size).toBeCloseTo(1.3, 0);
  });

  test("loses whole polls of a gateway and leaves a gap in the sequences", () => {
    const perfect = entriesWith({ duplicates: 0, loss: 0, reorder: 0 });
    const lossy = new Set(entriesWith({ duplicates: 0, loss: 0.05, reorder: 0 }).map(keyOf));
    const missing = perfect.filter((entry) => !lossy.has(keyOf(entry)));
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.length / perfect.length).toBeLessThan(0.15);
    const minutely = new Set(
      city.devices
        .filter(({ kind, reportEveryMs }) => kind !== "camera" && reportEveryMs === 60_000)
        .map(({ id }) => id),
    );
    const pollOf = ({ device, time }: { device: string; time: number }) => `${device.split("/")[0]} ${time}`;
    const hit = new Set(missing.filter(({ device }) => minutely.has(device)).map(pollOf));
    const survivors = perfect.filter(
      (entry) => minutely.has(entry.device) && hit.has(pollOf(entry)) && lossy.has(keyOf(entry)),
    );
    expect(survivors).toEqual([]);
  });

  test("brings late messages after their successors", () => {
    const entries = entriesWith({ duplicates: 0, loss: 0, reorder: 0.2, jitterMs: 0 });
    const late = entries.filter(({ time, receivedAt }) => receivedAt - time > 4_000);
    expect(late.length).toBeGreaterThan(0);
  });
});
