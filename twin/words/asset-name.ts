/**
 * What people call the asset of an alert (CONTRACT §4, `asset`), inside its kitchen: 烹饪区, fridge-1, an area. People are
 * named by their number in the kitchen only (SCENARIOS I10).
 */
import type { Bilingual } from "../events/output-events.ts";
import { areaName } from "./area-names.ts";
import { zoneName } from "./zone-names.ts";

/** `kitchen`: its id, `null` for what belongs to no one kitchen. */
export function assetName(asset: string, kitchen: string | null): Bilingual {
  const inside = kitchen === null ? "" : `${kitchen}/`;
  if (inside !== "" && asset.startsWith(inside)) return same(asset.slice(inside.length));
  const [kind = "", ...rest] = asset.split(":");
  const name = rest.join(":");
  const own = inside !== "" && name.startsWith(inside) ? name.slice(inside.length) : name;
  switch (kind) {
    case "zone":
      return zoneName(own);
    case "staff":
      return { zh: `员工 ${own}`, en: `staff ${own}` };
    case "lot":
      return { zh: `批次 ${own}`, en: `lot ${own}` };
    case "place":
      return { zh: `地点 ${own}`, en: `place ${own}` };
    default:
      return areaName(asset);
  }
}

function same(text: string): Bilingual {
  return { zh: text, en: text };
}
