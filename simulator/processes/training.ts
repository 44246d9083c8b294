/** Exams (DOMAIN R26, §7: 300 a day): most before they are due, a few too late or failed twice (D06). */

import { unitProfiles } from "../../twin/city/unit-profiles.ts";
import { endOf, formatDate, HOUR_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { blend } from "../dice.ts";
import { defineProcess } from "../process.ts";
import { daysAhead, renewalDay } from "../renewal-day.ts";
import type { World } from "../world.ts";

/** `what` = staff member x 4 + what comes of it. */
const PASSES = 0;
const FAILS_TWICE = 1;
const FORGETS = 2;
/** Exams are taken on the last day or the one before. */
const LEADS = 2;
/** Of a thousand: who forgets it, who fails twice before it is passed. */
const FORGETFUL = 15;
const FAILING = 4;
const AGAIN_MS = 3 * HOUR_MS;
const VALID_DAYS = { canteen: 182, restaurant: 365 };

export const training = defineProcess({
  name: "training",
  planCity({ day, start, dice, plan }, world) {
    const { city, kitchens, from } = world;
    const ahead = daysAhead(day, LEADS);
    const first = shanghaiDay(from);
    city.kitchens.forEach(({ staff }, k) => {
      staff.forEach(({ trainingDue }, person) => {
        const lastDay = trainingDue === null ? undefined : ahead.get(trainingDue);
        if (lastDay === undefined) return;
        const draw = blend(kitchens.seed[k]!, person, 0x6578616d);
        if (renewalDay(lastDay, draw % LEADS, first, draw) !== day) return;
        const time = Math.max(start + Math.floor(dice.between(9, 17) * HOUR_MS), from);
        plan(time, person * 4 + outcomeOf(world, k, draw), k);
      });
    });
  },
  act(world, planned) {
    switch (planned.what % 4) {
      case FORGETS:
        tellTruth(world, planned, endOf(memberOf(world, planned).trainingDue!));
        return;
      case FAILS_TWICE:
        score(world, planned, 55, planned.time);
        score(world, planned, 58, planned.time + AGAIN_MS);
        tellTruth(world, planned, planned.time + AGAIN_MS);
        score(world, planned, 71, planned.time + 2 * AGAIN_MS);
        return;
      default:
        score(world, planned, world.diceOf(planned).int(62, 100), planned.time);
    }
  },
});

function outcomeOf(world: World, kitchen: number, draw: number): number {
  const lot = world.isFallible(kitchen) ? (draw >>> 8) % 1_000 : 1_000;
  if (lot < FORGETFUL) return FORGETS;
  return lot < FORGETFUL + FAILING ? FAILS_TWICE : PASSES;
}

function memberOf({ city }: World, { kitchen, what }: Readonly<Planned>) {
  return city.kitchens[kitchen]!.staff[Math.floor(what / 4)]!;
}

function score(world: World, planned: Readonly<Planned>, points: number, time: number): void {
  const { type } = world.city.kitchens[planned.kitchen]!;
  const valid = unitProfiles[type].canteen ? VALID_DAYS.canteen : VALID_DAYS.restaurant;
  const nextDue = points < 60 ? {} : { nextDue: formatDate(shanghaiDay(time) + valid) };
  const result = { staff: memberOf(world, planned).id, score: points, ...nextDue };
  world.say({ ...planned, time }, "/systems/training", "warmcity.training.scored", result);
}

function tellTruth(world: World, planned: Readonly<Planned>, from: number): void {
  const { id } = world.city.kitchens[planned.kitchen]!;
  const asset = `staff:${memberOf(world, planned).id}`;
  world.truth.add({ code: "D06", cause: "training", kitchen: id, asset, from, to: null });
}
