/** Papers that run out are renewed in time: licences by the authority, health certificates by the clinic. */
import { endOf, formatDate, HOUR_MS, parseDate, shanghaiDay } from "../../twin/kernel/time.ts";
import { defineProcess } from "../process.ts";

/** `what` of a certificate = its staff member's number + 1. */
const LICENCE = 0;
/** Renewed on the last day or the one before: a run that begins later has not missed it. */
const LEAD_DAYS = 2;
/** Who lets the licence run out and trades on (D01). */
const NEGLECTED = 0.05;
const LICENCE_DAYS = 1_826;

export const renewals = defineProcess({
  name: "renewals",
  planCity({ day, start, dice, plan }, { city, kitchens }) {
    const lastDays = Array.from({ length: LEAD_DAYS }, (_, lead) => formatDate(day + lead));
    const isDue = (validTo: string | null, draw: number) => validTo === lastDays[draw % LEAD_DAYS];
    const time = () => start + Math.floor(dice.between(9, 17) * HOUR_MS);
    city.kitchens.forEach(({ licence, staff }, k) => {
      const seed = kitchens.seed[k]!;
      if (isDue(licence.validTo, seed)) plan(time(), LICENCE, k);
      for (let person = 0; person < staff.length; person++) {
        if (isDue(staff[person]!.certificateValidTo, seed + person)) plan(time(), person + 1, k);
      }
    });
  },
  act(world, planned) {
    const { licence, staff, id } = world.city.kitchens[planned.kitchen]!;
    if (planned.what > LICENCE) {
      const staffId = staff[planned.what - 1]!.id;
      const validTo = formatDate(shanghaiDay(planned.time) + 365);
      world.say(planned, "/systems/clinic", "warmcity.staff.certificate", {
        staff: staffId,
        validTo,
        state: "approved",
      });
      return;
    }
    const neglects = world.isFallible(planned.kitchen) && world.diceOf(planned).chance(NEGLECTED);
    if (neglects) {
      world.truth.add({
        code: "D01",
        cause: "renewals",
        kitchen: id,
        asset: null,
        from: endOf(licence.validTo),
        to: null,
      });
      return;
    }
    const validTo = formatDate(parseDate(licence.validTo) + LICENCE_DAYS);
    world.say(planned, "/systems/licensing", "warmcity.licence.changed", {
      validTo,
      renewal: "none",
      state: "valid",
    });
  },
});
