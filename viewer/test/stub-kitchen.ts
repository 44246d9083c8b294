/** One kitchen in full, and curves of its devices, made up. */
import { MAP_STATES } from "../../stream/wire.ts";
import type { City } from "../../twin/city/city.ts";
import type { StubAlerts } from "./stub-alerts.ts";
import type { StubCases } from "./stub-cases.ts";
import { formatTimeOfDay } from "./stub-clock.ts";

const LEVELS: Readonly<Record<string, readonly [base: number, swing: number, unit: string]>> = {
  "fridge-temperature": [3.8, 0.9, "Cel"],
  "sample-fridge-temperature": [4.4, 0.5, "Cel"],
  "freezer-temperature": [-19, 1.6, "Cel"],
  "hot-holding-temperature": [66, 2, "Cel"],
  "room-temperature": [22.4, 0.8, "Cel"],
  "room-humidity": [48, 5, "%"],
  gas: [0.6, 0.3, "%[LEL]"],
  fume: [0.7, 0.3, "mg/m3"],
  power: [1400, 300, "W"],
  "ice-machine": [-4, 1, "Cel"],
};

export function kitchenDetail(
  city: City,
  index: number,
  states: Uint8Array,
  alerts: StubAlerts,
  cases: StubCases,
) {
  const kitchen = city.kitchens[index]!;
  const own = alerts.of(kitchen.id);
  const now = new Date(Date.now() + 8 * 3_600_000).toISOString().replace("Z", "+08:00");
  const state = MAP_STATES[states[index]!]!;
  return {
    id: kitchen.id,
    code: kitchen.code,
    name: kitchen.name,
    type: kitchen.type,
    banner: kitchen.banner,
    office: kitchen.office,
    address: kitchen.address,
    position: kitchen.position,
    risk: kitchen.risk,
    capacity: kitchen.capacity,
    opens: kitchen.opens.map(({ fromMs, toMs }) => [formatTimeOfDay(fromMs), formatTimeOfDay(toMs)]),
    state,
    color: state === "L1" || state === "L2" ? "red" : state === "L3" ? "amber" : "green",
    licence: kitchen.licence,
    regions: {
      operation: state === "closed" ? "closed" : "open",
      licence: own.some(({ code }) => code === "D01") ? "expired" : "valid",
      connection:
        state === "offline" ? "dark" : own.some(({ code }) => code === "O01") ? "partial" : "online",
      hygiene: own.some(({ code }) => code === "P07") ? "bad" : "good",
      "cold-chain": own.some(({ code }) => code === "T01" || code === "T02") ? "watch" : "good",
      "self-control": own.some(({ code }) => code === "D04") ? "watch" : "good",
      attention: state.startsWith("L") ? state : "none",
      colour: state === "L1" || state === "L2" ? "red" : state === "L3" ? "amber" : "green",
    },
    alerts: own,
    cases: own.map((alert) => cases.ofAlert(alert)),
    devices: kitchen.devices.map((device, i) => {
      const level = LEVELS[device.kind];
      const alert = own.find(({ asset }) => asset === device.id);
      return {
        id: device.id,
        kind: device.kind,
        zone: device.zone,
        online: state !== "offline" && alert?.code !== "O01",
        value:
          alert?.value ??
          (level === undefined
            ? null
            : { number: round(level[0] + level[1] * Math.sin(i * 7)), unit: level[2] }),
        at: now,
      };
    }),
  };
}

export function historyOf(city: City, alerts: StubAlerts, index: number, query: URLSearchParams) {
  const device = query.get("device") ?? "";
  const kind = city.kitchens[index]!.devices.find(({ id }) => id === device)?.kind ?? "";
  const [base, swing, unit] = LEVELS[kind] ?? [4, 1, "Cel"];
  const [from, to, step] = [
    Date.parse(query.get("from") ?? ""),
    Date.parse(query.get("to") ?? ""),
    Number(query.get("stepMs")),
  ];
  const alert = alerts.all.find(({ asset }) => asset === device);
  const since = alert === undefined ? Number.POSITIVE_INFINITY : Date.parse(alert.raisedAt) - 50 * 60_000;
  const points = [];
  for (let time = from; time <= to; time += step) {
    const wave =
      Math.sin(time / 420_000) * 0.55 + Math.sin(time / 91_000) * 0.3 + Math.sin(time / 17_000) * 0.15;
    const lift =
      time < since ? 0 : ((alert?.value?.number ?? base) - base) * Math.min(1, (time - since) / 2_700_000);
    const mean = base + swing * wave + lift;
    points.push({
      time: new Date(time).toISOString(),
      min: round(mean - 0.25),
      mean: round(mean),
      max: round(mean + 0.3),
    });
  }
  return { kitchen: city.kitchens[index]!.id, series: [{ device, unit, points }] };
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
