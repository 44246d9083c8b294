/**
 * What a kitchen shows, and what it would need to. Disclosure (晒环境、晒管理、晒食材、晒后厨): what guests should find behind
 * the code, and whether it is there. Entry (准入准营): the conditions that the programme names; advice, not binding in law.
 */
import type { City } from "../../../twin/city/city.ts";
import { type ZoneKind, zoneKindOf } from "../../../twin/city/kitchen.ts";
import { shanghaiDay } from "../../../twin/kernel/time.ts";
import { ONLINE } from "../../detectors/absence.ts";
import { receiptsIn } from "../../duties/receipts.ts";
import type { CityFold } from "../../fold.ts";
import type { Checklist } from "../../server/duty-answers.ts";
import { dailyCheck } from "./self-control-view.ts";

export function disclosure(city: City, fold: CityFold, index: number): Checklist {
  const { licence, address, devices } = city.kitchens[index]!;
  const first = city.firstDevice[index]!;
  const isOnline = (kind: RegExp) =>
    devices.some((one, i) => kind.test(one.kind) && fold.devices.connectionOf(first + i) === ONLINE);
  const yesterday = dailyCheck(city, fold, index, shanghaiDay(fold.now) - 1);
  const receipts = receiptsIn(fold.duties.books.receipts.stateOf(index));
  return [
    { item: "licence", ok: licence.number !== null && fold.kitchen(index).regions.licence !== "revoked" },
    { item: "address", ok: address !== null },
    { item: "environment", ok: isOnline(/^(fridge|freezer|room)-/) },
    { item: "management", ok: ["zero-risk", "done", "closed"].includes(yesterday) },
    { item: "ingredients", ok: receipts.some(({ papers }) => papers === true) },
    { item: "kitchen-camera", ok: isOnline(/^camera$/) },
  ];
}

/** Zones that cameras must show (明厨亮灶 2018), where the kitchen has them. */
const MUST_SHOW: readonly ZoneKind[] = ["cooking", "rte-room", "wash"];

export function entryChecklist(city: City, fold: CityFold, index: number): Checklist {
  const kitchen = city.kitchens[index]!;
  const { licence } = fold.kitchen(index).regions;
  const shown = new Set(
    kitchen.devices.flatMap(({ kind, zone }) =>
      kind === "camera" && zone !== null ? [zoneKindOf(kitchen, zone)] : [],
    ),
  );
  const wanted = MUST_SHOW.filter((zone) => kitchen.zones.some(({ kind }) => kind === zone)).filter(
    (zone) => zone !== "wash" || kitchen.tableware === "own",
  );
  const officers = kitchen.staff.some(({ job }) => job === "officer" || job === "director");
  return [
    { item: "licence", ok: licence === "valid" || licence === "expiring" || licence === "pending" },
    { item: "connected", ok: kitchen.connect === "online" },
    ...wanted.map((zone) => ({ item: `camera:${zone}`, ok: shown.has(zone) })),
    { item: "safety-officer", ok: officers },
    { item: "cadre", ok: kitchen.cadre !== null },
  ];
}
