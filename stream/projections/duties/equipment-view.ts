/** The equipment ledger of a kitchen: each device with its last repair, calibration and replacement; pests, oil, cleaning. */
import type { City } from "../../../twin/city/city.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { EquipmentView } from "../../server/duty-answers.ts";

export function equipmentView(city: City, fold: CityFold, index: number): EquipmentView {
  const state = fold.duties.books.equipment.stateOf(index);
  const said = (time: number | undefined) => (time === undefined ? null : formatTime(time));
  const first = city.firstDevice[index]!;
  return {
    devices: city.kitchens[index]!.devices.map(({ id, kind }, offset) => {
      const work = state?.maintained[first + offset];
      return {
        device: id,
        kind,
        repairedAt: said(work?.repair),
        calibratedAt: said(work?.calibration),
        replacedAt: said(work?.replacement),
      };
    }),
    pestControlAt: said(state?.care["pest-control"]),
    oilChangedAt: said(state?.care["oil-change"]),
    cleanedAt: said(state?.care.cleaning),
  };
}
