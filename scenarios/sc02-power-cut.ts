import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { alertsOf, type Happening } from "./happenings.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, atMost, equal } from "./verdict.ts";

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

const ofAreas = (told: Story, which: RegExp): Happening[] =>
  alertsOf(told.alone(), null).filter(({ what }) => which.test(what));

/** How often rats are taken for certain when traps trigger so many minutes after the power is back. */
function risesOfRats(afterMin: number, seed: number | undefined): number {
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
    seed,
  });
  return alertsOf(told.alone(), idOf("150602", 1)).filter(({ what }) => what.startsWith("P07 rose to L2"))
    .length;
}

export const powerCut = defineScenario({
  name: "sc02-power-cut",
  title: { zh: "九个旗区同时停电", en: "power is cut all over the city" },
  story,
  ways: {
    load: ["05-13 13:40", "05-13 15:20"],
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "05-13 15:00",
  },
  expects: [
    {
      says: { zh: "每条馈线数分钟内各成一次区域中断", en: "is one outage per feeder within minutes" },
      alertsOf: null,
      which: /^O06 raised L2 feeder:/,
      are: BANNERS.map((banner) => ["05-13 14:04", `O06 raised L2 feeder:${feederOf(banner)}`, 2]),
      inAnyOrder: true,
    },
    {
      says: {
        zh: "合并为一次全市中断，95% 恢复满 10 分钟后结束",
        en: "is rolled into one of the city, over when 95 % are back for 10 min",
      },
      alertsOf: null,
      which: /^O06 .* city/,
      are: [
        ["05-13 14:05", "O06 raised L2 city", 3],
        ["05-13 15:00", "O06 resolved L2 city", 6],
      ],
    },
    {
      says: { zh: "14:13 全市在线率降为二级", en: "brings the city's online rate down for good at 14:13" },
      alertsOf: null,
      which: /^O02 rose .* city/,
      are: [["05-13 14:13", "O02 rose to L2 city", 1]],
    },
  ],
  never: [
    {
      says: { zh: "不为单台设备告警", en: "rings for no device alone" },
      alertsOf: "any kitchen",
      which: /^O01 raised/,
    },
    {
      says: {
        zh: "关着门的冷柜够冷，重启的传感器不报燃气，红外上电不报鼠，摄像头也无所见",
        en: "finds closed fridges cold enough, no gas in waking sensors and no rats, nor anything a camera might have seen",
      },
      alertsOf: "any kitchen",
      which: /^(T|P)\d\d/,
    },
  ],
  checks: [
    {
      says: {
        zh: "馈线中断全部并入全市中断，不多不少",
        en: "hands every feeder's outage over to the city's, and knows no other",
      },
      holds: (told) => {
        const feeders = ofAreas(told, /^O06 raised L2 feeder:/);
        const times = feeders.map(({ time }) => time);
        return [
          atLeast(Math.min(...times), at("05-13 14:02"), "the first at"),
          atMost(Math.max(...times), at("05-13 14:06"), "the last at"),
          equal(
            ofAreas(told, /^O06 resolved L2 feeder:.* \(outage\)$/).length,
            feeders.length,
            "handed over",
          ),
          equal(ofAreas(told, /^O06/).length, 2 + 2 * feeders.length, "words about outages"),
        ];
      },
    },
    {
      says: {
        zh: "红外设备上电时的触发不算，十分钟后的触发算鼠",
        en: "takes infrared triggers of a trap that powers up for nothing, and those of ten minutes later for rats",
      },
      holds: ({ seed }) => [
        equal(risesOfRats(2, seed), 0, "after 2 min"),
        equal(risesOfRats(10, seed), 1, "after 10 min"),
      ],
    },
    {
      says: { zh: "不改变任何单位的指数", en: "changes no unit's index" },
      holds: (told) => [
        equal(told.alone().outputs.filter(({ type }) => type === "warmcity.index.changed").length, 0),
      ],
    },
  ],
});
