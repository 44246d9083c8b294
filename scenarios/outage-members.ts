/** Who hangs on an area key, and since when a device is silent: what the stories ask of outages. */
import type { City } from "../twin/city/city.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { parseTime } from "../twin/kernel/time.ts";

/** Ids of the devices of an area (CONTRACT §4: `city`, `banner:…`, `office:…`, `feeder:…`, `isp:…`). */
export function areaMembers(city: City, area: string): ReadonlySet<string> {
  const [by, id] = area.split(":");
  const members = city.kitchens.flatMap((kitchen) =>
    kitchen.devices.filter((device) => {
      if (by === "city") return true;
      if (by === "banner" || by === "office") return kitchen[by] === id;
      return (by === "feeder" || by === "isp") && device[by] === id;
    }),
  );
  return new Set(members.map((device) => device.id));
}

/** Since when the device of an O01 has been silent, ms since epoch; `null` if it said that it goes. */
export function silentSince({ because }: Alert): number | null {
  const since = because
    .map(({ id }) => /^silent-since-(.+)$/.exec(id)?.[1])
    .find((text) => text !== undefined);
  return since === undefined ? null : parseTime(since);
}
