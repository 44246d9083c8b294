import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, type Happening, noticesOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

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

const ofAreas = (which: RegExp): Happening[] =>
  alertsOf(story.alone(), null).filter(({ what }) => which.test(what));

describe("SC06 a storm of devices that go offline, below 90 %", () => {
  it("is one outage of the network segment, with a work order to the integrator within a minute", () => {
    const expected: Expected[] = [
      ["05-12 18:11", `O06 raised L2 isp:${SEGMENT}`, 2],
      ["05-12 19:17", `O06 resolved L2 isp:${SEGMENT}`, 5],
    ];
    const outages = ofAreas(/^O06/);
    expect(against(outages, expected)).toEqual(wordsOf(expected));
    expect(outages[0]!.time).toBeLessThanOrEqual(at("05-12 18:13"));
    const order = noticesOf(story.alone(), null, "O06").filter(({ what }) => what.startsWith("L2 to OPS"));
    expect(order[0]!.time - outages[0]!.time).toBeLessThanOrEqual(60_000);
  });

  it("lowers the banner's rate at once and the city's only when the sensors count; both are over after 15 good minutes", () => {
    const expected: Expected[] = [
      ["05-12 18:20", "O02 rose to L2 banner:150602", 3],
      ["05-12 18:27", "O02 rose to L2 city", 3],
    ];
    expect(against(ofAreas(/^O02 rose .*(city|banner)/), expected)).toEqual(wordsOf(expected));
    const [city] = ofAreas(/^O02 raised L4 city/);
    expect(city!.time).toBeGreaterThan(at("05-12 18:05"));
    expect(city!.time).toBeLessThanOrEqual(at("05-12 18:11"));
    const over = ofAreas(/^O02 resolved .*(city|banner)/);
    expect(over).toHaveLength(2);
    for (const { time } of over) expect(Math.abs(time - at("05-12 19:20"))).toBeLessThanOrEqual(5 * 60_000);
  });

  it("does not come and go", () => {
    const areas = ofAreas(/ (raised|resolved) /).map(({ what }) => what.replace(/ L\d/, ""));
    expect(new Set(areas).size).toBe(areas.length);
  });

  it("rings for no device of the segment alone; those that were silent before have their own O01", () => {
    const own = story.city.kitchens.flatMap(({ id }) => alertsOf(story.alone(), id));
    const alone = own
      .filter(({ what }) => what.startsWith("O01 raised"))
      .map(({ what }) => what.split(" ").at(-1));
    expect(alone.sort()).toEqual(LONG_SILENT.map((i) => `${idOf(i)}/cam-1`));
  });

  it("counts no device of a closed unit", () => {
    const said = JSON.stringify(
      story
        .alone()
        .outputs.filter(
          ({ time, data }) => time > at("05-12 18:00") && "code" in data && data.code === "O02",
        ),
    );
    expect(said).toContain(`of ${467} devices of ${KITCHENS} kitchens`);
  });

  it("changes no unit's index", () => {
    expect(story.alone().outputs.filter(({ type }) => type === "warmcity.index.changed")).toEqual([]);
  });

  tellEveryWay(story, {
    load: ["05-12 17:30", "05-12 19:30"],
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "05-12 19:00",
  });
});
