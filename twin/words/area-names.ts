/** What people call the area, person or thing that an alert names by a key (CONTRACT §4, `asset`). */
import { bannerOf, officeOf } from "../city/geography.ts";
import type { Bilingual } from "../events/output-events.ts";

const KINDS: Readonly<Record<string, Bilingual>> = {
  feeder: { zh: "供电线路", en: "feeder" },
  isp: { zh: "网络链路", en: "network segment" },
  street: { zh: "示范街", en: "street" },
  unit: { zh: "单位", en: "kitchen" },
  rider: { zh: "骑手", en: "rider" },
  station: { zh: "配送站", en: "station" },
  gateway: { zh: "网关", en: "gateway" },
};

/** `banner:150602` -> 东胜区; `feeder:F-012` -> 供电线路 F-012; a key of no known kind names itself. */
export function areaName(key: string): Bilingual {
  if (key === "city") return { zh: "全市", en: "city" };
  const cut = key.indexOf(":");
  const [kind, name] = [key.slice(0, Math.max(cut, 0)), key.slice(cut + 1)];
  if (kind === "banner") return named(bannerOf(name), name);
  if (kind === "office") return named(officeOf(name), name);
  const known = KINDS[kind];
  return known === undefined
    ? { zh: key, en: key }
    : { zh: `${known.zh} ${name}`, en: `${known.en} ${name}` };
}

function named(place: { readonly zh: string; readonly en: string } | undefined, code: string): Bilingual {
  return place === undefined ? { zh: code, en: code } : { zh: place.zh, en: place.en };
}
