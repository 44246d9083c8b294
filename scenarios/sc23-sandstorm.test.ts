import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, type Happening, noticesOf, wordsOf } from "./happenings.ts";
import { lived } from "./lived.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/**
 * Three banners with six kitchens each, and twelve kitchens of Dongsheng outside the storm. All lines hold again within
 * 15 min (the scenario gives them 30; its outage is over at 15:20, which is 10 min after 95 % are back).
 */
const STORM = ["150624", "150625", "150626"];
const EACH = 6;
const OUTSIDE = 12;
const unitOf = (banner: string, n: number): NamedKitchen => {
  const id = `SC23-${banner.slice(-2)}-${n}`;
  const sensor = (name: string, kind: string) => ({
    id: `${id}/${name}`,
    kind,
    zone: "cooking",
    reportEveryMs: 60_000,
    gateway: `${id}/gw`,
  });
  const camera = (name: string) => ({
    id: `${id}/${name}`,
    kind: "camera",
    zone: "cooking",
    reportEveryMs: 60_000,
  });
  return {
    id,
    type: "small",
    banner,
    office: `${banner}-0${1 + (n % 2)}`,
    opens: [["06:00", "23:00"]],
    devices: [
      sensor("fridge-1", "fridge-temperature"),
      sensor("freezer-1", "freezer-temperature"),
      sensor("gas-1", "gas"),
      camera("cam-1"),
      camera("cam-2"),
    ],
  };
};
const stormy = STORM.flatMap((banner) => Array.from({ length: EACH }, (_, i) => unitOf(banner, i + 1)));
const outside = Array.from({ length: OUTSIDE }, (_, i) => unitOf("150602", i + 1));
const WARM = stormy.slice(0, 11).map(({ id }) => id);
/** The fridges of these two are still warm when the lines hold again. */
const STILL_WARM = WARM.slice(9);
const GASSY = stormy[11]!.id;
const LEAKING = outside[0]!.id;

const warm = WARM.map(
  (kitchen, i): Incident => ({
    kind: "cold-failure",
    device: `${kitchen}/fridge-1`,
    at: at("04-14 10:10") + i * minutes(1),
    start: 4,
    slopePerMin: 0.5,
    ambient: 14,
    repairAt: STILL_WARM.includes(kitchen) ? at("04-14 16:00") : at("04-14 11:00"),
    recoveryPerMin: 0.5,
  }),
);
const gas = (kitchen: string, steps: [string, number][], until: string): Incident => ({
  kind: "gas-release",
  device: `${kitchen}/gas-1`,
  steps: steps.map(([clock, lel]) => [at(`04-14 ${clock}`), lel] as const),
  until: at(`04-14 ${until}`),
});
const story = new Story({
  from: "04-14 09:40",
  until: "04-14 16:00",
  kitchens: [...stormy, ...outside],
  incidents: [
    {
      kind: "link-flaps",
      kitchens: stormy.map(({ id }) => id),
      from: at("04-14 10:00"),
      to: at("04-14 15:00"),
      lastTo: at("04-14 15:15"),
      spellMs: [minutes(2), minutes(7)],
    },
    ...warm,
    gas(GASSY, [["12:00:00", 12]], "12:02:00"),
    gas(
      LEAKING,
      [
        ["15:05:00", 12],
        ["15:05:10", 26],
      ],
      "15:07:00",
    ),
  ],
});
story.says(
  "warmcity.weather.warned",
  "04-14 08:30",
  {
    kind: "dust",
    level: "orange",
    banners: STORM,
    from: "2026-04-14T10:00:00+08:00",
    to: "2026-04-14T16:00:00+08:00",
  },
  { kitchen: null, source: "/systems/weather", receivedAt: "04-14 09:40" },
);

const ofAreas = (which: RegExp): Happening[] =>
  alertsOf(story.alone(), null).filter(({ what }) => which.test(what));

describe("SC23 a sandstorm", () => {
  it("is one outage per banner, rolled into one of the city until the lines have held for 10 min, and does not flap", () => {
    const banners = ofAreas(/^O06 raised L2 banner:/).map(({ what }) => what.split(" ").at(-1));
    expect(banners.sort()).toEqual(STORM.map((banner) => `banner:${banner}`));
    const expected: Expected[] = [
      ["04-14 10:03", "O06 raised L2 city", 3],
      ["04-14 15:20", "O06 resolved L2 city", 10],
    ];
    expect(against(ofAreas(/^O06 .* city/), expected)).toEqual(wordsOf(expected));
    expect(ofAreas(/^O06/)).toHaveLength(2 + 2 * STORM.length);
    expect(ofAreas(/^O02 raised .* city/)).toHaveLength(1);
  });

  it("rings for no device alone, however often its line comes and goes", () => {
    const raised = story.city.kitchens.flatMap(({ id }) =>
      alertsOf(story.alone(), id).filter(({ what }) => what.startsWith("O01 raised")),
    );
    expect(raised).toEqual([]);
  });

  it("has drained the backlog by 15:30, loses none of it, and counts all of it as late", () => {
    const { lines, summary } = story.alone();
    const pushed = lines.filter(({ text }) => text.includes('"/gateways/SC23'));
    expect(pushed.at(-1)!.at).toBeLessThanOrEqual(at("04-14 15:30"));
    expect(summary.late).toBeGreaterThan(0.9 * stormy.length * 3 * 290);
    expect(summary.accepted).toBe(summary.processed + summary.late);
  });

  it("finds the eleven warm fridges afterwards: silently where it is over, ringing where it is not", () => {
    for (const kitchen of WARM) {
      const [first, ...more] = alertsOf(story.alone(), kitchen).filter(({ what }) => what.startsWith("T01"));
      expect(first!.what).toBe(`T01 raised L3 ${kitchen}/fridge-1 (retro, delayed)`);
      const isOver = more.at(-1)!.what.startsWith("T01 resolved");
      expect(isOver).toBe(!STILL_WARM.includes(kitchen));
      const notices = noticesOf(story.alone(), kitchen, "T01");
      if (isOver) expect(notices).toEqual([]);
      else {
        expect(notices.map(({ what }) => what)).toContain("L2 to O by sms");
        expect(Math.min(...notices.map(({ time }) => time))).toBeGreaterThanOrEqual(at("04-14 15:00"));
      }
    }
  });

  it("notes the gas of noon and rings nobody for it", () => {
    const noted = alertsOf(story.alone(), GASSY).filter(({ what }) => what.startsWith("T09"));
    const zone = `zone:${GASSY}/cooking`;
    const expected: Expected[] = [
      ["04-14 12:01", `T09 raised L3 ${zone} (retro, delayed)`],
      ["04-14 12:12", `T09 resolved L3 ${zone} (retro, delayed)`],
    ];
    expect(against(noted, expected)).toEqual(wordsOf(expected));
    expect(noticesOf(story.alone(), GASSY, "T09")).toEqual([]);
  });

  it("rings at once for gas outside the storm while the backlog comes in", () => {
    const [raised] = alertsOf(story.alone(), LEAKING).filter(({ what }) => what.startsWith("T09 raised L1"));
    expect(against([raised!], [["04-14 15:05:15", raised!.what, 0.1]])).toEqual([
      `04-14 15:05:15 T09 raised L1 zone:${LEAKING}/cooking`,
    ]);
    const until = at("04-14 15:10");
    const { city, lines } = story.upTo(until);
    const out = lived(city, lines, { until }).given.find(
      ({ output: { subject, data } }) => subject === LEAKING && "raisedAt" in data && data.level === "L1",
    );
    expect(out!.at - raised!.time).toBeLessThanOrEqual(5_000);
  });

  tellEveryWay(story, {
    load: ["04-14 14:30", "04-14 15:50"],
    liveUntil: "04-14 15:50",
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "04-14 12:00",
  });
});
