/** What silence and wrong clocks deserve (DOMAIN §5.2, O01, O05, O06), as the periods of the devices have it. */
import type { City } from "../../twin/city/city.ts";
import { whenOpenFor } from "../../twin/kernel/calendar.ts";
import { DAY_MS, hours, MINUTE_MS, minutes } from "../../twin/kernel/time.ts";
import type { Rung } from "../truth.ts";
import type { World } from "../world.ts";

const ALERT_AFTER_MS = minutes(30);
/** A camera is silent after this, a sensor after three of its periods. */
const CAMERA_SILENT_MS = minutes(3);
const PERIODS = 3;
/** What a device says when it comes back is on its way for so long. */
const SLACK_MS = MINUTE_MS;

interface Off {
  readonly from: number;
  readonly to: number | null;
  readonly warned: boolean;
}

/** A device that was never heard in the run is not offline; one that speaks only of what happens is never silent. */
export function silenceRungs(world: World, device: number, { from, to, warned }: Off): Rung[] {
  const { kind, reportEveryMs } = world.city.devices[device]!;
  if (from < world.from || reportEveryMs === null) return [];
  const kitchen = world.city.kitchens[world.city.kitchenOfDevice[device]!]!;
  const silentMs = kind === "camera" ? CAMERA_SILENT_MS : PERIODS * reportEveryMs;
  // Its last word was up to a period before, and it may be told by itself or by the broker that it is gone.
  const first = warned ? from : from + silentMs - reportEveryMs;
  const last = warned ? from : from + silentMs;
  const [earliest, latest] = [first, last].map((since) => whenOpenFor(kitchen, since, ALERT_AFTER_MS));
  if (earliest == null || latest == null) return [];
  const end = to ?? Number.POSITIVE_INFINITY;
  if (earliest > end + SLACK_MS) return [];
  // Its last word may have been lost on the way, and a message before the boot, too.
  const mild: Rung = { level: "L4", earliest, latest: latest + SLACK_MS, sure: latest + SLACK_MS < end };
  const [graveFrom, graveTo] = [
    Math.max(earliest, first + DAY_MS),
    Math.max(latest, last + DAY_MS) + SLACK_MS,
  ];
  if (graveFrom > end + SLACK_MS) return [mild];
  return [mild, { level: "L3", earliest: graveFrom, latest: graveTo, sure: graveTo < end }];
}

const SKEWED_MESSAGES = 10;

/** Ten messages of the gateway in a row whose times are off. */
export function skewRungs(
  { city, from: heardFrom }: World,
  kitchen: number,
  begun: number,
  to: number,
): Rung[] {
  const from = Math.max(begun, heardFrom);
  const perMs = devicesOf(city, kitchen)
    .filter(({ kind }) => kind !== "camera")
    .reduce((sum, { reportEveryMs }) => sum + (reportEveryMs === null ? 0 : 1 / reportEveryMs), 0);
  if (perMs === 0) return [];
  const latest = from + 2 * Math.ceil(SKEWED_MESSAGES / perMs) + minutes(10);
  return [{ level: "L4", earliest: from, latest, sure: latest < to }];
}

const OUTAGE = { kitchens: 5, devices: 20, noticedMs: minutes(20), lastsMs: hours(0.5) };

/** An area has to have so many kitchens and devices to be one (CONTRACT §8.4). */
export function outageRungs(
  { city, from: heardFrom }: World,
  kitchens: readonly number[],
  from: number,
  to: number,
): Rung[] {
  if (from < heardFrom) return [];
  const devices = kitchens
    .flatMap((kitchen) => devicesOf(city, kitchen))
    .filter((one) => one.reportEveryMs !== null);
  if (kitchens.length < OUTAGE.kitchens || devices.length < OUTAGE.devices) return [];
  // What counts as its devices is not what hangs on its line alone: near the least, either is right.
  const isLarge = devices.length >= 2 * OUTAGE.devices && to - from >= OUTAGE.lastsMs;
  return [{ level: "L2", earliest: from, latest: from + OUTAGE.noticedMs, sure: isLarge }];
}

function devicesOf({ devices, firstDevice }: City, kitchen: number) {
  return devices.slice(firstDevice[kitchen], firstDevice[kitchen + 1]);
}
