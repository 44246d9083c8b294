import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, type Happening, noticesOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/**
 * The city at 1:200, and the last two days of the holiday (正月初五, 初六) with the restart on 初七: of 56 kitchens 27
 * (48 %) have declared that they are closed, one (with a single sensor) is closed without a word, 28 go on, a hospital
 * and a home for the elderly among them.
 */
const DECLARED = Array.from({ length: 27 }, (_, i) => `SC22-D${String(i + 1).padStart(2, "0")}`);
const OPEN = Array.from({ length: 26 }, (_, i) => `SC22-O${String(i + 1).padStart(2, "0")}`);
const QUIET = "SC22-Q";
const HOSPITAL = "SC22-H";
const ELDERLY = "SC22-E";
const WARM = DECLARED[0]!;
const IDLE = DECLARED[1]!;
const BACK_FROM = at("02-23 07:00");

const unit = (id: string): NamedKitchen => {
  const sensor = (name: string, kind: string) => ({
    id: `${id}/${name}`,
    kind,
    zone: "cold-store",
    reportEveryMs: id === OPEN[0] ? 60_000 : 300_000,
    gateway: `${id}/gw`,
  });
  return {
    id,
    type: id === HOSPITAL ? "hospital" : id === ELDERLY ? "elder-care" : "small",
    opens: [["06:00", "22:00"]],
    calendar: "daily",
    devices: [
      sensor("fridge-1", "fridge-temperature"),
      ...(id === QUIET ? [] : [sensor("freezer-1", "freezer-temperature")]),
    ],
  };
};
const closing = (kitchen: string, to: number, declared: boolean): Incident => ({
  kind: "closing",
  kitchen,
  from: at("02-21 00:00"),
  to,
  declared,
});
const warm = (kitchen: string, from: string, to: string): Incident => ({
  kind: "sensor-profile",
  device: `${kitchen}/fridge-1`,
  points: [
    [at(`${from}:00`), 12],
    [at(`${to}:00`), 12],
  ],
});
const story = new Story({
  from: "02-20 20:00",
  until: "02-24 01:00",
  kitchens: [...DECLARED, ...OPEN, QUIET, HOSPITAL, ELDERLY].map(unit),
  incidents: [
    ...DECLARED.map((kitchen, i) => closing(kitchen, BACK_FROM + i * minutes(6.5), true)),
    closing(QUIET, at("02-23 08:00"), false),
    warm(WARM, "02-23 07:10", "02-23 15:00"),
    warm(HOSPITAL, "02-23 07:10", "02-23 09:00"),
    { kind: "neglect", what: "no-self-checks", kitchen: IDLE, from: BACK_FROM, to: at("02-24 01:00") },
  ],
});
const of = (kitchen: string, which = /./): Happening[] =>
  alertsOf(story.alone(), kitchen).filter(({ what }) => which.test(what));
const REOPENED = [...DECLARED, QUIET];

describe("SC22 the Spring Festival: closed, and open again", () => {
  it("reckons the online rate of open units: 96 % and more, where half of all devices are off", () => {
    const { city, fold } = story.upTo(at("02-21 12:00"));
    const { known, online, kitchens } = fold.stage.areas.count("city")!;
    expect(kitchens).toBe(29);
    expect(online / known).toBeGreaterThan(0.96);
    expect(online / city.devices.length).toBeLessThan(0.52);
    expect(alertsOf(story.alone(), null)).toEqual([]);
  });

  it("says nothing of those that are closed as declared, and asks no form of them", () => {
    const before = DECLARED.flatMap((kitchen) => of(kitchen).filter(({ time }) => time < BACK_FROM));
    expect(before).toEqual([]);
    const forms = OPEN.concat(QUIET, HOSPITAL, ELDERLY).flatMap((kitchen) => of(kitchen, /^D04/));
    expect(forms).toEqual([]);
  });

  it("asks once whether the quiet one is closed, after 24 h without a sign, and takes it as closed until it speaks", () => {
    const expected: Expected[] = [
      ["02-22 00:00", "O01 raised L4", 6],
      ["02-23 08:00", "O01 resolved L4", 3],
    ];
    const asked = of(QUIET, /^O01 \S+ L4$/);
    expect(against(asked, expected)).toEqual(wordsOf(expected));
    const devices = of(QUIET, /^O01 raised L4 SC22/).map(({ time }) => time);
    expect(Math.min(...devices)).toBeGreaterThanOrEqual(at("02-21 06:30"));
    const given = of(QUIET, /^O01 resolved .* \(closed-unit\)$/);
    expect(given.map(({ time }) => time)).toEqual(devices.map(() => asked[0]!.time));
    const notices = noticesOf(story.alone(), QUIET, "O01");
    expect(notices.every(({ what }) => what.endsWith("(silent)"))).toBe(true);
  });

  it("raises nothing while fridges cool down from the warmth of the kitchen, for 6 h", () => {
    const ramp = (kitchen: string) => of(kitchen, /^T0[12]/).filter(({ time }) => time < at("02-23 12:59"));
    for (const kitchen of REOPENED) {
      const raised = ramp(kitchen).filter(({ what }) => what.includes(" raised "));
      expect(raised).toEqual([]);
    }
    const muted = REOPENED.flatMap(ramp).filter(({ what }) => / suppressed .* \(ramp\)$/.test(what));
    expect(muted.length).toBeGreaterThan(REOPENED.length);
    const notices = REOPENED.flatMap((kitchen) =>
      ["T01", "T02"].flatMap((code) => noticesOf(story.alone(), kitchen, code)),
    );
    expect(notices.filter(({ time }) => time < at("02-23 12:59"))).toEqual([]);
  });

  it("rings at the end of the 6 h for the fridge that is still warm", () => {
    const fridge = `${WARM}/fridge-1`;
    const expected: Expected[] = [
      ["02-23 13:00", `T01 raised L2 ${fridge}`, 1],
      ["02-23 15:57", `T01 resolved L2 ${fridge}`, 40],
    ];
    const told = of(WARM, /^T01 (raised|resolved)/);
    expect(against(told, expected)).toEqual(wordsOf(expected));
  });

  it("mutes nothing of a hospital that was never closed", () => {
    const expected: Expected[] = [["02-23 07:42", `T01 raised L3 ${HOSPITAL}/fridge-1`, 6]];
    expect(against(of(HOSPITAL, /^T01 raised/), expected)).toEqual(wordsOf(expected));
    expect(of(ELDERLY)).toEqual([]);
  });

  it("asks for self-checks again from the day of the restart on", () => {
    expect(against(of(IDLE, /^D04/), [["02-24 00:30", "D04 raised L4", 1]])).toEqual([
      "02-24 00:30 D04 raised L4",
    ]);
    expect(REOPENED.flatMap((kitchen) => of(kitchen, /^D04/))).toHaveLength(1);
  });

  it("rates nobody good for being silent", () => {
    const rated = new Set(
      story
        .alone()
        .outputs.flatMap(({ type, subject }) => (type === "warmcity.index.changed" ? [subject] : [])),
    );
    expect(rated.size).toBeGreaterThan(0);
    for (const kitchen of DECLARED) expect(rated).not.toContain(kitchen);
  });

  tellEveryWay(story, {
    load: ["02-23 06:30", "02-23 08:30"],
    areasAsKnown: true,
    liveUntil: "02-21 07:00",
    tickMs: 30_000,
    floodedUntil: "02-21 07:00",
  });
});
