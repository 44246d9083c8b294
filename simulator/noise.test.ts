import { describe, expect, test } from "vitest";
import { generateCity } from "../twin/city/generated-city.ts";
import { HOUR_MS, parseTime } from "../twin/kernel/time.ts";
import { CloudEventLines } from "./cloud-event-lines.ts";
import { USUAL_NETWORK } from "./network.ts";
import { NOISE_LEVELS, NOISE_NAMES, type Noise, noisyNetwork, withFalseHits } from "./noise.ts";
import { Simulation } from "./simulation.ts";

const FROM = parseTime("2026-06-02T11:00:00+08:00");

function linesUnder(noise?: Noise): string[] {
  const city = generateCity({ seed: 3, preset: "full", kitchens: 25 });
  const simulation = new Simulation({ city, seed: 3, from: FROM, ...(noise !== undefined && { noise }) });
  const [lines, decoder] = [new CloudEventLines(city), new TextDecoder()];
  return [...simulation.advance(FROM + HOUR_MS)].map((arrival) => decoder.decode(lines.line(arrival)));
}

describe("noise", () => {
  test("usual noise is none that can be told from a run that names none", () => {
    expect(linesUnder(NOISE_LEVELS.normal)).toEqual(linesUnder());
    expect(noisyNetwork(NOISE_LEVELS.normal)).toEqual(USUAL_NETWORK);
  });

  test("more of it disturbs readings, messages and order", () => {
    const [usual, noisy] = [linesUnder(), linesUnder(NOISE_LEVELS.high)];
    expect(noisy).not.toEqual(usual);
    expect(noisyNetwork(NOISE_LEVELS.high).loss).toBeCloseTo(10 * USUAL_NETWORK.loss);
  });

  test("false hits become more, true ones do not", () => {
    const { rate, precision } = withFalseHits(100, 0.9, 3);
    expect(rate * precision).toBeCloseTo(90);
    expect(rate * (1 - precision)).toBeCloseTo(30);
    expect(withFalseHits(100, 0.9, 1)).toEqual({ rate: 100, precision: 0.9 });
  });

  test("has a name for every level", () => {
    expect([...NOISE_NAMES].sort()).toEqual(Object.keys(NOISE_LEVELS).sort());
  });
});
