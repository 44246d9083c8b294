/** Deliveries to the kitchens (DOMAIN §7: 13,500 tickets with 54,000 lines a day, 04–10 h), used up the same day. */
import { DAY_MS, endOf, formatDate, HOUR_MS, MINUTE_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { blend } from "../dice.ts";
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
/** `what` = ticket x 16 + line, and this when the line is taken out of the store. */
const ISSUED = 1_024;

export const goods = defineProcess({
  name: "goods",
  planKitchen({ operates, seed, start, dice, plan }) {
    if (!operates) return;
    for (let ticket = dice.round(TICKETS_PER_DAY) - 1; ticket >= 0; ticket--) {
      const time = start + Math.floor(dice.between(4, 10) * HOUR_MS);
      for (let line = dice.int(LINES.least, LINES.most) - 1; line >= 0; line--) {
        const what = ticket * 16 + line;
        const received = time + line * LINE_MS;
        plan(received, what);
        plan(received + storedFor(seed, what), what + ISSUED);
      }
    }
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    const { id } = world.city.kitchens[kitchen]!;
    if (what < ISSUED) {
      receive(world, planned, id);
      return;
    }
    const receipt = what - ISSUED;
    const received = time - storedFor(world.kitchens.seed[kitchen]!, receipt);
    if (world.goesOn && received < world.from) return;
    const { product, lot, quantity } = lineOf(world, { ...planned, time: received, what: receipt });
    if (lot !== null) {
      world.say(planned, `/kitchens/${id}`, "warmcity.goods.issued", { product, lot, quantity });
    }
  },
});

/** How long a line stays in the store: known without a look at its receipt, so that the receipt can be found again. */
function storedFor(seed: number, what: number): number {
  return 2 * HOUR_MS + (blend(seed, what, 0x73746f72) % 600) * MINUTE_MS;
}

function receive(world: World, planned: Readonly<Planned>, id: string): void {
  const { time, kitchen } = planned;
  const { lot, papers, supplier, ...line } = lineOf(world, planned);
  if (!papers) {
    const asset = lot === null ? `receipt:${ticketOf(id, planned)}` : `lot:${line.product}/${lot}`;
    const { id: unit } = world.city.kitchens[kitchen]!;
    world.truth.add({ code: "D07", cause: "goods", kitchen: unit, asset, from: time + DAY_MS, to: null });
  }
  world.say(planned, `/kitchens/${id}`, "warmcity.goods.received", {
    ...line,
    ...(lot === null ? {} : { lot }),
    ...(supplier === null ? {} : { supplier }),
    papers,
    receipt: ticketOf(id, planned),
  });
}

function ticketOf(kitchen: string, { time, what }: Readonly<Planned>): string {
  return `${kitchen}-${formatDate(shanghaiDay(time)).slice(5)}-${Math.floor(what / 16)}`;
}

/** What a receipt's line is about. */
function lineOf(world: World, receipt: Readonly<Planned>) {
  const { kitchen, time } = receipt;
  const dice = world.diceOf(receipt);
  const bought = dice.pick(PRODUCTS);
  const supplier = supplierOf(world, kitchen, dice.int(0, 5));
  const made = shanghaiDay(time) - dice.int(0, Math.max(1, Math.floor(bought.shelfDays / 6)));
  const bestBefore = formatDate(made + bought.shelfDays);
  const noted = dice.chance(world.density === "full" ? WITH_LOT.full : WITH_LOT.baseline);
  return {
    product: bought.name,
    lot: noted ? lotOf(supplier, made) : null,
    supplier,
    quantity: Math.round(dice.between(...bought.quantity) * 2) / 2,
    bestBefore: endOf(bestBefore) > time + DAY_MS ? bestBefore : formatDate(shanghaiDay(time) + 1),
    category: bought.category,
    papers: !dice.chance(world.isFallible(kitchen) ? WITHOUT_PAPERS : 0),
  };
}

/** Kitchens that buy one supplier's goods of one day have the same lot. */
function lotOf(supplier: string | null, made: number): string {
  return `${supplier ?? "X"}-${formatDate(made).slice(2).replaceAll("-", "")}`;
}

/** The n-th of the kitchen's own suppliers; large suppliers have many customers. */
function supplierOf({ city, kitchens }: World, kitchen: number, n: number): string | null {
  const count = city.suppliers.length;
  if (count === 0) return null;
  const draw = ((kitchens.seed[kitchen]! ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0) / 4_294_967_296;
  return city.suppliers[Math.floor(count * draw * draw * draw)]!.id;
}
