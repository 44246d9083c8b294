/** What officials plan and do: inspections and cadres' visits (DOMAIN §7: 72 and 180 a working day), a few never (S02). */
import { isWorkday } from "../../twin/kernel/calendar.ts";
import { DAY_MS, formatDate, HOUR_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

const KINDS = [
  { kind: "inspection", perDay: 72, people: 2 },
  { kind: "visit", perDay: 180, people: 1 },
] as const;
/** `what` = number of the duty of that kind and day x 8 + kind x 2, and this when it is done. */
const DONE = 1;
/** Of those planned, never done. */
const FORGOTTEN = 0.004;
const OVERDUE_MS = 7 * DAY_MS;
const ITEMS = ["licence", "health-certificates", "cold-chain", "ware-washing", "pests", "samples"];

export const duties = defineProcess({
  name: "duties",
  planCity({ day, start, dice, plan }, { city, scale }) {
    if (!isWorkday(day)) return;
    KINDS.forEach(({ perDay }, kind) => {
      const count = dice.poisson(perDay * scale);
      for (let n = 0; n < count; n++) {
        const kitchen = dice.int(0, city.kitchens.length - 1);
        const what = n * 8 + kind * 2;
        plan(start + Math.floor(dice.between(7.5, 8.8) * HOUR_MS), what, kitchen);
        plan(start + Math.floor(dice.between(9, 17) * HOUR_MS), what + DONE, kitchen);
      }
    });
  },
  act(world, planned) {
    const { kind, people } = KINDS[Math.floor((planned.what % 8) / 2)]!;
    const day = shanghaiDay(planned.time);
    const duty = `${kind}-${formatDate(day)}-${Math.floor(planned.what / 8)}`;
    if (planned.what % 2 !== DONE) {
      const due = formatDate(day);
      const assignee = personFor(world, planned, kind);
      world.say(planned, "/systems/plan", "warmcity.duty.planned", { duty, kind, due, assignee });
      return;
    }
    const dice = world.diceOf(planned);
    if (world.isFallible(planned.kitchen) && dice.chance(FORGOTTEN)) {
      const { id } = world.city.kitchens[planned.kitchen]!;
      const from = startOfShanghaiDay(day) + OVERDUE_MS;
      world.truth.add({ code: "S02", cause: "duties", kitchen: id, asset: `duty:${duty}`, from, to: null });
      return;
    }
    const found = {
      form: `F-${dice.int(1, 3)}`,
      duty,
      findings: ITEMS.map((item) => ({ item, ok: !dice.chance(0.02) })),
      inspectors: Array.from({ length: people }, () => `s-${dice.int(1, 400)}`),
    };
    const source = `/persons/${personFor(world, planned, kind)}`;
    world.say(planned, source, `warmcity.${kind}.completed`, found);
  },
});

function personFor(world: World, planned: Readonly<Planned>, kind: (typeof KINDS)[number]["kind"]): string {
  if (kind === "visit") return world.city.kitchens[planned.kitchen]!.cadre?.id ?? "b-1";
  return `s-${1 + (world.kitchens.seed[planned.kitchen]! % 400)}`;
}
