import { describe, expect, test } from "vitest";
import { generateCity } from "../twin/city/generated-city.ts";
import { oneKitchen } from "./one-kitchen.ts";
import { PollGroups } from "./poll-groups.ts";

const city = generateCity({ seed: 3, preset: "full", kitchens: 120 });
const groups = new PollGroups(city);

describe("PollGroups", () => {
  test("give every device that reports by period one slot, and no other device any", () => {
    const slots = new Set<number>();
    city.devices.forEach((device, ordinal) => {
      const slot = groups.slotOf[ordinal]!;
      expect(slot >= 0).toBe(device.reportEveryMs !== null);
      if (slot < 0) return;
      expect(groups.ordinal[slot]).toBe(ordinal);
      slots.add(slot);
    });
    expect(slots.size).toBe(groups.slots);
  });

  test("poll every device once per period", () => {
    const polls = new Map<number, number>();
    for (let second = 1_780_000_000; second < 1_780_000_000 + 600; second++) {
      for (const group of groups.dueAt(second)) {
        for (let slot = group.from; slot < group.to; slot++) polls.set(slot, (polls.get(slot) ?? 0) + 1);
      }
    }
    const wrong = [...polls].filter(([slot, count]) => {
      const period = city.devices[groups.ordinal[slot]!]!.reportEveryMs!;
      return count !== Math.round(600_000 / period);
    });
    expect(wrong).toEqual([]);
    expect(polls.size).toBe(groups.slots);
  });

  test("poll all sensors of a kitchen in the same second of the minute", () => {
    const seconds = new Map<number, Set<number>>();
    for (const group of groups.groups) {
      for (let slot = group.from; slot < group.to; slot++) {
        const kitchen = groups.kitchen[slot]!;
        seconds.set(kitchen, (seconds.get(kitchen) ?? new Set()).add(group.phaseMs % 60_000));
      }
    }
    expect([...seconds.values()].every((phases) => phases.size === 1)).toBe(true);
  });

  test("spread the kitchens over the minute", () => {
    const cold = groups.groups.filter((group) => group.periodMs === 60_000 && !group.cameras);
    expect(cold.length).toBeGreaterThan(40);
  });

  test("keep a fast sensor on the grid of the clock", () => {
    const kitchen = new PollGroups(
      oneKitchen({ devices: [{ name: "g1", kind: "gas", reportEveryMs: 5_000 }] }),
    );
    expect([10, 11, 14, 15].map((second) => kitchen.dueAt(second).length)).toEqual([1, 0, 0, 1]);
  });

  test("let kitchens that are not connected stay silent", () => {
    const connected = oneKitchen({ devices: [{ name: "f1", kind: "fridge-temperature" }] });
    expect(new PollGroups(connected).slots).toBe(1);
  });
});
