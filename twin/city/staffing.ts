/** The people of one generated kitchen, with the dates to which their health certificate and training hold. */
import type { Random } from "../kernel/random.ts";
import { formatDate } from "../kernel/time.ts";
import type { Job, KitchenType, StaffMember } from "./kitchen.ts";
import { unitProfiles } from "./unit-profiles.ts";

/** Units that must have a food-safety director beside the officer (DOMAIN R32). */
const DIRECTOR_FROM_STAFF = 20;
const CERTIFICATE_DAYS = 365;
/** People renew in time: few certificates of a city picked at random stand in their last 30 days. */
const LATE_SHARE = 0.005;
const NOTICE_DAYS = 30;

const dates = new Map<number, string>();

/** `YYYY-MM-DD` of a day number; one string per day, however many people share it. */
export function dateText(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const text = formatDate(day);
  dates.set(day, text);
  return text;
}

export interface StaffingOf {
  readonly kitchen: string;
  readonly type: KitchenType;
  readonly people: number;
  /** The kitchen has a room for ready-to-eat food. */
  readonly rte: boolean;
  /** Day number of the present. */
  readonly today: number;
}

export function staffKitchen(of: StaffingOf, random: Random): StaffMember[] {
  const trainingDays = unitProfiles[of.type].canteen ? 182 : 365;
  return jobsOf(of).map((job, i) => ({
    id: `${of.kitchen}/s${i + 1}`,
    job,
    certificateValidTo: dateText(of.today + certificateDays(random)),
    trainingDue: dateText(of.today + random.int(1, trainingDays)),
  }));
}

/** Days that a certificate still holds. */
function certificateDays(random: Random): number {
  return random.chance(LATE_SHARE)
    ? random.int(1, NOTICE_DAYS)
    : random.int(NOTICE_DAYS + 1, CERTIFICATE_DAYS);
}

/** Owner first, then officer and director where there are enough people, then the floor and the kitchen by thirds. */
function jobsOf({ people, rte, type }: StaffingOf): Job[] {
  const jobs: Job[] = ["owner"];
  if (people >= 3) jobs.push("officer");
  if (people >= DIRECTOR_FROM_STAFF) jobs.push("director");
  const rteCooks = rte ? Math.max(1, Math.round(people * 0.08)) : 0;
  for (let n = 0; n < rteCooks && jobs.length < people; n++) jobs.push("rte");
  const line = LINE_UP[unitProfiles[type].canteen ? "canteen" : "restaurant"];
  for (let n = 0; jobs.length < people; n++) jobs.push(line[n % line.length]!);
  return jobs;
}

const LINE_UP: { readonly [K in "canteen" | "restaurant"]: readonly Job[] } = {
  canteen: ["cook", "wash", "cook", "server"],
  restaurant: ["cook", "server", "wash", "cook", "server", "cashier", "server"],
};
