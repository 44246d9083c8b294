/**
 * What counts for a kitchen's food-safety index besides its cases: days with evidence, time online, official findings,
 * verified complaints. Plain JSON, changed in place by its functions only. Quick tests, patrols by camera and ratings
 * that are not tied to an order are no facts (DOMAIN facts 5 and 6, §6.1).
 */
import type { CityEvent, EventType } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { IndexFact } from "../../twin/food-safety-index/index-fact.ts";
import {
  days,
  hours,
  minutes,
  parseDate,
  parseTime,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import type { OnlineSums } from "./online-time.ts";

export interface KitchenLedger {
  /** Day numbers with evidence, newest last, at most 30. */
  evidence: number[];
  /** Device-milliseconds of the newest days, at most 7, newest last. */
  online: { readonly day: number; readonly onlineMs: number; readonly totalMs: number }[];
  facts: IndexFact[];
  /** The newest official inspection. */
  inspection: { readonly at: number; readonly passed: boolean } | null;
}

/** The events that it reads. */
export const LEDGER_EVENTS: readonly EventType[] = [
  "warmcity.selfcheck.submitted",
  "warmcity.inspection.completed",
  "warmcity.complaint.handled",
];

const EVIDENCE_DAYS = 30;
const ONLINE_DAYS = 7;
const FACTS_MAX = 200;
/** A daily form may come so long after midnight (DOMAIN §5.2, D04). */
const GRACE_MS = minutes(30);
const REPEAT_MS = days(90);
/** So much of the device time of a day is evidence of it (DOMAIN §6.1). */
const EVIDENCE_SHARE = 0.9;
const COVERED_MS = hours(12);

export function newLedger(): KitchenLedger {
  return { evidence: [], online: [], facts: [], inspection: null };
}

export function foldLedger(ledger: KitchenLedger, event: CityEvent): void {
  switch (event.type) {
    case "warmcity.selfcheck.submitted": {
      if (event.data.cadence !== "daily") return;
      const day = dayOf(event.data.claimed);
      const receivedAt = event.receivedAt ?? event.time;
      if (receivedAt <= startOfShanghaiDay(day + 1) + GRACE_MS) noteEvidence(ledger, day);
      return;
    }
    case "warmcity.inspection.completed": {
      const bad = (event.data.findings ?? []).filter(({ ok }) => !ok);
      if (ledger.inspection === null || ledger.inspection.at <= event.time)
        ledger.inspection = { at: event.time, passed: bad.length === 0 };
      for (const { level, item } of bad)
        note(ledger, "inspection", item, event.id, event.time, level ?? "L3");
      return;
    }
    case "warmcity.complaint.handled":
      if (event.data.step === "verified" || event.data.step === "filed")
        note(ledger, "complaint", event.data.complaint, "", event.time, "L3");
      return;
    default:
      return;
  }
}

/** The day is over: its time online is known. A day that the log covers for less than a half tells nothing. */
export function closeDay(
  ledger: KitchenLedger,
  day: number,
  { devices, onlineMs, totalMs }: OnlineSums,
): void {
  if (devices === 0 || totalMs < devices * COVERED_MS) return;
  ledger.online.push({ day, onlineMs, totalMs });
  if (ledger.online.length > ONLINE_DAYS) ledger.online.shift();
  if (onlineMs >= EVIDENCE_SHARE * totalMs) noteEvidence(ledger, day);
}

/** Days with evidence among the last 30 up to and including `day`. */
export function evidenceDays({ evidence }: KitchenLedger, day: number): number {
  return evidence.filter((known) => known > day - EVIDENCE_DAYS && known <= day).length;
}

/** Share of the device time of the last 7 days up to and including `day`; `null` = no device was heard. */
export function onlineShare({ online }: KitchenLedger, day: number): number | null {
  let [onlineMs, totalMs] = [0, 0];
  for (const one of online) {
    if (one.day <= day - ONLINE_DAYS) continue;
    onlineMs += one.onlineMs;
    totalMs += one.totalMs;
  }
  return totalMs === 0 ? null : onlineMs / totalMs;
}

function noteEvidence(ledger: KitchenLedger, day: number): void {
  if (ledger.evidence.includes(day)) return;
  ledger.evidence.push(day);
  ledger.evidence.sort((a, b) => a - b);
  if (ledger.evidence.length > EVIDENCE_DAYS) ledger.evidence.shift();
}

/** The same item found again within 90 d is a repeat; the same word twice is one fact. */
function note(
  ledger: KitchenLedger,
  code: "inspection" | "complaint",
  item: string,
  event: string,
  at: number,
  level: Level,
): void {
  const about = event === "" ? item : `${item} ${event}`;
  if (ledger.facts.some((fact) => fact.about === about && fact.code === code)) return;
  const repeat = ledger.facts.some(
    (fact) => fact.code === code && fact.about.startsWith(`${item} `) && at - fact.at <= REPEAT_MS,
  );
  ledger.facts.push({ about, code, level, at, fixed: "open", selfReported: false, repeat, exposure: 1 });
  if (ledger.facts.length > FACTS_MAX) ledger.facts.shift();
}

function dayOf(claimed: string): number {
  return claimed.length === 10 ? parseDate(claimed) : shanghaiDay(parseTime(claimed));
}
