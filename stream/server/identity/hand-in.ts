/**
 * What a principal may hand in by `POST /v1/events`. The admin may hand in all that the contract knows. A `source` speaks
 * for the machines of its area; an operator for its own kitchens and their people. Nobody but the admin hands in commands.
 */

import { isInArea, type Principal } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";
import type { EventType } from "../../../twin/events/event.ts";
import type { Fault } from "../../../twin/kernel/fault.ts";
import { type Admitted, eventsIn, type Intake, Sorting } from "../../door/admission.ts";

/** Commands have their own way in, where role and area are looked at. */
const WAYS_OF_COMMANDS: Partial<Record<EventType, string>> = {
  "warmcity.case.command": "POST /v1/cases/{id}/commands",
  "warmcity.list.command": "POST /v1/lists/{list}/commands",
  "warmcity.warning.command": "POST /v1/warnings/{warning}/commands",
};

/** Moves to the refused what is not the principal's to say. */
export function allowedIntake(intake: Intake, principal: Principal, city: City): Intake {
  if (principal.role === "admin") return intake;
  const sorted = new Sorting();
  for (const item of intake.admitted) {
    const fault = handInFault(item, principal, city);
    if (fault === null) sorted.admit(item);
    else sorted.refuse(item.index, [fault], item.kind === "event" ? item.json : "", eventsIn(item));
  }
  const { admitted, refused } = sorted;
  return { ...intake, admitted, refused: [...intake.refused, ...refused] };
}

function handInFault(item: Admitted, principal: Principal, city: City): Fault | null {
  const { area, role } = principal;
  if (item.kind === "columns") {
    if (role === "O") return { pointer: "/type", reason: "is columns, which only gateways send" };
    if (area.kind === "city") return null;
    const kitchens = item.columns.device.map((device) => city.kitchenOfDevice[device] ?? -1);
    return kitchens.every((kitchen) => covers(principal, city, kitchen)) ? null : outside("/data/devices");
  }
  const { type, kitchen } = item.event;
  const way = WAYS_OF_COMMANDS[type];
  if (way !== undefined) return { pointer: "/type", reason: `is a command: it goes to ${way}` };
  if (kitchen < 0) return area.kind === "city" ? null : outside("/subject");
  if (!covers(principal, city, kitchen)) return outside("/subject");
  if (role === "O" && !/^\/(kitchens|persons|devices)\//.test(item.event.source))
    return { pointer: "/source", reason: "is not one that a kitchen speaks for" };
  return null;
}

function covers({ area }: Principal, city: City, index: number): boolean {
  const kitchen = city.kitchens[index];
  return kitchen !== undefined && isInArea(area, kitchen);
}

function outside(pointer: string): Fault {
  return { pointer, reason: "is outside the area of the account" };
}
