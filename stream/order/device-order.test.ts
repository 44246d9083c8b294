import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRegistry } from "../../twin/city/registry.ts";
import { DeviceOrder } from "./device-order.ts";
import type { DeviceSink } from "./device-sink.ts";
import { DeviceTable } from "./device-table.ts";
import { emptySample, type Sample } from "./sample.ts";

const START = 1_764_000_000_000;

function cityOfTwoFridges() {
  const parsed = parseRegistry({
    version: 1,
    kitchens: [
      {
        id: "K-00001",
        type: "small",
        banner: "150602",
        office: "150602-03",
        position: { lon: 110, lat: 39.8, crs: "WGS84" },
        opens: [["06:00", "22:00"]],
        licence: { validTo: "2030-01-01" },
        devices: [
          { id: "K-00001/f1", kind: "fridge-temperature", reportEveryMs: 60_000, gateway: "K-00001/gw" },
          { id: "K-00001/f2", kind: "fridge-temperature", reportEveryMs: 60_000, gateway: "K-00001/gw" },
        ],
      },
    ],
  });
  if (!parsed.ok) throw new RangeError(parsed.faults[0]?.reason);
  return parsed.value;
}

/** Writes down what the order stage hands on. */
function recorder() {
  const delivered: number[] = [];
  const unordered: number[] = [];
  const clocks: string[] = [];
  const times: number[] = [];
  const sink: DeviceSink = {
    deliver: (sample) => {
      delivered.push(sample.sequence);
      times.push(sample.time);
    },
    waits: () => undefined,
    unordered: (sample) => {
      unordered.push(sample.sequence);
    },
    clock: (gateway, verdict) => {
      clocks.push(`${gateway} ${verdict.kind}`);
    },
  };
  return { sink, delivered, unordered, clocks, times };
}

function message(sequence: number, change: Partial<Sample> = {}): Sample {
  const time = START + sequence * 60_000;
  return { ...emptySample(), boot: "b1", sequence, time, value: 4, receivedAt: time + 300, ...change };
}

describe("DeviceOrder", () => {
  it("delivers at once while the sequence has no gap", () => {
    const { sink, delivered } = recorder();
    const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: true });
    for (const sequence of [1, 2, 3]) expect(order.message(message(sequence))).toBe(true);
    expect(delivered).toEqual([1, 2, 3]);
  });

  it("lets what comes after a gap wait until the gap is filled", () => {
    const { sink, delivered } = recorder();
    const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: true });
    for (const sequence of [1, 4, 3]) order.message(message(sequence));
    expect(delivered).toEqual([1]);
    order.message(message(2));
    expect(delivered).toEqual([1, 2, 3, 4]);
  });

  it("stops waiting when the watermark passes, and still takes the missing one once, behind the others", () => {
    const { sink, delivered, unordered } = recorder();
    const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: true });
    for (const sequence of [1, 3, 4]) order.message(message(sequence));
    order.advance(START + 3 * 60_000);
    expect(delivered).toEqual([1, 3, 4]);
    expect(order.message(message(2, { late: true }))).toBe(true);
    expect(order.message(message(2, { late: true }))).toBe(false);
    expect(unordered).toEqual([2]);
  });

  it("tells a repeat from a new boot that counts from one again", () => {
    const { sink, delivered } = recorder();
    const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: true });
    for (const sequence of [1, 2]) order.message(message(sequence));
    expect(order.message(message(2))).toBe(false);
    expect(
      order.message(message(1, { boot: "b2", time: START + 300_000, receivedAt: START + 300_000 })),
    ).toBe(true);
    expect(order.message(message(1))).toBe(false);
    expect(delivered).toEqual([1, 2, 1]);
  });

  it("corrects a clock that runs ahead from the first of ten messages on, and keeps the repeated times", () => {
    const { sink, times, clocks } = recorder();
    const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: true });
    for (let i = 1; i <= 12; i++) {
      const receivedAt = START + i * 60_000;
      order.message(message(i, { time: receivedAt + 47 * 60_000, receivedAt }));
      if (i < 10) expect(times).toEqual([]);
    }
    expect(times).toEqual(Array.from({ length: 12 }, (_, i) => START + (i + 1) * 60_000));
    expect(clocks).toEqual(["K-00001/gw proved"]);
  });

  it("delivers every message once and in order, whatever the shuffle and however often each comes", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 16 }),
        (arrivals) => {
          const { sink, delivered } = recorder();
          const order = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), sink, { eager: false });
          let accepted = 0;
          for (const sequence of arrivals) if (order.message(message(sequence))) accepted++;
          order.advance(START + 60 * 60_000);
          expect(accepted).toBe(8);
          expect(delivered).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        },
      ),
    );
  });

  it("goes on after a restart as if there had been none", () => {
    const [before, after] = [recorder(), recorder()];
    const first = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), before.sink, { eager: true });
    for (const sequence of [1, 2, 5]) first.message(message(sequence));
    const second = new DeviceOrder(new DeviceTable(cityOfTwoFridges()), after.sink, { eager: true });
    second.restore(JSON.parse(JSON.stringify(first.save())));
    expect(second.message(message(2))).toBe(false);
    for (const sequence of [3, 4]) second.message(message(sequence));
    expect(after.delivered).toEqual([3, 4, 5]);
  });
});
