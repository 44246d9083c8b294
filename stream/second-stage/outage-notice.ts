/** Tells every kitchen with devices in an area that an outage began or ended there, so that it mutes its own O01. */
import type { CityRuleContext } from "./city-rule.ts";

export function tellOutage(
  kind: "outage-began" | "outage-ended",
  area: string,
  parent: string,
  context: CityRuleContext,
): void {
  const { city, areas, now: time, receivedAt, exercise } = context;
  for (let kitchen = 0; kitchen < city.kitchens.length; kitchen++) {
    const devices: number[] = [];
    for (let device = city.firstDevice[kitchen]!; device < city.firstDevice[kitchen + 1]!; device++) {
      if (areas.areasOf(device).includes(area)) devices.push(device);
    }
    if (devices.length === 0) continue;
    context.tell(kitchen, { kind, time, receivedAt, exercise, because: [], area, parent, devices });
  }
}
