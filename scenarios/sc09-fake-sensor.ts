import type { Incident } from "../simulator/incidents.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";

import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, equal } from "./verdict.ts";

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

const FAKES = /^(O04|T)/;

export const fakeSensor = defineScenario({
  name: "sc09-fake-sensor",
  title: { zh: "作假的探头：数值不变与复制序列", en: "a fake flat-line sensor" },
  story,
  ways: { load: [`${DAY} 13:30`, `${DAY} 14:30`], liveUntil: `${DAY} 14:30` },
  expects: [
    {
      says: { zh: "被贴住的探头满 6 小时即被发现", en: "finds the taped probe after 6 h" },
      alertsOf: "SC09",
      which: FAKES,
      are: [[`${DAY} 14:00`, "O04 raised L3 SC09/cold", 10]],
    },
    {
      says: {
        zh: "两家相同的复制序列在第一百个相同值后一小时内都被发现",
        en: "finds both units of a copied series within an hour of the hundredth value in common",
      },
      alertsOfEach: {
        "SC09-A": [[`${DAY} 10:10`, "O04 raised L3 SC09-A/cold", 30]],
        "SC09-B": [[`${DAY} 10:10`, "O04 raised L3 SC09-B/cold", 30]],
      },
      which: FAKES,
    },
  ],
  never: [
    {
      says: {
        zh: "稳定的步入式冷库和夜间不开门的店不报",
        en: "says nothing of a steady walk-in freezer, nor of a shop whose doors stayed shut",
      },
      alertsOf: ["SC09-WALK-IN", "SC09-NIGHT"],
      which: FAKES,
    },
  ],
  checks: [
    {
      says: {
        zh: "此后其数值不再当作事实",
        en: "takes nothing that the taped probe says for a fact from then on",
      },
      holds: (told) => {
        const { summary, fold, city } = told.alone();
        const device = city.deviceOrdinal("SC09/cold");
        const { suspects } = fold.settled(city.kitchenIndex("SC09")).facts;
        return [
          atLeast(summary.quarantined, 151, "quarantined"),
          equal(Object.keys(suspects), [String(device)], "suspect"),
        ];
      },
    },
  ],
});
