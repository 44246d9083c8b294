import type { Incident } from "../simulator/incidents.ts";
import { alertsOf, type Happening, noticesOf } from "./happenings.ts";
import { paired } from "./judge.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, atMost, equal, has } from "./verdict.ts";

/**
 * The baseline city at 1:100: 467 devices, 448 of them online (96 %); a third of them in Dongsheng, where 9 of 14
 * kitchens on one network segment (64 %) lose their line: 27 cameras and 15 sensors. Five more units are closed.
 *
 * A sensor is offline three periods after its last word, which lies up to one period before the cut: the first ones from
 * 18:15, not all from 18:20. So the city is below 90 % from about 18:17, and grave at 18:27.
 */
const DONGSHENG = 34;
const ON_SEGMENT = 14;
const CUT = 9;
const KITCHENS = 100;
const SEGMENT = "I-DS-1";

const idOf = (i: number) => `SC06-${String(i + 1).padStart(3, "0")}`;
const ALL = Array.from({ length: KITCHENS }, (_, i) => i);
const CLOSED = Array.from({ length: 5 }, (_, i) => KITCHENS + i);
/** One camera each of these has been silent all along. */
const LONG_SILENT = ALL.filter((i) => i >= CUT && i % 5 === 4);

function unit(i: number): NamedKitchen {
  const id = idOf(i);
  const banner = i < DONGSHENG ? "150602" : `15062${1 + (i % 3)}`;
  const isp = i < ON_SEGMENT ? SEGMENT : i < DONGSHENG ? "I-DS-2" : `I-${banner}`;
  const sensor = (n: number) => ({
    id: `${id}/fridge-${n}`,
    kind: "fridge-temperature",
    reportEveryMs: 300_000,
    gateway: `${id}/gw`,
    isp,
  });
  const camera = (n: number) => ({ id: `${id}/cam-${n}`, kind: "camera", reportEveryMs: 60_000, isp });
  return {
    id,
    type: "small",
    banner,
    office: `${banner}-0${1 + (i % 2)}`,
    opens: [["06:00", "23:00"]],
    devices: [camera(1), camera(2), camera(3), sensor(1), ...(i % 3 === 2 ? [] : [sensor(2)])],
  };
}

const closings = CLOSED.map(
  (i): Incident => ({
    kind: "closing",
    kitchen: idOf(i),
    from: at("05-12 17:15"),
    to: at("05-13 09:00"),
    declared: true,
  }),
);
const longSilent = LONG_SILENT.map(
  (i): Incident => ({ kind: "device-off", device: `${idOf(i)}/cam-1`, from: at("05-12 17:20"), to: null }),
);
const story = new Story({
  from: "05-12 17:00",
  until: "05-12 19:50",
  kitchens: [...ALL, ...CLOSED].map(unit),
  incidents: [
    ...closings,
    ...longSilent,
    {
      kind: "area-cut",
      area: { by: "isp", id: SEGMENT },
      what: "network",
      kitchens: ALL.slice(0, CUT).map(idOf),
      from: at("05-12 18:05"),
      lastFrom: at("05-12 18:09"),
      to: at("05-12 19:00"),
      lastTo: at("05-12 19:06"),
    },
  ],
});

const ofAreas = (told: Story, which: RegExp): Happening[] =>
  alertsOf(told.alone(), null).filter(({ what }) => which.test(what));

export const offlineStorm = defineScenario({
  name: "sc06-offline-storm",
  title: { zh: "设备成片离线，在线率跌破 90%", en: "a storm of devices that go offline, below 90 %" },
  story,
  ways: {
    load: ["05-12 17:30", "05-12 19:30"],
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "05-12 19:00",
  },
  expects: [
    {
      says: { zh: "是一次网段中断", en: "is one outage of the network segment" },
      alertsOf: null,
      which: /^O06/,
      are: [
        ["05-12 18:11", `O06 raised L2 isp:${SEGMENT}`, 2],
        ["05-12 19:17", `O06 resolved L2 isp:${SEGMENT}`, 5],
      ],
    },
    {
      says: {
        zh: "旗区在线率先降，全市要等传感器也算离线才降",
        en: "lowers the banner's rate at once and the city's only when the sensors count",
      },
      alertsOf: null,
      which: /^O02 rose .*(city|banner)/,
      are: [
        ["05-12 18:20", "O02 rose to L2 banner:150602", 3],
        ["05-12 18:27", "O02 rose to L2 city", 3],
      ],
    },
  ],
  checks: [
    {
      says: {
        zh: "18:13 前发现，一分钟内给集成商派单",
        en: "is seen by 18:13, with a work order to the integrator within a minute",
      },
      holds: (told) => {
        const [outage] = ofAreas(told, /^O06/);
        const [order] = noticesOf(told.alone(), null, "O06").filter(({ what }) =>
          what.startsWith("L2 to OPS"),
        );
        return [
          atMost(outage!.time, at("05-12 18:13"), "seen at"),
          atMost(order!.time - outage!.time, 60_000, "ms to the work order"),
        ];
      },
    },
    {
      says: {
        zh: "18:11 前全市降为四级；两级在线率告警恢复满 15 分钟后结束",
        en: "is L4 of the city by 18:11; both rates are over after 15 good minutes",
      },
      holds: (told) => {
        const [city] = ofAreas(told, /^O02 raised L4 city/);
        const over = ofAreas(told, /^O02 resolved .*(city|banner)/);
        return [
          atLeast(city!.time, at("05-12 18:05") + 1, "raised at"),
          atMost(city!.time, at("05-12 18:11"), "raised at"),
          equal(over.length, 2, "over"),
          ...over.flatMap((happening) => paired([happening], [["05-12 19:20", happening.what, 5]])),
        ];
      },
    },
    {
      says: { zh: "不来回反复", en: "does not come and go" },
      holds: (told) => {
        const areas = ofAreas(told, / (raised|resolved) /).map(({ what }) => what.replace(/ L\d/, ""));
        return [atLeast(areas.length, 4, "words about areas"), equal(new Set(areas).size, areas.length)];
      },
    },
    {
      says: {
        zh: "网段内不为单台设备告警；此前就沉默的各有自己的 O01",
        en: "rings for no device of the segment alone; those that were silent before have their own O01",
      },
      holds: (told) => {
        const own = told.city.kitchens.flatMap(({ id }) => alertsOf(told.alone(), id));
        const alone = own
          .filter(({ what }) => what.startsWith("O01 raised"))
          .map(({ what }) => what.split(" ").at(-1));
        return [
          equal(
            alone.sort(),
            LONG_SILENT.map((i) => `${idOf(i)}/cam-1`),
          ),
        ];
      },
    },
    {
      says: { zh: "停业单位的设备不计入分母", en: "counts no device of a closed unit" },
      holds: (told) => {
        const said = JSON.stringify(
          told
            .alone()
            .outputs.filter(
              ({ time, data }) => time > at("05-12 18:00") && "code" in data && data.code === "O02",
            ),
        );
        return has(said, `of ${467} devices of ${KITCHENS} kitchens`);
      },
    },
    {
      says: { zh: "不改变任何单位的指数", en: "changes no unit's index" },
      holds: (told) => [
        equal(told.alone().outputs.filter(({ type }) => type === "warmcity.index.changed").length, 0),
      ],
    },
  ],
});
