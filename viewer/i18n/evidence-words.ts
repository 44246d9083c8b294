/** What alerts are about and rest on, in the reader's language. */
import { areaName } from "../../twin/words/area-names.ts";
import type { Alert, DeviceNow } from "../live/wire-types.ts";
import type { Lang } from "./dictionary.ts";
import { deviceName, zoneName } from "./enum-labels.ts";

type Cause = Alert["because"][number];

/** The English summary stands in where a cause brings no text of its own. */
export function causeText({ summary, text }: Cause, lang: Lang): string {
  return capital(text?.[lang] ?? summary);
}

/** The cause that says most about how it stands now: the newest. */
export function newestCause({ because }: Alert): Cause | undefined {
  let newest = because[0];
  for (const cause of because) if (newest === undefined || cause.time >= newest.time) newest = cause;
  return newest;
}

/** `冷藏温度 · 冷库 · f1`; an area by its name; "" = the kitchen as a whole. `devices` = those of its kitchen. */
export function assetText({ asset, kitchen }: Alert, devices: readonly DeviceNow[], lang: Lang): string {
  if (asset === null) return "";
  const device = devices.find(({ id }) => id === asset);
  if (device !== undefined) {
    const where = device.zone === null ? [] : [zoneName(device.zone, lang)];
    return [deviceName(device.kind, lang), ...where, shortId(asset)].join(" · ");
  }
  if (kitchen !== null && asset.startsWith(`zone:${kitchen}/`)) return zoneName(shortId(asset), lang);
  return capital(areaName(asset)[lang]);
}

/** `f1` of `K-00001/f1` */
export function shortId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
