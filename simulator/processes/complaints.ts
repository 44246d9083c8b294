/** Complaints and tip-offs (DOMAIN §7: 8 to 15 a day), and how the offices answer them: nearly all in time (C01). */

import type { InputData } from "../../twin/events/catalogue.ts";
import { addWorkdays } from "../../twin/kernel/calendar.ts";
import { HOUR_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import type { Dice } from "../dice.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

type Kind = InputData<"warmcity.complaint.filed">["kind"];
type Step = InputData<"warmcity.complaint.handled">["step"];

const PER_DAY = 11.5;
const TOPICS = ["餐具不洁", "食物有异物", "未公示许可证", "价格纠纷", "食物变质"];
const PORTALS = ["12315", "12315", "12345", "app"];
/** Working days within which each has to be answered (DOMAIN R40, R41); the reminder comes so many before the end. */
const CLOCKS = { accept: 7, file: 15 } as const;
const REMIND_WORKDAYS = 2;
/** Answered in the days of the reminder; never answered. */
const LATE = 0.05;
const NEVER = 0.01;

export const complaints = defineProcess({
  name: "complaints",
  planCity({ start, dice, plan }, { city, scale }) {
    const count = dice.poisson(PER_DAY * scale);
    for (let n = 0; n < count; n++) {
      plan(start + Math.floor(dice.between(8, 22) * HOUR_MS), n, dice.int(0, city.kitchens.length - 1));
    }
  },
  act(world, planned) {
    const dice = world.diceOf(planned);
    const portal = dice.pick(PORTALS);
    const kind: Kind = dice.chance(0.2) ? "tip-off" : dice.chance(0.1) ? "mixed" : "complaint";
    const complaint = `${portal}-${planned.time.toString(36)}-${planned.what}`;
    world.say(planned, `/systems/${portal}`, "warmcity.complaint.filed", {
      complaint,
      kind,
      topic: dice.pick(TOPICS),
      person: `p-${dice.uint32().toString(36)}`,
      named: kind === "complaint" || dice.chance(0.5),
    });
    if (kind !== "tip-off") {
      const step = dice.chance(0.85) ? "accepted" : "refused";
      answer(world, planned, { complaint, step, workdays: CLOCKS.accept }, dice);
    }
    if (kind !== "complaint") {
      const step = dice.chance(0.3) ? "filed" : "not-filed";
      answer(world, planned, { complaint, step, workdays: CLOCKS.file }, dice);
    }
  },
});

function answer(
  world: World,
  planned: Readonly<Planned>,
  { complaint, step, workdays }: { complaint: string; step: Step; workdays: number },
  dice: Dice,
): void {
  const day = shanghaiDay(planned.time);
  const lastDay = addWorkdays(day, workdays);
  const draw = world.isFallible(planned.kitchen) ? dice.between(0, 1) : 1;
  const isLate = draw < LATE + NEVER;
  const on = isLate
    ? addWorkdays(lastDay, -dice.int(0, REMIND_WORKDAYS))
    : addWorkdays(day, dice.int(1, workdays - REMIND_WORKDAYS - 1));
  if (isLate) {
    const { id } = world.city.kitchens[planned.kitchen]!;
    const from = startOfShanghaiDay(addWorkdays(lastDay, -REMIND_WORKDAYS));
    const asset = `complaint:${complaint}`;
    world.truth.add({ code: "C01", cause: "complaints", kitchen: id, asset, from, to: null });
  }
  if (draw < NEVER) return;
  const time = startOfShanghaiDay(on) + Math.floor(dice.between(9, 17) * HOUR_MS);
  const office = `/persons/s-${dice.int(1, 400)}`;
  world.say({ ...planned, time }, office, "warmcity.complaint.handled", { complaint, step });
}
