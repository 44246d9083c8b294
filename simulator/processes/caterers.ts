/** Mobile banquet caterers: the banquet is filed the day before, on the day their vehicle says where it is. */
import { formatTime, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

/** `what`: the filing, or a position. */
const [FILED, POSITION] = [0, 1];
const POSITION_EVERY_MS = 5 * MINUTE_MS;

export const caterers = defineProcess({
  name: "caterers",
  planKitchen({ operates, kitchen, start, opens, dice, plan }) {
    if (!operates || kitchen.type !== "mobile-banquet") return;
    plan(start + dice.int(0, 90) * MINUTE_MS, FILED);
    for (const { from, to } of opens) {
      for (let time = from; time < to; time += POSITION_EVERY_MS) plan(time + dice.int(0, 20_000), POSITION);
    }
  },
  act(world, planned) {
    const { kitchen, time } = planned;
    const unit = world.city.kitchens[kitchen]!;
    const place = unit.permit?.center ?? unit.position;
    if (planned.what === POSITION) {
      const dice = world.diceOf(planned);
      for (const gps of world.devicesOf(kitchen, "gps")) {
        world.uplink.event(gps, "warmcity.position", time, {
          lon: near(place.lon, dice.between(-1e-3, 1e-3)),
          lat: near(place.lat, dice.between(-1e-3, 1e-3)),
        });
      }
      return;
    }
    fileBanquet(world, planned, place);
  },
});

function fileBanquet(
  world: World,
  planned: Readonly<Planned>,
  place: { readonly lon: number; readonly lat: number },
): void {
  const unit = world.city.kitchens[planned.kitchen]!;
  const dice = world.diceOf(planned);
  world.say(planned, `/kitchens/${unit.id}`, "warmcity.banquet.filed", {
    banquet: `BQ-${unit.id}-${planned.time.toString(36)}`,
    heads: Math.floor((unit.capacity ?? 300) * dice.between(0.5, 0.95)),
    filed: true,
    place: { lon: place.lon, lat: place.lat },
    radiusM: 500,
    from: formatTime(planned.time + 4 * HOUR_MS),
    to: formatTime(planned.time + 16 * HOUR_MS),
  });
}

function near(degrees: number, offset: number): number {
  return Math.round((degrees + offset) * 1e6) / 1e6;
}
