/** What people call the zones of a kitchen. */
import { ZONE_KINDS, type ZoneKind } from "../city/kitchen.ts";
import type { Bilingual } from "../events/output-events.ts";

export const ZONE_NAMES: Readonly<Record<ZoneKind, Bilingual>> = {
  cooking: { zh: "烹饪区", en: "cooking area" },
  "cold-store": { zh: "冷库", en: "cold store" },
  "rte-room": { zh: "专间", en: "ready-to-eat room" },
  prep: { zh: "粗加工区", en: "preparation area" },
  cutting: { zh: "切配区", en: "cutting area" },
  wash: { zh: "洗消间", en: "ware-washing room" },
  serving: { zh: "备餐区", en: "serving area" },
  "sample-store": { zh: "留样间", en: "sample store" },
  warehouse: { zh: "库房", en: "warehouse" },
  receiving: { zh: "收货区", en: "receiving area" },
  waste: { zh: "废弃物区", en: "waste area" },
  dining: { zh: "就餐区", en: "dining room" },
};

/** The name of a zone by its id: a kind, or a kind with a number; any other id names itself. */
export function zoneName(zone: string): Bilingual {
  const kind = ZONE_KINDS.find((known) => zone === known || zone.replace(/-\d+$/, "") === known);
  return kind === undefined ? { zh: zone, en: zone } : ZONE_NAMES[kind];
}
