/** The small city of the crash trials, and what goes wrong in it: something of nearly every rule within two hours. */
import type { Incident } from "../simulator/incidents.ts";
import type { City } from "../twin/city/city.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import { minutes } from "../twin/kernel/time.ts";

const KITCHENS = 24;

export function crashCity(): City {
  return generateCity({ seed: 5, preset: "full", kitchens: KITCHENS });
}

/** Incidents that begin at `from`, ms since epoch; meant for a run of 100 minutes or more, begun in the morning. */
export function troublesOf(city: City, from: number): Incident[] {
  const at = (minute: number) => from + minutes(minute);
  const device = (kind: DeviceKind, nth = 0) => city.devices.filter((one) => one.kind === kind)[nth]!.id;
  const kitchen = (nth: number) => city.kitchens[nth]!.id;
  return [
    ...coldTroubles(device, at),
    ...cameraTroubles(device, at),
    ...connectionTroubles(city, device, at),
    {
      kind: "gas-release",
      device: device("gas"),
      steps: [
        [at(26), 12],
        [at(27), 22],
        [at(28), 31],
      ],
      until: at(34),
    },
    { kind: "infrared", device: device("rodent-infrared"), at: at(41), triggers: 2 },
    ...goodsTroubles(kitchen, at),
    {
      kind: "illness",
      kitchen: kitchen(6),
      reports: [20, 24, 66].map((minute, i) => ({
        at: at(minute),
        person: `guest-${i}`,
        ate: "2026-06-01T12:00:00+08:00",
        symptoms: ["vomiting"],
        hospital: false,
        people: 1,
      })),
    },
    {
      kind: "seal-breaches",
      kitchens: [kitchen(8), kitchen(9), kitchen(10)],
      station: "st-1",
      riders: ["r-1", "r-2"],
      platform: "p-1",
      from: at(30),
      to: at(60),
      orders: 40,
      breaches: 9,
    },
    { kind: "closing", kitchen: kitchen(13), from: at(45), to: at(75), declared: true },
  ];
}

type DeviceOf = (kind: DeviceKind, nth?: number) => string;
type At = (minute: number) => number;

function coldTroubles(device: DeviceOf, at: At): Incident[] {
  const failure = { kind: "cold-failure", ambient: 24 } as const;
  return [
    {
      ...failure,
      device: device("fridge-temperature"),
      at: at(4),
      slopePerMin: 0.8,
      repairAt: at(60),
      recoveryPerMin: 1,
    },
    { ...failure, device: device("fridge-temperature", 9), at: at(30), slopePerMin: 0.5, repairAt: null },
    { ...failure, device: device("freezer-temperature", 3), at: at(8), slopePerMin: 1.2, repairAt: at(70) },
  ];
}

function cameraTroubles(device: DeviceOf, at: At): Incident[] {
  const hits = (minutesOf: readonly number[]) =>
    minutesOf.map((minute) => ({ at: at(minute), confidence: 0.91, lastedMs: 4_000 }));
  return [
    { kind: "camera-view", camera: device("camera", 2), state: "covered", from: at(22), to: at(39) },
    { kind: "camera-view", camera: device("camera", 2), state: "covered", from: at(50), to: at(55) },
    {
      kind: "camera-hits",
      camera: device("camera", 20),
      class: "no_hat",
      hits: hits([23, 23.2, 25, 47, 47.3, 80]),
    },
    { kind: "camera-hits", camera: device("camera", 31), class: "rat", hits: hits([21, 43]) },
    { kind: "camera-hits", camera: device("camera", 40), class: "pet", hits: hits([29, 29.5, 58]) },
  ];
}

function connectionTroubles(city: City, device: DeviceOf, at: At): Incident[] {
  const banners = city.kitchens.map(({ banner }) => banner);
  const largest = banners.sort((a, b) => countOf(banners, b) - countOf(banners, a) || (a < b ? -1 : 1))[0]!;
  return [
    { kind: "device-off", device: device("camera", 50), from: at(10), to: at(64) },
    { kind: "device-off", device: device("camera", 55), from: at(40), to: null, warned: true },
    { kind: "gateway-cut", kitchen: city.kitchens[15]!.id, from: at(33), to: at(52) },
    { kind: "clock-skew", kitchen: city.kitchens[17]!.id, from: at(15), to: at(38), offsetMs: minutes(5) },
    {
      kind: "area-cut",
      area: { by: "banner", id: largest },
      what: "network",
      from: at(68),
      to: at(80),
      lastTo: at(83),
    },
  ];
}

function countOf(items: readonly string[], item: string): number {
  return items.filter((other) => other === item).length;
}

function goodsTroubles(kitchen: (nth: number) => string, at: At): Incident[] {
  const lot = { product: "milk", lot: "L7", supplier: "S-001", quantity: 12, papers: true };
  const receive = (nth: number, minute: number): Incident => ({
    kind: "goods",
    kitchen: kitchen(nth),
    at: at(minute),
    step: "received",
    data: { ...lot, category: "dairy" },
  });
  return [
    receive(1, 6),
    receive(2, 7),
    receive(3, 9),
    { kind: "goods", kitchen: kitchen(2), at: at(15), step: "returned", data: { ...lot, category: "dairy" } },
    { kind: "recall", at: at(37), data: { recall: "R-1", class: 1, product: "milk", lots: ["L7"] } },
    receive(4, 62),
  ];
}
