/**
 * Papers that run out are renewed: licences by the authority in their last two days, health certificates by the clinic
 * one to two months before. What stands in its last days when a run begins is renewed at the last moment, so that every
 * run renews all that it should. Who is reminded meanwhile, and who lets papers run out, is in the truth.
 */
import type { StaffMember } from "../../twin/city/kitchen.ts";
import {
  DAY_MS,
  endOf,
  formatDate,
  HOUR_MS,
  parseDate,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { blend } from "../dice.ts";
import { defineProcess } from "../process.ts";
import { daysAhead, renewalDay } from "../renewal-day.ts";
import type { World } from "../world.ts";
import { shopOf } from "./listings.ts";

/** `what` of a certificate = its staff member's number + 1; with REMINDED added: the reminder is due. */
const LICENCE = 0;
const REMINDED = 100_000;
/** Licences are renewed on the last day or the one before. */
const LICENCE_LEADS = 2;
const REMIND_DAYS = 30;
/** Certificates are renewed this many days before the reminder would come, and up to a month earlier. */
const CERTIFICATE_LEAD = { least: REMIND_DAYS + 1, spread: 30 };
/** Who lets the licence run out and trades on (D01). */
const NEGLECTED = 0.05;
/** One of so many on ready-to-eat work lets the certificate run out and comes to work all the same (D02). */
const LETS_RUN_OUT_ONE_OF = 50;
const LICENCE_DAYS = 1_826;
const TRADES_WITHIN_MS = 4 * DAY_MS;
/** Platforms tell of each shop once a week. */
const SYNCHRONISED_WITHIN_MS = 8 * DAY_MS;

export const renewals = defineProcess({
  name: "renewals",
  planCity({ day, start, dice, plan }, world) {
    const { city, kitchens, from } = world;
    const ahead = daysAhead(day, CERTIFICATE_LEAD.least + CERTIFICATE_LEAD.spread);
    const first = shanghaiDay(from);
    const time = () => Math.max(start + Math.floor(dice.between(9, 17) * HOUR_MS), from);
    const reminds = (lastDay: number) => Math.max(lastDay - REMIND_DAYS, first) === day;
    city.kitchens.forEach(({ licence, staff }, k) => {
      const seed = kitchens.seed[k]!;
      const lastDay = ahead.get(licence.validTo);
      if (lastDay !== undefined) {
        if (lastDay - (seed % LICENCE_LEADS) === day) plan(time(), LICENCE, k);
        if (reminds(lastDay)) plan(Math.max(start, from), REMINDED + LICENCE, k);
      }
      staff.forEach((member, person) => {
        const ends = member.certificateValidTo === null ? undefined : ahead.get(member.certificateValidTo);
        if (ends === undefined) return;
        const draw = blend(seed, person, 0x63657274);
        const lead = CERTIFICATE_LEAD.least + (draw % CERTIFICATE_LEAD.spread);
        const renewed = letsRunOut(world, k, member, draw)
          ? Number.POSITIVE_INFINITY
          : renewalDay(ends, lead, first, draw);
        if (renewed === day) plan(time(), person + 1, k);
        if (member.job === "rte" && renewed >= day && reminds(ends)) {
          plan(Math.max(start, from), REMINDED + person + 1, k);
        }
      });
    });
  },
  act(world, planned) {
    const about = planned.what % REMINDED;
    if (planned.what >= REMINDED) tellReminder(world, planned, about);
    else if (about === LICENCE) renewLicence(world, planned);
    else renewCertificate(world, planned, about - 1);
  },
});

function letsRunOut(world: World, kitchen: number, { job }: StaffMember, draw: number): boolean {
  return job === "rte" && world.isFallible(kitchen) && (draw >>> 8) % LETS_RUN_OUT_ONE_OF === 0;
}

function tellReminder(world: World, { kitchen }: Readonly<Planned>, about: number): void {
  if (!world.isFallible(kitchen)) return;
  const { id, licence, staff } = world.city.kitchens[kitchen]!;
  const member = about === LICENCE ? null : staff[about - 1]!;
  const validTo = member === null ? licence.validTo : member.certificateValidTo!;
  const from = startOfShanghaiDay(shanghaiDay(endOf(validTo) - 1)) - REMIND_DAYS * DAY_MS;
  const code = member === null ? "D01" : "D02";
  const asset = member === null ? null : `staff:${member.id}`;
  // What is in its last days when the run begins is told then, at the level that is due by then.
  const rungs = [{ level: "L4", earliest: from, latest: Math.max(from, world.from), sure: true }] as const;
  world.truth.add({ code, cause: "renewals", kitchen: id, asset, from, to: null, rungs });
}

function renewCertificate(world: World, planned: Readonly<Planned>, person: number): void {
  const { id } = world.city.kitchens[planned.kitchen]!.staff[person]!;
  const validTo = formatDate(shanghaiDay(planned.time) + 365);
  const certificate = { staff: id, validTo, state: "approved" } as const;
  world.say(planned, "/systems/clinic", "warmcity.staff.certificate", certificate);
}

function renewLicence(world: World, planned: Readonly<Planned>): void {
  const { licence, id } = world.city.kitchens[planned.kitchen]!;
  const neglects = world.isFallible(planned.kitchen) && world.diceOf(planned).chance(NEGLECTED);
  if (neglects) {
    const from = endOf(licence.validTo);
    // It trades on, and is seen to, on its next working days.
    const rungs = [{ level: "L2", earliest: from, latest: from + TRADES_WITHIN_MS, sure: true }] as const;
    world.truth.add({ code: "D01", cause: "renewals", kitchen: id, asset: null, from, to: null, rungs });
    // If a platform shows its shop, it shows one without a licence.
    const shown = [
      { level: "L2", earliest: from, latest: from + SYNCHRONISED_WITHIN_MS, sure: false },
    ] as const;
    const asset = `shop:${shopOf(world, planned.kitchen)}`;
    world.truth.add({ code: "W02", cause: "renewals", kitchen: id, asset, from, to: null, rungs: shown });
    return;
  }
  const validTo = formatDate(parseDate(licence.validTo) + LICENCE_DAYS);
  const renewed = { validTo, renewal: "none", state: "valid" } as const;
  world.say(planned, "/systems/licensing", "warmcity.licence.changed", renewed);
}
