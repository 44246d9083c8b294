/** Mobile banquet caterers: the banquet is filed in the night before, and while it is held their vehicle says where it is. */
import { formatTime, MINUTE_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { beginIncident } from "../effects/begin-incident.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

/** `what`: the filing, or a position. */
const [FILED, POSITION] = [0, 1];
const POSITION_EVERY_MS = 5 * MINUTE_MS;
/** Banquets to which many more come than were filed (our guess). */
const GROWN_SHARE = 0.02;

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
        if (world.faults.has("routed", gps, time)) continue;
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
  const { id, opens, capacity } = world.city.kitchens[planned.kitchen]!;
  const dice = world.diceOf(planned);
  const room = capacity ?? 300;
  const [first, last] = [opens[0], opens.at(-1)];
  if (first === undefined || last === undefined) return;
  const midnight = startOfShanghaiDay(shanghaiDay(planned.time));
  const data = {
    banquet: `BQ-${id}-${planned.time.toString(36)}`,
    heads: Math.floor(room * dice.between(0.5, 0.95)),
    filed: true,
    place: { lon: place.lon, lat: place.lat },
    radiusM: 500,
    from: formatTime(midnight + first.fromMs),
    to: formatTime(midnight + last.toMs),
  };
  world.say(planned, `/kitchens/${id}`, "warmcity.banquet.filed", data);
  if (!world.isFallible(planned.kitchen) || !dice.chance(GROWN_SHARE)) return;
  const at = planned.time + dice.int(60, 180) * MINUTE_MS;
  const grown = { ...data, heads: Math.ceil(room * dice.between(1.2, 1.5)) };
  beginIncident(world, { kind: "banquet", kitchen: id, at, data: grown, changed: true, code: "B01" });
}

function near(degrees: number, offset: number): number {
  return Math.round((degrees + offset) * 1e6) / 1e6;
}
