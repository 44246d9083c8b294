import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FaultyFiles } from "../log/faulty-files.ts";
import { HistoryStore } from "./history-store.ts";
import type { HeldDevices } from "./old-hours.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 23);
const DEVICES = 4;
const HOURS = 6;

const open = (files: FaultyFiles) =>
  HistoryStore.open({ directory: "history", files, resolutions: [0.01, 0.1, 1, 5], registry: "r" });

/** One value of each device at the middle of each hour. */
async function filled(files: FaultyFiles): Promise<HistoryStore> {
  const store = await open(files);
  for (let hour = 0; hour < HOURS; hour++)
    for (let device = 0; device < DEVICES; device++)
      store.addReading(device, START + (hour + 0.5) * HOUR, 10 * hour + device);
  await store.flush(1);
  return store;
}

/** `device@hour` of all that is there. */
async function found(store: HistoryStore): Promise<string[]> {
  const names: string[] = [];
  for (let device = 0; device < DEVICES; device++)
    for (const { time } of await store.query(device, START, START + HOURS * HOUR, HOUR))
      names.push(`${device}@${(time - START) / HOUR}`);
  return names;
}

const held = (firstDevice: number, endDevice: number, fromHour: number, toHour: number): HeldDevices => ({
  firstDevice,
  endDevice,
  fromMs: START + fromHour * HOUR,
  toMs: START + toHour * HOUR,
});

describe("forgetting old hours", () => {
  test("throws away whole hours before the limit, and nothing else", async () => {
    const files = new FaultyFiles();
    const store = await filled(files);
    expect(await store.forget(START + 2.5 * HOUR, [])).toBe(2);
    expect((await found(store)).filter((name) => name.startsWith("0"))).toEqual(["0@2", "0@3", "0@4", "0@5"]);
    expect(await store.forget(START + 2.5 * HOUR, [])).toBe(0);
    await store.close();
    expect(await found(await open(files))).toHaveLength(4 * DEVICES);
  });

  test("keeps what a span holds, and lets it go when nothing holds it any more", async () => {
    const store = await filled(new FaultyFiles());
    const all = START + HOURS * HOUR;
    expect(await store.forget(all, [held(1, 3, 2, 4), held(3, 4, 5.9, Number.POSITIVE_INFINITY)])).toBe(
      HOURS,
    );
    expect(await found(store)).toEqual(["1@2", "1@3", "2@2", "2@3", "3@5"]);
    expect(await store.forget(all, [held(1, 2, 2, 4)])).toBe(3);
    expect(await found(store)).toEqual(["1@2", "1@3"]);
    expect(await store.forget(all, [])).toBe(2);
    expect(await found(store)).toEqual([]);
  });

  test("goes again through an hour that got late measurements", async () => {
    const store = await filled(new FaultyFiles());
    const all = START + HOURS * HOUR;
    await store.forget(all, [held(1, 2, 2, 3)]);
    store.addReading(1, START + 2.1 * HOUR, 7);
    store.addReading(0, START + 2.2 * HOUR, 7);
    await store.flush(2);
    expect(await store.forget(all, [held(1, 2, 2, 3)])).toBe(1);
    expect(await found(store)).toEqual(["1@2"]);
    const points = await store.query(1, START + 2 * HOUR, START + 3 * HOUR, HOUR / 10);
    expect(points.map(({ mean }) => mean)).toEqual([7, 21]);
  });

  test("keeps exactly what is held or young, for any holds, over a restart", async () => {
    const hour = fc.double({ min: 0, max: HOURS, noNaN: true });
    const span = fc
      .tuple(fc.nat(DEVICES - 1), fc.nat(DEVICES), hour, hour)
      .map(([first, end, from, to]) => held(first, end, Math.min(from, to), Math.max(from, to)));
    await fc.assert(
      fc.asyncProperty(fc.array(span, { maxLength: 5 }), hour, async (spans, limit) => {
        const files = new FaultyFiles();
        const store = await filled(files);
        await store.forget(START + limit * HOUR, spans);
        const kept = await found(store);
        for (let device = 0; device < DEVICES; device++) {
          for (let at = 0; at < HOURS; at++) {
            const [from, to] = [START + at * HOUR, START + (at + 1) * HOUR];
            const isHeld = spans.some(
              (one) =>
                one.firstDevice <= device && device < one.endDevice && one.fromMs < to && one.toMs > from,
            );
            expect(kept.includes(`${device}@${at}`)).toBe(isHeld || to > START + limit * HOUR);
          }
        }
        await store.close();
        expect(await found(await open(files))).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });

  test("answers while it forgets", async () => {
    const store = await filled(new FaultyFiles());
    const [answers] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => store.query(1, START, START + HOURS * HOUR, HOUR))),
      store.forget(START + HOURS * HOUR, [held(1, 2, 0, HOURS)]),
    ]);
    for (const points of answers) expect(points).toHaveLength(HOURS);
  });
});
