/**
 * 员工健康管理 and 培训考核: of each person the health certificate, the newest morning check, whether they are on duty, the
 * training (DOMAIN R24–R26). People are known by the registry's ids alone; what others may see of them is a status.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import { defineDuty } from "./duty.ts";

/** What was said of a person since the registry was written; what was not said is absent. Times are ms since epoch. */
export interface PersonRecord {
  job?: string;
  /** Does not work here any more. */
  left?: true;
  /** The newest word on the certificate; `validTo` is a date or a time. */
  certificate?: { readonly validTo: string; readonly state: "submitted" | "approved" | "refused" };
  /** The newest certificate that was approved. */
  approved?: string;
  check?: { readonly at: number; readonly normal: boolean };
  /** A medical note after an abnormal check. */
  notedAt?: number;
  onDuty?: true;
  training?: { readonly score: number | null; readonly nextDue: string | null };
}

/** Person -> what is known. */
export interface StaffRecords {
  people: Record<string, PersonRecord>;
}

/** A temperature from here on is abnormal (DOMAIN R25, P). */
const FEVER_C = 37.3;

export const staff = defineDuty<StaffRecords>({
  name: "staff",
  version: 2,
  events: [
    "warmcity.staff.checked",
    "warmcity.staff.clocked-in",
    "warmcity.staff.clocked-out",
    "warmcity.staff.certificate",
    "warmcity.staff.changed",
    "warmcity.training.scored",
    "warmcity.record.filed",
  ],
  initial: () => ({ people: {} }),
  fold({ people }, event) {
    const id = personIn(event);
    if (id === null) return;
    const person = people[id] ?? {};
    people[id] = person;
    note(person, event);
  },
});

function personIn(event: CityEvent): string | null {
  switch (event.type) {
    case "warmcity.staff.checked":
    case "warmcity.staff.clocked-in":
    case "warmcity.staff.clocked-out":
    case "warmcity.staff.certificate":
    case "warmcity.staff.changed":
    case "warmcity.training.scored":
      return event.data.staff;
    case "warmcity.record.filed":
      return event.data.kind === "medical-note" ? (event.data.staff ?? null) : null;
    default:
      return null;
  }
}

function note(person: PersonRecord, event: CityEvent): void {
  switch (event.type) {
    case "warmcity.staff.checked": {
      const { temperature, symptoms } = event.data;
      const normal = (temperature ?? 0) < FEVER_C && (symptoms ?? []).length === 0;
      if ((person.check?.at ?? 0) <= event.time) person.check = { at: event.time, normal };
      return;
    }
    case "warmcity.staff.clocked-in":
      person.onDuty = true;
      return;
    case "warmcity.staff.clocked-out":
      delete person.onDuty;
      return;
    case "warmcity.staff.certificate": {
      const { validTo, state } = event.data;
      person.certificate = { validTo, state };
      if (state === "approved") person.approved = validTo;
      return;
    }
    case "warmcity.staff.changed":
      person.job = event.data.job;
      if (event.data.active) delete person.left;
      else person.left = true;
      return;
    case "warmcity.training.scored":
      person.training = { score: event.data.score ?? null, nextDue: event.data.nextDue ?? null };
      return;
    case "warmcity.record.filed":
      person.notedAt = event.time;
      return;
    default:
      return;
  }
}
