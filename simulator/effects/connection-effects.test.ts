import { describe, expect, test } from "vitest";
import { generateCity } from "../../twin/city/generated-city.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { hear, heardOf } from "../heard.ts";
import type { Incident } from "../incidents.ts";
import { QUIET_NETWORK } from "../network.ts";
import { oneKitchen } from "../one-kitchen.ts";
import { Simulation } from "../simulation.ts";

const at = (text: string) => parseTime(`2026-06-02T${text}+08:00`);

function run(
  city: ReturnType<typeof oneKitchen>,
  incidents: readonly Incident[],
  from: string,
  until: number,
) {
  const options = { city, seed: 1, from: at(from), incidents, network: QUIET_NETWORK, load: false };
  const simulation = new Simulation(options);
  return { heard: hear(city, simulation.advance(until)), truth: simulation.truth() };
}

const kitchen = oneKitchen({
  devices: [
    { name: "f1", kind: "fridge-temperature" },
    { name: "g1", kind: "gas" },
    { name: "d1", kind: "door", reportEveryMs: null, of: "K-1/f1" },
    { name: "c1", kind: "camera", gateway: null },
  ],
});

describe("device-off", () => {
  const off: Incident = {
    kind: "device-off",
    device: "K-1/f1",
    from: at("10:00:30"),
    to: at("11:00:30"),
    warned: true,
  };
  const { heard, truth } = run(kitchen, [off], "09:30:00", at("12:00:00"));

  test("silences the device alone, with a last word", () => {
    const silent = (device: string) =>
      heard.entries.filter(
        (one) => one.device === device && one.time > off.from && one.time < at("11:00:30"),
      );
    expect(silent("K-1/f1")).toEqual([]);
    expect(silent("K-1/g1").length).toBeGreaterThan(50);
    expect(heardOf(heard, "warmcity.device.died").map(({ time }) => time)).toEqual([off.from]);
  });

  test("ends with a new boot, a birth and sequences from 1", () => {
    const [born] = heardOf(heard, "warmcity.device.born");
    const before = heard.entries.find(({ device }) => device === "K-1/f1")!;
    const after = heard.entries.filter(({ device, time }) => device === "K-1/f1" && time > off.from);
    expect(born).toMatchObject({ time: off.to, event: { sequence: 1 } });
    expect(after[0]).toMatchObject({ sequence: 2, boot: born!.event.bootid });
    expect(after[0]!.boot).not.toBe(before.boot);
    expect(truth).toMatchObject([{ code: "O01", from: off.from, to: off.to }]);
  });

  test("that is over before the run begins is forgotten", () => {
    const later = run(kitchen, [off], "11:30:00", at("11:40:00"));
    expect(later.heard.entries.find(({ device }) => device === "K-1/f1")).toMatchObject({ sequence: 1 });
    expect(later.truth).toEqual([]);
  });
});

describe("gateway-cut", () => {
  const cut: Incident = { kind: "gateway-cut", kitchen: "K-1", from: at("10:00:00"), to: at("12:00:00") };
  const { heard } = run(kitchen, [cut], "09:30:00", at("13:00:00"));
  const fridge = heard.entries.filter(({ device }) => device === "K-1/f1");

  test("loses nothing: what was stored comes afterwards, in order and twenty times as fast", () => {
    const sequences = fridge.map(({ sequence }) => sequence);
    expect([...sequences].sort((a, b) => a - b)).toEqual(sequences.map((_, i) => i + 1));
    const stored = fridge.filter(({ time }) => time > cut.from + MINUTE_MS && time < cut.to);
    expect(stored).toHaveLength(119);
    expect(
      stored.every(({ receivedAt }) => receivedAt >= cut.to && receivedAt < cut.to + 10 * MINUTE_MS),
    ).toBe(true);
    expect(stored.every(({ source }) => source === "/gateways/K-1/gw")).toBe(true);
  });

  test("keeps the events of its devices, too", () => {
    const doors = heardOf(heard, "warmcity.door").filter(({ time }) => time > cut.from && time < cut.to);
    expect(doors.every(({ receivedAt }) => receivedAt >= cut.to)).toBe(true);
  });

  test("is none of the cameras' business", () => {
    const camera = heard.entries.filter(({ device }) => device === "K-1/c1");
    expect(Math.max(...camera.map(({ time, receivedAt }) => receivedAt - time))).toBeLessThan(2 * MINUTE_MS);
  });
});

describe("clock-skew (SC10)", () => {
  const skew: Incident = {
    kind: "clock-skew",
    kitchen: "K-1",
    from: at("09:00:00"),
    to: at("12:00:00"),
    offsetMs: 47 * MINUTE_MS,
  };
  const { heard, truth } = run(kitchen, [skew], "08:30:00", at("13:00:00"));

  test("sets the times of all sensors ahead, while messages arrive as ever", () => {
    const ahead = heard.entries.filter(
      ({ device, receivedAt }) =>
        device !== "K-1/c1" && receivedAt > skew.from + 1_000 && receivedAt < skew.to,
    );
    const offsets = ahead.map(({ time, receivedAt }) => Math.round((time - receivedAt) / MINUTE_MS));
    expect(new Set(offsets)).toEqual(new Set([47]));
    expect(truth).toMatchObject([{ code: "O05", asset: "gateway:K-1" }]);
  });

  test("repeats device times after it is set right, with ever new sequences", () => {
    const fridge = heard.entries.filter(({ device }) => device === "K-1/f1");
    const sequences = fridge.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
    const twice = fridge.filter(({ time }) => time > at("12:01:00") && time < at("12:46:00"));
    expect(twice.length).toBe(90);
  });
});

describe("area-cut", () => {
  const city = generateCity({ seed: 2, preset: "full", kitchens: 80 });
  const feeder = city.kitchens[0]!.devices[0]!.feeder!;
  const members = new Set(
    city.kitchens.filter((unit) => unit.devices[0]!.feeder === feeder).map(({ id }) => id),
  );
  const isMember = (device: string) => members.has(device.split("/")[0]!);
  const power: Incident = {
    kind: "area-cut",
    area: { by: "feeder", id: feeder },
    what: "power",
    from: at("14:00:00"),
    to: at("14:36:00"),
    lastTo: at("14:48:00"),
  };

  test("without power leaves a quarter of the sensors speaking and no camera, and warms fridges by 0.04 °C a minute", () => {
    const { heard } = run(city, [power], "13:30:00", at("15:30:00"));
    const during = heard.entries.filter(({ time }) => time > at("14:01:00") && time < at("14:36:00"));
    const sensors = (from: readonly { device: string }[]) =>
      new Set(
        from.map(({ device }) => device).filter((device) => isMember(device) && !/\/(c|w|m)\d/.test(device)),
      );
    const before = heard.entries.filter(({ time }) => time < at("14:00:00"));
    const share = sensors(during).size / sensors(before).size;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.4);
    expect(during.some(({ device }) => isMember(device) && /\/c\d/.test(device))).toBe(false);
    expect(during.some(({ device }) => !isMember(device) && /\/c\d/.test(device))).toBe(true);
    const rises = [...sensors(during)]
      .filter((device) => /\/f\d/.test(device))
      .map((device) => {
        const own = during.filter((entry) => entry.device === device);
        return (own.at(-1)!.value - own[0]!.value) / ((own.at(-1)!.time - own[0]!.time) / MINUTE_MS);
      });
    const mean = rises.reduce((sum, rise) => sum + rise, 0) / rises.length;
    expect(rises.length).toBeGreaterThan(1);
    expect(mean).toBeGreaterThan(0.025);
    expect(mean).toBeLessThan(0.055);
  });

  test("ends with new boots, kitchen by kitchen", () => {
    const { heard, truth } = run(city, [power], "13:30:00", at("15:30:00"));
    const births = heardOf(heard, "warmcity.device.born").map(({ time }) => time);
    expect(Math.min(...births)).toBeGreaterThanOrEqual(at("14:36:00"));
    expect(Math.max(...births)).toBeLessThanOrEqual(at("14:48:00"));
    expect(new Set(births).size).toBeGreaterThan(3);
    expect(truth).toMatchObject([{ code: "O06", asset: `feeder:${feeder}`, kitchen: null }]);
  });

  test("without network stores the sensors' readings and boots nothing anew", () => {
    const isp = city.kitchens[0]!.devices[0]!.isp!;
    const network: Incident = { ...power, area: { by: "isp", id: isp }, what: "network" };
    const { heard } = run(city, [network], "13:30:00", at("13:30:00") + 3 * HOUR_MS);
    expect(heardOf(heard, "warmcity.device.born")).toEqual([]);
    const hit = city.kitchens.find((unit) => unit.devices[0]!.isp === isp)!.id;
    const fridge = heard.entries.filter(({ device }) => device === `${hit}/f1`);
    const sequences = fridge.map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
    expect(sequences.length).toBe(180);
  });
});

describe("area-cut of named kitchens", () => {
  const city = generateCity({ seed: 2, preset: "full", kitchens: 20 });
  const hit = city.kitchens.slice(0, 3).map(({ id }) => id);
  const cut: Incident = {
    kind: "area-cut",
    area: { by: "isp", id: "I-1" },
    what: "power",
    from: at("14:00:00"),
    lastFrom: at("14:10:00"),
    to: at("14:30:00"),
    kitchens: hit,
    battery: 0,
  };

  test("hits exactly them, one after the other", () => {
    const { heard } = run(city, [cut], "13:50:00", at("14:29:00"));
    const lastOf = (kitchen: string) =>
      Math.max(
        ...heard.entries.filter(({ device }) => device.startsWith(`${kitchen}/`)).map(({ time }) => time),
      );
    const ends = hit.map(lastOf);
    expect(Math.min(...ends)).toBeGreaterThan(cut.from - 2 * MINUTE_MS);
    expect(Math.max(...ends)).toBeLessThan(at("14:10:00"));
    expect(new Set(ends).size).toBe(3);
    expect(lastOf(city.kitchens[5]!.id)).toBeGreaterThan(at("14:27:00"));
  });
});

describe("link-flaps", () => {
  const flaps: Incident = {
    kind: "link-flaps",
    kitchens: ["K-1"],
    from: at("10:00:00"),
    to: at("12:00:00"),
    spellMs: [2 * MINUTE_MS, 7 * MINUTE_MS],
  };
  const { heard } = run(kitchen, [flaps], "09:30:00", at("13:00:00"));
  const during = heard.entries.filter(({ receivedAt }) => receivedAt > flaps.from && receivedAt < flaps.to);

  test("let cameras be heard now and then, and no sensor before the line holds again", () => {
    expect(during.every(({ device }) => device === "K-1/c1")).toBe(true);
    expect(during.length).toBeGreaterThan(30);
    expect(during.length).toBeLessThan(90);
  });

  test("lose nothing of the sensors", () => {
    const sequences = heard.entries
      .filter(({ device }) => device === "K-1/f1")
      .map(({ sequence }) => sequence);
    expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, i) => i + 1));
    expect(sequences).toHaveLength(210);
  });
});
