/** A city of two kitchens for tests: every kind of device once in K-00001, a fridge and a camera in K-00002. */
import { City } from "../../twin/city/city.ts";
import type { Device, Kitchen } from "../../twin/city/kitchen.ts";
import { DEVICE_KINDS, type DeviceKind } from "../../twin/devices/device-kind.ts";
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";

export function smallCity(): City {
  return new City({
    kitchens: [kitchen("K-00001", DEVICE_KINDS), kitchen("K-00002", ["fridge-temperature", "camera"])],
    streets: [],
    suppliers: [],
  });
}

function kitchen(id: string, kinds: readonly DeviceKind[]): Kitchen {
  return {
    id,
    code: `150602-${id.slice(2)}`,
    name: `暖城食堂 ${id}`,
    type: "school",
    banner: "150602",
    office: "150602-03",
    street: null,
    position: { lon: 109.9776, lat: 39.8161 },
    capacity: 700,
    opens: [{ fromMs: 5 * HOUR_MS, toMs: 19 * HOUR_MS }],
    risk: "D",
    address: null,
    calendar: "school",
    meals: [],
    tableware: "own",
    connect: "online",
    cadre: null,
    permit: null,
    licence: { number: null, validTo: "2027-06-30", renewal: null },
    zones: [],
    devices: kinds.map((kind) => device(`${id}/${kind}-1`, `${id}/gw`, kind)),
    staff: [],
  };
}

function device(id: string, gateway: string, kind: DeviceKind): Device {
  return {
    id,
    kind,
    zone: null,
    of: null,
    reportEveryMs: MINUTE_MS,
    gateway,
    feeder: null,
    isp: null,
  };
}
