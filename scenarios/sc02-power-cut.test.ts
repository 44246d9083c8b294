import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, type Happening, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/**
 * The scenario's city at 1:150: 73 kitchens of all nine banners, 45 of them (62 %) on nine feeders that lose power, one
 * in each banner. A quarter of the sensors goes on by battery. Power is back feeder by feeder.
 */
const BANNERS = ["150602", "150603", "150621", "150622", "150623", "150624", "150625", "150626", "150627"];
const DARK_EACH = 5;
const CUT_AT = at("05-13 14:00");
const BACK_FROM = at("05-13 14:36");
const BACK_STEP_MS = minutes(1.5);

const idOf = (banner: string, n: number) => `SC02-${banner.slice(-2)}-${n}`;
const feederOf = (banner: string) => `F-${banner}-1`;
const inBanner = (banner: string) => (banner === "150602" ? 9 : 8);

/** Every kitchen of the first banner's dark feeder watches for rats. */
function unit(banner: string, n: number): NamedKitchen {
  const id = idOf(banner, n);
  const isDark = n <= DARK_EACH;
  const on = { feeder: isDark ? feederOf(banner) : `F-${banner}-2`, isp: `I-${banner}` };
  const sensor = (name: string, kind: string) => ({
    id: `${id}/${name}`,
    kind,
    zone: "cooking",
    reportEveryMs: 60_000,
    gateway: `${id}/gw`,
    ...on,
  });
  const camera = (name: string) => ({
    id: `${id}/${name}`,
    kind: "camera",
    zone: "cooking",
    reportEveryMs: 60_000,
    ...on,
  });
  return {
    id,
    type: "small",
    banner,
    office: `${banner}-01`,
    opens: [["06:00", "23:00"]],
    devices: [
      camera("cam-1"),
      camera("cam-2"),
      sensor("fridge-1", "fridge-temperature"),
      sensor("freezer-1", "freezer-temperature"),
      sensor("gas-1", "gas"),
      ...(isDark && banner === "150602" ? [sensor("ir-1", "rodent-infrared")] : []),
    ],
  };
}

const kitchens = BANNERS.flatMap((banner) =>
  Array.from({ length: inBanner(banner) }, (_, i) => unit(banner, i + 1)),
);
const cuts = BANNERS.map(
  (banner, i): Incident => ({
    kind: "area-cut",
    area: { by: "feeder", id: feederOf(banner) },
    what: "power",
    from: CUT_AT,
    to: BACK_FROM + i * BACK_STEP_MS,
  }),
);
/** Infrared traps trigger while they power up (or later). */
const wakingUp = (afterMin: number) =>
  Array.from(
    { length: DARK_EACH },
    (_, i): Incident => ({
      kind: "infrared",
      device: `${idOf("150602", i + 1)}/ir-1`,
      at: BACK_FROM + minutes(afterMin),
      triggers: 4,
    }),
  );
const story = new Story({
  from: "05-13 13:30",
  until: "05-13 15:30",
  kitchens,
  incidents: [...cuts, ...wakingUp(2)],
});

const ofAreas = (which: RegExp): Happening[] =>
  alertsOf(story.alone(), null).filter(({ what }) => which.test(what));
const ofKitchens = () => story.city.kitchens.flatMap(({ id }) => alertsOf(story.alone(), id));

describe("SC02 power is cut all over the city", () => {
  it("is one outage per feeder within minutes, rolled into one of the city, over when 95 % are back for 10 min", () => {
    const feeders = ofAreas(/^O06 raised L2 feeder:/);
    expect(feeders.map(({ what }) => what.split(" ").at(-1)).sort()).toEqual(
      BANNERS.map((banner) => `feeder:${feederOf(banner)}`),
    );
    for (const { time } of feeders) {
      expect(time).toBeGreaterThanOrEqual(at("05-13 14:02"));
      expect(time).toBeLessThanOrEqual(at("05-13 14:06"));
    }
    const expected: Expected[] = [
      ["05-13 14:05", "O06 raised L2 city", 3],
      ["05-13 15:00", "O06 resolved L2 city", 6],
    ];
    expect(against(ofAreas(/^O06 .* city/), expected)).toEqual(wordsOf(expected));
    const handedOver = ofAreas(/^O06 resolved L2 feeder:.* \(outage\)$/);
    expect(handedOver).toHaveLength(feeders.length);
    expect(ofAreas(/^O06/)).toHaveLength(2 + 2 * feeders.length);
  });

  it("brings the city's online rate down for good at 14:13", () => {
    const expected: Expected[] = [["05-13 14:13", "O02 rose to L2 city", 1]];
    expect(against(ofAreas(/^O02 rose .* city/), expected)).toEqual(wordsOf(expected));
  });

  it("rings for no device alone", () => {
    const raised = ofKitchens().filter(({ what }) => what.startsWith("O01 raised"));
    expect(raised).toEqual([]);
  });

  it("finds closed fridges cold enough, no gas in waking sensors and no rats, nor anything a camera might have seen", () => {
    const found = ofKitchens().filter(({ what }) => /^(T|P)\d\d/.test(what));
    expect(found).toEqual([]);
  });

  it("takes infrared triggers of a trap that powers up for nothing, and those of ten minutes later for rats", () => {
    const rises = (afterMin: number) => {
      const rat: Incident = {
        kind: "camera-hits",
        camera: `${idOf("150602", 1)}/cam-1`,
        class: "rat",
        hits: [{ at: at("05-13 13:40"), confidence: 0.9 }],
      };
      const told = new Story({
        from: "05-13 13:30",
        until: "05-13 14:55",
        kitchens: kitchens.filter(({ banner }) => banner === "150602"),
        incidents: [cuts[0]!, rat, ...wakingUp(afterMin)],
      });
      return alertsOf(told.alone(), idOf("150602", 1)).filter(({ what }) =>
        what.startsWith("P07 rose to L2"),
      );
    };
    expect(rises(2)).toEqual([]);
    expect(rises(10)).toHaveLength(1);
  });

  it("changes no unit's index", () => {
    expect(story.alone().outputs.filter(({ type }) => type === "warmcity.index.changed")).toEqual([]);
  });

  tellEveryWay(story, {
    load: ["05-13 13:40", "05-13 15:20"],
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "05-13 15:00",
  });
});
