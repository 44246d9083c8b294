import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HourBuffer } from "./hour-buffer.ts";
import {
  decodeSamples,
  encodeSamples,
  HOUR_MS,
  SAMPLE_BYTES_MAX,
  SampleRun,
  SCALED_MAX,
} from "./sample-code.ts";

const samples = fc.array(
  fc.tuple(fc.integer({ min: 0, max: HOUR_MS - 1 }), fc.integer({ min: -SCALED_MAX, max: SCALED_MAX })),
  { maxLength: 300 },
);

function runOf(list: readonly (readonly [number, number])[]): SampleRun {
  const run = new SampleRun(1);
  for (const [offset, scaled] of list) run.push(offset, scaled);
  return run;
}

function listOf(run: SampleRun): [number, number][] {
  return Array.from({ length: run.length }, (_, i) => [run.offset[i]!, run.scaled[i]!]);
}

describe("packed samples", () => {
  test("come out as they went in, extremes and any order included", () => {
    fc.assert(
      fc.property(samples, (list) => {
        const run = runOf(list);
        const bytes = new Uint8Array(list.length * SAMPLE_BYTES_MAX);
        const end = encodeSamples(run, bytes, 0);
        const back = new SampleRun(1);
        decodeSamples(bytes, 0, end, list.length, back);
        expect(listOf(back)).toEqual(list);
      }),
    );
  });

  test("are the same bytes from an hour buffer, whose devices do not mix", () => {
    fc.assert(
      fc.property(samples, samples, (one, two) => {
        const buffer = new HourBuffer(0, 2);
        for (let i = 0; i < Math.max(one.length, two.length); i++) {
          for (const [device, list] of [one, two].entries())
            if (i < list.length) buffer.add(device, list[i]![0], list[i]![1]);
        }
        for (const [device, list] of [one, two].entries()) {
          const kept = list.filter(([offset], i) => i === 0 || list[i - 1]![0] !== offset);
          const run = new SampleRun(1);
          buffer.read(device, run);
          expect(listOf(run)).toEqual(kept);
          const [packed, encoded] = [0, 0].map(() => new Uint8Array(kept.length * SAMPLE_BYTES_MAX));
          const end = buffer.copyPacked(device, packed!, 0);
          expect(encodeSamples(runOf(kept), encoded!, 0)).toBe(end);
          expect(packed).toEqual(encoded);
        }
        expect(buffer.samples).toBe(buffer.count(0) + buffer.count(1));
      }),
    );
  });

  test("settle in order of time, of one time the first that came", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(9))), (list) => {
        const run = runOf(list);
        run.settle();
        const first = new Map([...list].reverse());
        expect(listOf(run)).toEqual([...first].sort(([a], [b]) => a - b));
      }),
    );
  });

  test("take at most three bytes for a sensor that reports every minute", () => {
    const buffer = new HourBuffer(0, 1);
    for (let i = 0; i < 60; i++) buffer.add(0, i * 60_000 + ((i * 37) % 50), 400 + ((i * 13) % 40));
    expect(buffer.copyPacked(0, new Uint8Array(600), 0)).toBeLessThanOrEqual(60 * 3 + 4);
  });

  test("that end too late are refused", () => {
    const bytes = new Uint8Array(20);
    const end = encodeSamples(runOf([[1, 1]]), bytes, 0);
    expect(() => decodeSamples(bytes, 0, end, 2, new SampleRun())).toThrow(RangeError);
  });
});
