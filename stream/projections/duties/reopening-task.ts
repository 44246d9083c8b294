/**
 * What a kitchen goes through when it opens again after a day or more (SC22): while cold units run down and nothing rings
 * for them yet, a list says what has to be there by the end of that ramp. Proofs are those that the twin has anyway; the
 * form of the day has its own time (D04).
 */

import type { City } from "../../../twin/city/city.ts";
import { DAY_MS, formatTime } from "../../../twin/kernel/time.ts";
import { RAMP_MS } from "../../facts.ts";
import type { CityFold } from "../../fold.ts";
import type { Checklist, KitchenTask } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

/** Shown so long after the restart. */
const SHOWN_MS = 7 * DAY_MS;

/** `null` = it has not opened again lately. */
export function reopeningTask(city: City, fold: CityFold, index: number): KitchenTask | null {
  const { facts, regions } = fold.kitchen(index);
  const reopenedAt = facts.rampUntil - RAMP_MS;
  const isClosedAgain = regions.operation !== "open";
  if (facts.rampUntil === 0 || reopenedAt > fold.now || reopenedAt < fold.now - SHOWN_MS || isClosedAgain)
    return null;
  const checklist = checklistOf(city, fold, index, reopenedAt);
  const isDone = checklist.every(({ ok }) => ok);
  return {
    task: `${city.kitchens[index]!.id}-reopening-${reopenedAt}`,
    kind: "reopening",
    title: { zh: "复业自查清单", en: "Checklist for opening again" },
    state: isDone ? "done" : facts.rampUntil <= fold.now ? "overdue" : "open",
    from: formatTime(reopenedAt),
    due: formatTime(facts.rampUntil),
    case: null,
    about: null,
    checklist,
    meals: [],
    samples: [],
  };
}

function checklistOf(city: City, fold: CityFold, index: number, since: number): Checklist {
  const { facts, regions } = fold.kitchen(index);
  const proofs = fold.duties.books.restarts.stateOf(index);
  const isProved = (at: number | null | undefined) => at != null && at >= since;
  return [
    { item: "licence", ok: ["valid", "expiring", "pending"].includes(regions.licence) },
    { item: "devices", ok: facts.heard > 0 && Object.keys(facts.offline).length === 0 },
    { item: "cold-chain", ok: areCold(city, fold, index, since) },
    { item: "stock", ok: isProved(proofs?.foodCheckedAt) },
    { item: "cleaning", ok: isProved(proofs?.cleanedAt) },
  ];
}

/** By which rule each cold unit is judged. */
const RULE_OF: Readonly<Record<string, string>> = {
  "fridge-temperature": "T01",
  "sample-fridge-temperature": "T01",
  "freezer-temperature": "T02",
};

/** Every cold unit has said since then that it is within its limit: a word of before the closing says nothing. */
function areCold(city: City, fold: CityFold, index: number, since: number): boolean {
  const first = city.firstDevice[index]!;
  return city.kitchens[index]!.devices.every(({ kind }, i) => {
    const code = RULE_OF[kind];
    if (code === undefined) return true;
    const { value, at } = fold.devices.valueOf(first + i);
    return at >= since && value <= (numbersOf(fold, code).limitC ?? Number.NEGATIVE_INFINITY);
  });
}
