import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { hear, heardOf } from "../heard.ts";
import type { Incident } from "../incidents.ts";
import { QUIET_NETWORK } from "../network.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { Simulation } from "../simulation.ts";

const at = (text: string, day = "02") => parseTime(`2026-06-${day}T${text}+08:00`);
const city = oneKitchen({
  type: "school",
  opens: [["09:00", "19:00"]],
  meals: [["11:30", "12:40"]],
  devices: [
    { name: "w1", kind: "dish-machine", reportEveryMs: 600_000 },
    { name: "f1", kind: "fridge-temperature" },
    { name: "n1", kind: "presence", reportEveryMs: null },
    { name: "uv1", kind: "uv-lamp" },
  ],
});

function run(incidents: readonly Incident[], from: number, until: number) {
  const simulation = new Simulation({ city, seed: 3, from, incidents, network: QUIET_NETWORK, load: false });
  return { heard: hear(city, simulation.advance(until)), truth: simulation.truth() };
}
const wholeDay = (incidents: readonly Incident[]) => run(incidents, at("00:00:00"), at("00:00:00", "03"));

describe("dish-cycles (SC18)", () => {
  const cycles = [
    ["13:05:00", 82],
    ["13:20:00", 79],
    ["13:35:00", 81],
    ["13:50:00", 86],
    ["14:05:00", 87],
    ["14:20:00", 86],
  ] as const;
  const washing: Incident = {
    kind: "dish-cycles",
    device: "K-1/w1",
    cycles: cycles.map(([time, peak]) => ({ at: at(time), peak, holdMs: 45_000, program: "wash" })),
    until: at("18:00:00"),
  };

  test("are all the machine says between the first and the end", () => {
    const { heard, truth } = wholeDay([washing]);
    const said = heardOf(heard, "warmcity.dish.cycle").filter(({ time }) => time >= at("13:05:00"));
    expect(said.map(({ time, event }) => [time, event.data.peak])).toEqual(
      cycles.map(([time, peak]) => [at(time), peak]),
    );
    expect(truth).toMatchObject([{ code: "T06" }]);
  });
});

describe("neglect", () => {
  const neglected = (
    what: "dish-cold" | "unwashed" | "no-samples" | "no-lamps" | "no-self-checks",
  ): Incident => ({
    kind: "neglect",
    what,
    kitchen: "K-1",
    ...(what === "dish-cold" ? { device: "K-1/w1" } : {}),
    from: at("00:00:00"),
    to: at("23:59:00"),
  });
  const usual = wholeDay([]).heard;

  test("dish-cold lets the machine run below 84.5 °C", () => {
    const peaks = heardOf(wholeDay([neglected("dish-cold")]).heard, "warmcity.dish.cycle").map(
      ({ event }) => event.data.peak,
    );
    expect(peaks.length).toBeGreaterThan(0);
    expect(Math.max(...peaks)).toBeLessThan(84.5);
    expect(heardOf(usual, "warmcity.dish.cycle").every(({ event }) => event.data.peak >= 84.5)).toBe(true);
  });

  test.each([
    ["unwashed", "warmcity.dish.cycle"],
    ["no-samples", "warmcity.sample.retained"],
    ["no-self-checks", "warmcity.selfcheck.submitted"],
  ] as const)("%s leaves out %s", (what, type) => {
    expect(heardOf(usual, type).length).toBeGreaterThan(0);
    expect(heardOf(wholeDay([neglected(what)]).heard, type)).toEqual([]);
  });

  test("no-lamps leaves the lamps dark, which else burn half an hour before use", () => {
    const burning = (heard: typeof usual) =>
      heard.entries.filter(({ device, value }) => device === "K-1/uv1" && value >= 5).length;
    expect(burning(usual)).toBeGreaterThanOrEqual(30);
    expect(burning(wholeDay([neglected("no-lamps")]).heard)).toBe(0);
  });
});

describe("closing (SC22)", () => {
  const closing: Incident = {
    kind: "closing",
    kitchen: "K-1",
    from: at("08:00:00"),
    to: at("20:00:00", "03"),
    declared: true,
  };
  const { heard } = run([closing], at("06:00:00"), at("22:00:00", "03"));
  const within = ({ time }: { time: number }) => time > closing.from && time < closing.to;

  test("is declared, and then nobody and nothing says a word", () => {
    expect(heardOf(heard, "warmcity.kitchen.declared")).toMatchObject([
      { time: closing.from, event: { data: { state: "closed" } } },
    ]);
    expect(heard.events.filter(within)).toEqual([]);
    expect(heard.entries.filter(within)).toEqual([]);
  });

  test("ends with warm units that cool down again", () => {
    const fridge = heard.entries.filter(({ device, time }) => device === "K-1/f1" && time > closing.to);
    expect(fridge[0]!.value).toBeGreaterThan(15);
    expect(fridge.at(-1)!.value).toBeLessThan(fridge[0]!.value - 5);
    expect(heardOf(heard, "warmcity.device.born").length).toBe(city.devices.length);
  });

  test("goes without a word where nobody declares it", () => {
    const silent = run([{ ...closing, declared: false }], at("06:00:00"), at("12:00:00")).heard;
    expect(heardOf(silent, "warmcity.kitchen.declared")).toEqual([]);
  });
});

test("trading shows signs of life at its moments and deserves D01", () => {
  const trading: Incident = {
    kind: "trading",
    kitchen: "K-1",
    at: [at("05:50:00"), at("06:10:00")],
    as: "pay",
  };
  const { heard, truth } = run([trading], at("05:00:00"), at("07:00:00"));
  const signs = heardOf(heard, "warmcity.kitchen.activity").map(({ time }) => time);
  expect(signs).toEqual(trading.at);
  expect(truth).toMatchObject([{ code: "D01", from: at("05:50:00") }]);
});

test("goods and their recall name the same lot", () => {
  const lot = { product: "X", lot: "L7", supplier: "S-1", quantity: 10 };
  const incidents: Incident[] = [
    { kind: "goods", kitchen: "K-1", at: at("07:00:00"), step: "received", data: lot },
    { kind: "goods", kitchen: "K-1", at: at("08:00:00"), step: "returned", data: lot },
    { kind: "recall", at: at("09:00:00"), data: { recall: "R-1", class: 1, product: "X", lots: ["L7"] } },
    {
      kind: "recall",
      at: at("09:20:00"),
      amended: true,
      data: { recall: "R-1", class: 1, product: "X", lots: ["L8"] },
    },
  ];
  const { heard, truth } = run(incidents, at("06:30:00"), at("10:00:00"));
  expect(heardOf(heard, "warmcity.goods.returned")).toMatchObject([{ event: { data: { lot: "L7" } } }]);
  expect(heardOf(heard, "warmcity.recall.issued")).toMatchObject([{ event: { source: "/systems/recall" } }]);
  expect(heardOf(heard, "warmcity.recall.amended")).toHaveLength(1);
  expect(truth.map(({ asset }) => asset)).toEqual(["lot:X/L7", "lot:X/L8"]);
});

test("illness reports come from their portals, several are a cluster", () => {
  const report = (time: string, person: string) => ({ at: at(time), person, hospital: false, people: 1 });
  const cluster: Incident = {
    kind: "illness",
    kitchen: "K-1",
    reports: [
      report("19:30:00", "p1"),
      report("20:05:00", "p2"),
      { ...report("20:40:00", "p3"), portal: "app" },
    ],
  };
  const { heard, truth } = run([cluster], at("19:00:00"), at("21:00:00"));
  expect(heardOf(heard, "warmcity.illness.reported").map(({ event }) => event.source)).toEqual([
    "/systems/12315",
    "/systems/12315",
    "/systems/app",
  ]);
  expect(truth).toMatchObject([{ code: "C02", from: at("19:30:00"), to: at("20:40:00") }]);
});

test("seal breaches are spread over orders and come exactly as many as said (SC07)", () => {
  const spike: Incident = {
    kind: "seal-breaches",
    kitchens: ["K-1"],
    station: "Z",
    riders: ["r1", "r2"],
    platform: "meituan",
    from: at("12:00:00"),
    to: at("12:40:00"),
    orders: 300,
    breaches: 27,
  };
  const { heard, truth } = run([spike], at("10:00:00"), at("13:00:00"));
  const scans = heardOf(heard, "warmcity.order.seal-scanned").filter(
    ({ event }) => event.data.station === "Z",
  );
  const broken = scans.filter(({ event }) => event.data.intact === false);
  expect(scans).toHaveLength(300);
  expect(broken).toHaveLength(27);
  expect(broken.at(4)!.time - spike.from).toBeLessThan(15 * MINUTE_MS);
  expect(
    heardOf(heard, "warmcity.order.sealed").filter(({ event }) => event.data.station === "Z"),
  ).toHaveLength(300);
  expect(truth).toMatchObject([{ code: "W01", asset: "station:Z" }]);
});

test("a message says anything in anybody's name; a device's gets its sequence", () => {
  const incidents: Incident[] = [
    {
      kind: "message",
      at: at("10:00:00"),
      type: "warmcity.presence",
      source: "/devices/K-1/n1",
      kitchen: "K-1",
      data: { people: 2 },
    },
    {
      kind: "message",
      at: at("10:00:01"),
      type: "warmcity.weather.warned",
      source: "/systems/weather",
      kitchen: null,
      data: { kind: "dust", level: "yellow", banners: ["150625"] },
    },
  ];
  const { heard } = run(incidents, at("08:00:00"), at("08:00:00") + 3 * HOUR_MS);
  const [presence] = heardOf(heard, "warmcity.presence").filter(({ time }) => time === at("10:00:00"));
  expect(presence!.event.sequence).toBeGreaterThan(0);
  const [weather] = heardOf(heard, "warmcity.weather.warned");
  expect(weather!.event).not.toHaveProperty("subject");
});

test("an incident of an unknown kitchen is refused", () => {
  const incident: Incident = { kind: "trading", kitchen: "K-9", at: [0], as: "pay" };
  expect(() => run([incident], at("08:00:00"), at("08:01:00"))).toThrow('no kitchen "K-9"');
});
