import { describe, expect, it } from "vitest";
import { parseRegistry } from "../twin/city/registry.ts";
import type { CityEvent } from "../twin/events/event.ts";
import { formatTime, parseTime } from "../twin/kernel/time.ts";
import type { CityFold } from "./fold.ts";
import { foldOf } from "./fold-of.ts";

const at = (clock: string) => parseTime(`2026-03-02T${clock}+08:00`);
const parsed = parseRegistry({
  version: 1,
  kitchens: [
    {
      id: "K",
      type: "medium",
      banner: "150602",
      office: "150602-01",
      position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
      opens: [["09:00", "22:00"]],
      licence: { number: "JY1", validTo: "2030-12-31" },
      devices: [{ id: "K/cam-1", kind: "camera" }],
    },
  ],
});

function seen(clock: string, sequence: number, what: "fire_unattended" | "smoke"): CityEvent {
  return {
    id: `e${sequence}`,
    source: "/devices/K/cam-1",
    kitchen: 0,
    device: 0,
    time: at(clock),
    receivedAt: at(clock),
    boot: "b",
    sequence,
    exercise: false,
    position: sequence,
    type: "warmcity.detection",
    data: { class: what, confidence: 0.9, zone: "cooking" },
  };
}

/** Alerts given out, with the moment at which they were. */
function lived(fold: CityFold, events: readonly CityEvent[], until: number): string[] {
  const given: string[] = [];
  let next = 0;
  for (let now = events[0]!.time; now <= until; now += 1_000) {
    for (; next < events.length && events[next]!.time <= now; next++) fold.event(events[next]!);
    fold.tick(now);
    for (const { type, data } of fold.take()) {
      if (!type.startsWith("warmcity.alert.") || !("code" in data)) continue;
      given.push(
        `${formatTime(now).slice(11, 19)} ${type.slice("warmcity.alert.".length)} ${data.code} ${data.level}`,
      );
    }
  }
  return given;
}

describe("fire behind a gap in a camera's sequence", () => {
  it("rings at once, live, though an earlier message never comes: L1 never waits", () => {
    if (!parsed.ok) throw new RangeError("Cannot make the kitchen");
    const fires = Array.from({ length: 11 }, (_, i) => {
      const clock = formatTime(at("14:00:00") + i * 30_000).slice(11, 19);
      return seen(clock, i < 4 ? i : i + 1, "fire_unattended");
    });
    const events = [...fires, seen("14:05:20", 20, "smoke")];
    const fold = foldOf(parsed.value, { early: true });
    expect(lived(fold, events, at("14:05:50"))).toEqual([
      "14:05:00 raised P09 L2",
      "14:05:20 level-changed P09 L1",
    ]);
  });
});
