/** What a citizen may see behind the QR code (食安码): nothing of any person, no lead that nobody has confirmed. */
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";
import type { PublicKitchen } from "../server/answers.ts";
import { licenceEnd } from "./licence-end.ts";
import { isOpenNow } from "./map-state.ts";

/** Conditions of the premises that say nothing of a person. */
const SHOWN: readonly DeviceKind[] = [
  "fridge-temperature",
  "freezer-temperature",
  "room-temperature",
  "room-humidity",
];

export function publicKitchen(city: City, fold: CityFold, index: number): PublicKitchen {
  const { code, name, type, banner, address, licence, devices } = city.kitchens[index]!;
  const state = fold.kitchen(index);
  const first = city.firstDevice[index]!;
  return {
    code,
    name,
    type,
    banner,
    address,
    licence: {
      number: licence.number,
      validTo: licenceEnd(city.kitchens[index]!, state.facts),
      state: state.regions.licence,
    },
    open: isOpenNow(city.kitchens[index]!, state, fold.now),
    color: state.regions.colour,
    index: fold.rating.indexOf(index)?.index ?? null,
    conditions: devices.flatMap(({ kind }, offset) => {
      if (!SHOWN.includes(kind)) return [];
      const { value, at } = fold.devices.valueOf(first + offset);
      const known = !Number.isNaN(value);
      return [
        {
          kind,
          unit: deviceKind(kind).unit,
          value: known ? value : null,
          lastAt: known ? formatTime(at) : null,
        },
      ];
    }),
  };
}
