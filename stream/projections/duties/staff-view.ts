/** The staff wall: of each person a status; who it is, and dates, go to officials alone (SC19). */
import type { Principal } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";
import type { Kitchen } from "../../../twin/city/kitchen.ts";
import { DAY_MS, endOf, shanghaiDay } from "../../../twin/kernel/time.ts";
import type { PersonRecord } from "../../duties/staff.ts";
import type { CityFold } from "../../fold.ts";
import type { StaffCounts, StaffStatus } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

/** A certificate is expiring in its last days (D02 reminds then). */
const EXPIRING_MS = 30 * DAY_MS;
const OFFICIALS: readonly Principal["role"][] = ["admin", "S", "Q", "C"];

export function staffView(city: City, fold: CityFold, index: number, { role }: Principal): StaffStatus[] {
  const all = peopleOf(city, fold, index);
  if (OFFICIALS.includes(role)) return all;
  return all.map((one) => ({ ...one, person: null, certificateValidTo: null }));
}

export function staffCounts(city: City, fold: CityFold, index: number): StaffCounts {
  const all = peopleOf(city, fold, index);
  const countBy = (statusOf: (one: StaffStatus) => string) => {
    const counts: Record<string, number> = {};
    for (const one of all) counts[statusOf(one)] = (counts[statusOf(one)] ?? 0) + 1;
    return counts;
  };
  return {
    people: all.length,
    certificate: countBy(({ certificate }) => certificate),
    morning: countBy(({ morning }) => morning),
    training: countBy(({ training }) => training),
  };
}

/** Those of the registry and those who came since, without those who left. */
function peopleOf(city: City, fold: CityFold, index: number): StaffStatus[] {
  const kitchen = city.kitchens[index]!;
  const known = fold.duties.books.staff.stateOf(index)?.people ?? {};
  const passPoints = numbersOf(fold, "D06").passPoints ?? 0;
  const ids = new Set([...kitchen.staff.map(({ id }) => id), ...Object.keys(known)]);
  return [...ids]
    .filter((id) => known[id]?.left === undefined)
    .map((id) => statusOf(id, known[id] ?? {}, kitchen, fold.now, passPoints));
}

function statusOf(
  id: string,
  person: PersonRecord,
  kitchen: Kitchen,
  now: number,
  passPoints: number,
): StaffStatus {
  const registered = kitchen.staff.find((one) => one.id === id);
  const validTo = person.approved ?? registered?.certificateValidTo ?? null;
  return {
    person: id,
    certificateValidTo: validTo,
    job: person.job ?? registered?.job ?? "unknown",
    certificate: certificateOf(person, validTo, now),
    morning: morningOf(person, now),
    onDuty: person.onDuty ?? false,
    training: trainingOf(person, registered?.trainingDue ?? null, now, passPoints),
  };
}

function certificateOf(
  { certificate }: PersonRecord,
  validTo: string | null,
  now: number,
): StaffStatus["certificate"] {
  const left = validTo === null ? Number.NEGATIVE_INFINITY : endOf(validTo) - now;
  if (left > EXPIRING_MS) return "valid";
  if (certificate?.state === "submitted") return "renewing";
  if (validTo === null) return "unknown";
  return left > 0 ? "expiring" : "expired";
}

/** Of today: yesterday's check says nothing of this morning. */
function morningOf({ check, notedAt }: PersonRecord, now: number): StaffStatus["morning"] {
  if (check === undefined || shanghaiDay(check.at) !== shanghaiDay(now)) return "not-checked";
  if (check.normal) return "normal";
  return notedAt !== undefined && notedAt >= check.at ? "cleared" : "abnormal";
}

function trainingOf(
  { training }: PersonRecord,
  registered: string | null,
  now: number,
  passPoints: number,
): StaffStatus["training"] {
  if (training !== undefined && training.score !== null && training.score < passPoints) return "failed";
  const due = training?.nextDue ?? registered;
  if (due !== null && endOf(due) <= now) return "overdue";
  return due === null && training === undefined ? "unknown" : "passed";
}
