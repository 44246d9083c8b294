import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Columns } from "../../twin/events/columns.ts";
import { Random } from "../../twin/kernel/random.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import type { FilePort } from "../log/file-port.ts";
import { nodeFiles } from "../log/node-files.ts";
import type { HistoryPoint } from "./history-steps.ts";
import { HistoryStore } from "./history-store.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 23);
const RESOLUTIONS = [0.01, 0.1, 1, 5, 0.01, 1];

interface Reading {
  readonly device: number;
  readonly time: number;
  readonly value: number;
}

function columnsOf(readings: readonly Reading[]): Columns {
  const base = readings[0]?.time ?? 0;
  const devices = [...new Set(readings.map(({ device }) => device))];
  return {
    base,
    devices: Uint32Array.from(devices),
    boots: null,
    device: Uint32Array.from(readings, ({ device }) => devices.indexOf(device)),
    sequence: new Float64Array(readings.length),
    dtMs: Int32Array.from(readings, ({ time }) => time - base),
    value: Float64Array.from(readings, ({ value }) => value),
  };
}

/** What the store should say, computed the plain way. */
function expected(
  readings: readonly Reading[],
  device: number,
  from: number,
  to: number,
  stepMs: number,
): HistoryPoint[] {
  const first = new Map<number, number>();
  for (const reading of readings) {
    if (reading.device !== device || Number.isNaN(reading.value) || first.has(reading.time)) continue;
    if (reading.time >= from && reading.time < to) first.set(reading.time, reading.value);
  }
  const steps = new Map<number, number[]>();
  for (const [time, value] of first) {
    const step = from + Math.floor((time - from) / stepMs) * stepMs;
    steps.set(step, [...(steps.get(step) ?? []), value]);
  }
  const points = [...steps].map(([time, values]) => ({
    time,
    min: Math.min(...values),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    max: Math.max(...values),
    count: values.length,
  }));
  return points.sort((a, b) => a.time - b.time);
}

function expectSame(found: readonly HistoryPoint[], wanted: readonly HistoryPoint[]): void {
  expect(found.map(({ time, min, max, count }) => ({ time, min, max, count }))).toEqual(
    wanted.map(({ time, min, max, count }) => ({ time, min, max, count })),
  );
  for (const [i, { mean }] of found.entries()) expect(mean).toBeCloseTo(wanted[i]!.mean, 6);
}

const open = (
  files: FilePort,
  directory = "history",
  registry = "r1",
  resolutions: readonly number[] = RESOLUTIONS,
) => HistoryStore.open({ directory, files, resolutions, registry });

const reading = fc
  .record({
    device: fc.nat(RESOLUTIONS.length - 1),
    offset: fc.oneof(fc.nat(6 * 60), fc.nat(30 * 60)).map((minute) => minute * 60_000),
    jitter: fc.oneof(fc.constant(0), fc.integer({ min: -3000, max: 3000 })),
    steps: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: -3000, max: 3000 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
  })
  .map(({ device, offset, jitter, steps }): Reading => {
    const resolution = RESOLUTIONS[device]!;
    const value = resolution < 1 ? steps / Math.round(1 / resolution) : steps * resolution;
    return { device, time: START + offset + jitter, value };
  });

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(reading, { minLength: 1, maxLength: 120 })
      .map((readings) => ({ kind: "add" as const, readings })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "flush" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "drain" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "reopen" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "crash" as const }) },
);

describe("the history store", () => {
  test("gives out what went in, whatever was flushed, reopened, lost in a crash and added again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 1, maxLength: 25 }),
        fc.integer(),
        fc.constantFrom(60_000, 300_000, HOUR, 7 * HOUR),
        async (acts, seed, stepMs) => {
          const random = new Random(seed);
          const files = new FaultyFiles();
          let store = await open(files);
          const log: Reading[][] = [];
          for (const step of acts) {
            if (step.kind === "add") {
              log.push(step.readings);
              store.add(columnsOf(step.readings));
            } else if (step.kind === "flush") await store.flush(log.length);
            else if (step.kind === "drain") await store.drain();
            else {
              if (step.kind === "reopen") await store.close();
              else files.restart(random);
              store = await open(files);
              for (const readings of log.slice(store.position)) store.add(columnsOf(readings));
            }
          }
          const all = log.flat();
          const from = START - HOUR;
          for (const device of RESOLUTIONS.keys())
            expectSame(
              await store.query(device, from, from + 33 * HOUR, stepMs),
              expected(all, device, from, from + 33 * HOUR, stepMs),
            );
          expectSame(
            await store.query(0, START + 123_456, START + 5 * HOUR + 1, stepMs),
            expected(all, 0, START + 123_456, START + 5 * HOUR + 1, stepMs),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  test("keeps a city of devices over many hours on a real disk, late samples included, and merges its parts", async () => {
    const directory = await mkdtemp(join(tmpdir(), "warm-city-history-"));
    try {
      const devices = 300;
      const resolutions = new Array<number>(devices).fill(0.01);
      let store = await open(nodeFiles, directory, "r1", resolutions);
      const all: Reading[] = [];
      const random = new Random(7);
      for (let minute = 0; minute < 6 * 60; minute++) {
        const batch: Reading[] = [];
        for (let device = 0; device < devices; device++) {
          const late = random.chance(0.01) ? random.int(0, 5) * HOUR : 0;
          const time = START + minute * 60_000 + random.int(0, 900) - late;
          batch.push({ device, time, value: Math.round(400 + 50 * random.next()) / 100 });
        }
        all.push(...batch);
        store.add(columnsOf(batch));
        if (minute % 20 === 19) await store.flush(minute + 1);
      }
      const check = async () => {
        for (const device of [0, 1, 150, 299])
          for (const stepMs of [60_000, 600_000])
            expectSame(
              await store.query(device, START - 6 * HOUR, START + 7 * HOUR, stepMs),
              expected(all, device, START - 6 * HOUR, START + 7 * HOUR, stepMs),
            );
      };
      await check();
      await store.close();
      store = await open(nodeFiles, directory, "r1", resolutions);
      expect(store.position).toBe(360);
      await check();
      await store.close();
      const parts = (await nodeFiles.list(directory)).filter((name) => name.endsWith(".part"));
      expect(parts.length).toBeLessThan(12 * 4);
      expect(parts.some((name) => name.startsWith("2026-11-23T00-"))).toBe(true);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  test("keeps no heartbeats and counts the same device and time once", async () => {
    const store = await open(new FaultyFiles());
    const time = START + 5000;
    store.add(columnsOf([{ device: 0, time, value: Number.NaN }]));
    expect(await store.query(0, START, START + HOUR, HOUR)).toEqual([]);
    store.addReading(0, time, 4.1);
    store.addReading(0, time, 9.9);
    store.addReading(0, time + 1000, Number.NaN);
    await store.flush(1);
    store.addReading(0, time, 8);
    const point = { time: START, min: 4.1, mean: 4.1, max: 4.1, count: 1 };
    expect(await store.query(0, START, START + HOUR, HOUR)).toEqual([point]);
  });

  test("leaves no part behind that another replaced, at whatever sync the machine stopped", async () => {
    const all = Array.from({ length: 900 }, (_, i) => ({
      device: i % 6,
      time: START + i * 1000,
      value: 5 * (i % 9),
    }));
    let replacedSeen = 0;
    for (let sync = 1; sync < 40; sync++) {
      const files = new FaultyFiles();
      files.crashAtSync = sync;
      const run = async () => {
        const store = await open(files);
        for (let i = 0; i < 9; i++) {
          store.add(columnsOf(all.slice(100 * i, 100 * i + 100)));
          await store.flush(i + 1);
        }
        await store.close();
      };
      await run().catch((error: unknown) => {
        if (files.powered) throw error;
      });
      files.restart(new Random(sync));
      const before = await files.list("history");
      const store = await open(files);
      const after = await files.list("history");
      replacedSeen += before.length - after.length;
      for (let i = store.position; i < 9; i++) store.add(columnsOf(all.slice(100 * i, 100 * i + 100)));
      expectSame(
        await store.query(3, START, START + HOUR, 60_000),
        expected(all, 3, START, START + HOUR, 60_000),
      );
      const ranges = after.flatMap((name) => {
        const [, first, last] = /-(\d{4})-(\d{4})\.part$/.exec(name) ?? [];
        return first === undefined ? [] : [{ first: Number(first), last: Number(last) }];
      });
      for (const a of ranges)
        expect(ranges.filter((b) => b.first <= a.first && a.last <= b.last)).toEqual([a]);
      expect(after.filter((name) => name.endsWith(".part.draft"))).toEqual([]);
    }
    expect(replacedSeen).toBeGreaterThan(0);
  });

  test("answers while an hour is being written and merged", async () => {
    const files = new FaultyFiles();
    files.syncTurns = 3;
    const store = await open(files);
    const all: Reading[] = [];
    for (let part = 0; part < 6; part++) {
      const batch = Array.from({ length: 200 }, (_, i) => ({
        device: i % 6,
        time: START + (part * 200 + i) * 1000,
        value: i % 90,
      }));
      all.push(
        ...batch.map((one) => ({
          ...one,
          value: Math.round(one.value / RESOLUTIONS[one.device]!) * RESOLUTIONS[one.device]!,
        })),
      );
      store.add(columnsOf(batch));
      const flushed = store.flush(part);
      let done = false;
      void flushed.then(() => {
        done = true;
      });
      while (!done) {
        expectSame(
          await store.query(2, START, START + HOUR, 60_000),
          expected(all, 2, START, START + HOUR, 60_000),
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    expect((await files.list("history")).filter((name) => name.endsWith(".part")).length).toBeLessThan(4);
  });

  test("opens an hour for a skewed clock without closing the present one for good", async () => {
    const store = await open(new FaultyFiles());
    const all: Reading[] = [];
    for (let i = 0; i < 400; i++) {
      const skewed = i % 3 === 0 ? 20 * HOUR : 0;
      all.push({ device: 2, time: START + i * 10_000 + skewed, value: i });
    }
    for (let i = 0; i < all.length; i += 40) store.add(columnsOf(all.slice(i, i + 40)));
    expectSame(
      await store.query(2, START, START + 24 * HOUR, HOUR),
      expected(all, 2, START, START + 24 * HOUR, HOUR),
    );
  });

  test("keeps what it cannot write, says why, and writes it when there is room again", async () => {
    const files = new FaultyFiles();
    const store = await open(files);
    await store.flush(0);
    const readings = Array.from({ length: 100 }, (_, i) => ({
      device: i % 6,
      time: START + i * 1000,
      value: 5,
    }));
    store.add(columnsOf(readings));
    files.capacity = 10;
    await expect(store.flush(7)).rejects.toMatchObject({ code: "ENOSPC" });
    expect(store.failure).toMatchObject({ code: "ENOSPC" });
    expect(store.position).toBe(0);
    expect(store.backlog).toBeGreaterThan(0);
    expect((await store.query(0, START, START + HOUR, HOUR))[0]?.count).toBe(17);
    files.capacity = Number.POSITIVE_INFINITY;
    await store.flush(7);
    expect([store.failure, store.position, store.backlog]).toEqual([null, 7, 0]);
    expect((await store.query(0, START, START + HOUR, HOUR))[0]?.count).toBe(17);
  });

  test("begins anew for another registry, whose ordinals mean other devices", async () => {
    const files = new FaultyFiles();
    const store = await open(files);
    store.addReading(0, START, 1);
    await store.flush(9);
    await store.close();
    const other = await open(files, "history", "r2");
    expect(other.position).toBe(0);
    expect(await other.query(0, START, START + HOUR, HOUR)).toEqual([]);
  });

  test("refuses unknown devices and senseless ranges, and names a damaged part", async () => {
    const files = new FaultyFiles();
    const store = await open(files);
    expect(() => store.addReading(6, START, 1)).toThrow(RangeError);
    expect(() => store.add(columnsOf([{ device: 6, time: START, value: 1 }]))).toThrow(RangeError);
    await expect(store.query(6, 0, 1, 1)).rejects.toThrow(RangeError);
    await expect(store.query(0, 1, 0, 1)).rejects.toThrow(RangeError);
    await expect(store.query(0, 0, 1, 0)).rejects.toThrow(RangeError);
    await expect(store.query(0, 0, Number.NaN, 1)).rejects.toThrow(RangeError);
    await expect(store.query(0, 0, START, 1)).rejects.toThrow(RangeError);
    store.addReading(0, START, 1);
    await store.flush(1);
    const name = (await files.list("history")).find((file) => file.endsWith(".part"));
    const contents = files.contents(`history/${name}`);
    contents[contents.length - 1]! ^= 1;
    await expect(store.query(0, START, START + HOUR, HOUR)).rejects.toThrow(`history/${name}`);
  });
});
