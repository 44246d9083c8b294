/** Deliveries to the kitchens (DOMAIN §7: 13,500 tickets with 54,000 lines a day, 04–10 h). */
import { DAY_MS, endOf, formatDate, HOUR_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import { defineProcess } from "../process.ts";
import { PRODUCTS } from "../products.ts";
import type { World } from "../world.ts";

const TICKETS_PER_DAY = 1.21;
const LINES = { least: 1, most: 7 };
const LINE_MS = 20_000;
/** 27 lines a day (D07). */
const WITHOUT_PAPERS = 0.0005;
/** Share of the lines whose lot is noted, in the full twin and in the baseline. */
const WITH_LOT = { full: 0.95, baseline: 0.7 };

export const goods = defineProcess({
  name: "goods",
  planKitchen({ operates, start, dice, plan }) {
    if (!operates) return;
    for (let ticket = dice.round(TICKETS_PER_DAY) - 1; ticket >= 0; ticket--) {
      const time = start + Math.floor(dice.between(4, 10) * HOUR_MS);
      for (let line = dice.int(LINES.least, LINES.most) - 1; line >= 0; line--) {
        plan(time + line * LINE_MS, ticket * 16 + line);
      }
    }
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    const { id } = world.city.kitchens[kitchen]!;
    const dice = world.diceOf(planned);
    const bought = dice.pick(PRODUCTS);
    const supplier = supplierOf(world, kitchen, dice.int(0, 5));
    const made = shanghaiDay(time) - dice.int(0, Math.max(1, Math.floor(bought.shelfDays / 6)));
    const share = world.density === "full" ? WITH_LOT.full : WITH_LOT.baseline;
    const bestBefore = formatDate(made + bought.shelfDays);
    const lot = dice.chance(share) ? lotOf(supplier, made) : null;
    const papers = !dice.chance(world.isFallible(kitchen) ? WITHOUT_PAPERS : 0);
    if (!papers) {
      const asset = lot === null ? null : `lot:${bought.name}/${lot}`;
      world.truth.add({ code: "D07", cause: "goods", kitchen: id, asset, from: time + DAY_MS, to: null });
    }
    world.say(planned, `/kitchens/${id}`, "warmcity.goods.received", {
      product: bought.name,
      ...(lot === null ? {} : { lot }),
      ...(supplier === null ? {} : { supplier }),
      quantity: Math.round(dice.between(...bought.quantity) * 2) / 2,
      bestBefore: endOf(bestBefore) > time ? bestBefore : formatDate(shanghaiDay(time) + 1),
      papers,
      category: bought.category,
      receipt: `${id}-${formatDate(shanghaiDay(time)).slice(5)}-${Math.floor(what / 16)}`,
    });
  },
});

/** Kitchens that buy one supplier's goods of one day have the same lot. */
export function lotOf(supplier: string | null, made: number): string {
  return `${supplier ?? "X"}-${formatDate(made).slice(2).replaceAll("-", "")}`;
}

/** The n-th of the kitchen's own suppliers; large suppliers have many customers. */
function supplierOf({ city, kitchens }: World, kitchen: number, n: number): string | null {
  const count = city.suppliers.length;
  if (count === 0) return null;
  const draw = ((kitchens.seed[kitchen]! ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0) / 4_294_967_296;
  return city.suppliers[Math.floor(count * draw * draw * draw)]!.id;
}
