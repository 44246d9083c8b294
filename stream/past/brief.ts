/** What the city's figures need of one kitchen, or of its area alerts, as a short text: `0 2 2;L3 T01 K-1/fridge-1`. */
import type { Level } from "../../twin/events/fields.ts";
import type { DeviceCount, Firing } from "../projections/city-totals.ts";
import { MAP_STATES, type MapState } from "../wire.ts";

export interface Brief {
  readonly state: MapState;
  readonly devices: DeviceCount;
  readonly firing: readonly Firing[];
}

const LEVELS: readonly Level[] = ["L1", "L2", "L3", "L4"];

export function briefText({ state, devices, firing }: Brief): string {
  const head = `${MAP_STATES.indexOf(state)} ${devices.known} ${devices.online}`;
  return [head, ...firing.map(({ level, code, asset }) => `${level} ${code} ${asset ?? ""}`)].join(";");
}

/** Throws a RangeError for a text that is none. */
export function readBrief(text: string): Brief {
  const [head = "", ...firing] = text.split(";");
  const [state, known, online] = head.split(" ").map(Number);
  const shown = MAP_STATES[state ?? -1];
  if (shown === undefined || known === undefined || online === undefined)
    throw new RangeError(`Cannot read what was kept of a kitchen: "${text}"`);
  return { state: shown, devices: { known, online }, firing: firing.map(readFiring) };
}

function readFiring(text: string): Firing {
  const [level = "", code = "", ...asset] = text.split(" ");
  const known = LEVELS.find((one) => one === level);
  if (known === undefined) throw new RangeError(`Cannot read what was kept of an alert: "${text}"`);
  const about = asset.join(" ");
  return { level: known, code, asset: about === "" ? null : about };
}
