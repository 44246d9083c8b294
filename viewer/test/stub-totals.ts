import { type CityTotals, MAP_STATES, type MapState } from "../../stream/wire.ts";
import type { City } from "../../twin/city/city.ts";
import { banners } from "../../twin/city/geography.ts";
import type { StubAlerts } from "./stub-alerts.ts";

export function stubTotals(city: City, states: Uint8Array, alerts: StubAlerts, position: number): CityTotals {
  const count = (of: (index: number) => boolean): Record<MapState, number> => {
    const counts = { normal: 0, L4: 0, L3: 0, L2: 0, L1: 0, offline: 0, closed: 0, never: 0 };
    states.forEach((state, index) => {
      if (of(index)) counts[MAP_STATES[state]!]++;
    });
    return counts;
  };
  const openAlerts = { L1: 0, L2: 0, L3: 0, L4: 0 };
  for (const { level } of alerts.all) openAlerts[level]++;
  const known = city.devices.length;
  return {
    time: Date.now(),
    position,
    kitchens: states.length,
    byState: count(() => true),
    byBanner: banners.map(({ code }) => {
      const byState = count((index) => city.kitchens[index]!.banner === code);
      return { banner: code, kitchens: Object.values(byState).reduce((a, b) => a + b, 0), byState };
    }),
    openAlerts,
    devices: { known, online: Math.round(known * 0.957) },
  };
}
