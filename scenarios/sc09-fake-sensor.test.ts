import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const DAY = "05-12";
/** A unit with one cold unit, its door contact and, where it says so, the meter of its compressor. */
const unit = (id: string, kind: string, metered = false): NamedKitchen => ({
  id,
  type: "medium",
  opens: [["09:00", "22:00"]],
  devices: [
    { id: `${id}/cold`, kind, zone: "cold-store", reportEveryMs: 60_000, gateway: `${id}/gw` },
    { id: `${id}/door`, kind: "door", of: `${id}/cold`, reportEveryMs: null, gateway: `${id}/gw` },
    ...(metered
      ? [{ id: `${id}/power`, kind: "power", of: `${id}/cold`, reportEveryMs: 60_000, gateway: `${id}/gw` }]
      : []),
  ],
});

type Points = readonly (readonly [clock: string, value: number])[];
const shows = (device: string, points: Points, sigma = 0): Incident => ({
  kind: "sensor-profile",
  device,
  points: points.map(([clock, value]) => [at(`${DAY} ${clock}`), value] as const),
  sigma,
});
/** The same values, minute by minute, in two units. */
const copied = Array.from({ length: 300 }, (_, n) => {
  const minute = 8 * 60 + n;
  const clock = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  return [clock, 3 + ((n * 37) % 23) / 20] as const;
});
/** Both units are read in the same second of the minute. */
const held = (points: Points): Points =>
  points.flatMap(([clock, value]) => [[`${clock}:00`, value] as const, [`${clock}:59`, value] as const]);

const OPENED = Array.from({ length: 14 }, (_, n) => at(`${DAY} 08:20`) + n * 35 * MINUTE_MS);
const opensDoor = (id: string): Incident[] =>
  OPENED.map((time) => ({
    kind: "message",
    at: time,
    type: "warmcity.door",
    source: `/devices/${id}/door`,
    kitchen: id,
    data: { state: "open" },
  }));

const story = new Story({
  from: `${DAY} 07:00`,
  until: `${DAY} 17:30`,
  lives: true,
  kitchens: [
    unit("SC09", "fridge-temperature", true),
    unit("SC09-WALK-IN", "freezer-temperature"),
    unit("SC09-NIGHT", "fridge-temperature"),
    unit("SC09-A", "fridge-temperature"),
    unit("SC09-B", "fridge-temperature"),
  ],
  incidents: [
    shows("SC09/cold", [
      ["08:00", 4],
      ["17:00", 4],
    ]),
    shows("SC09/power", [
      ["07:05", 210],
      ["09:29", 210],
      ["09:30", 0],
      ["17:20", 0],
    ]),
    ...opensDoor("SC09"),
    shows(
      "SC09-WALK-IN/cold",
      [
        ["07:05", -18],
        ["17:20", -18],
      ],
      0.06,
    ),
    ...opensDoor("SC09-WALK-IN"),
    shows(
      "SC09-NIGHT/cold",
      [
        ["07:05", 4],
        ["17:20", 4],
      ],
      0.02,
    ),
    shows("SC09-A/cold", held(copied)),
    shows("SC09-B/cold", held(copied)),
  ],
});

const fakes = (kitchen: string) =>
  alertsOf(story.alone(), kitchen).filter(({ what }) => what.startsWith("O04") || what.startsWith("T"));

describe("SC09 a fake flat-line sensor", () => {
  it("finds the taped probe after 6 h, and takes nothing that it says for a fact from then on", () => {
    const expected: Expected[] = [[`${DAY} 14:00`, "O04 raised L3 SC09/cold", 10]];
    expect(against(fakes("SC09"), expected)).toEqual(wordsOf(expected));
    const { summary, fold, city } = story.alone();
    expect(summary.quarantined).toBeGreaterThan(150);
    const device = city.deviceOrdinal("SC09/cold");
    expect(Object.keys(fold.settled(city.kitchenIndex("SC09")).facts.suspects)).toEqual([String(device)]);
  });

  it("finds both units of a copied series within an hour of the hundredth value in common", () => {
    for (const id of ["SC09-A", "SC09-B"]) {
      const [found, ...others] = fakes(id);
      expect(others).toEqual([]);
      expect(found!.what).toBe(`O04 raised L3 ${id}/cold`);
      expect(found!.time).toBeGreaterThanOrEqual(at(`${DAY} 09:40`));
      expect(found!.time).toBeLessThanOrEqual(at(`${DAY} 10:40`));
    }
  });

  it("says nothing of a steady walk-in freezer, nor of a shop whose doors stayed shut", () => {
    expect(fakes("SC09-WALK-IN")).toEqual([]);
    expect(fakes("SC09-NIGHT")).toEqual([]);
  });

  tellEveryWay(story, { load: [`${DAY} 13:30`, `${DAY} 14:30`], liveUntil: `${DAY} 14:30` });
});
