/** The periods of self-checks (日管控, 周排查, 月调度; DOMAIN R29–R31): which one a form claims, and when it had to come. */
import type { EventOf } from "../../twin/events/event.ts";
import { startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { dayNamed, monthOf, type Period, weekOf } from "./duty-day.ts";

export const CADENCES = ["daily", "weekly", "monthly"] as const;
export type Cadence = (typeof CADENCES)[number];
export const CHECK_NAMES: Readonly<Record<Cadence, string>> = {
  daily: "日管控",
  weekly: "周排查",
  monthly: "月调度",
};
type Submission = EventOf<"warmcity.selfcheck.submitted">;

/** Parameters of D04. */
export interface SelfCheckLimits {
  readonly graceMs: number;
  readonly monthlyDueDays: number;
}

export function periodOf(cadence: Cadence, day: number): Period {
  if (cadence === "daily") return { first: day, last: day };
  return cadence === "weekly" ? weekOf(day) : monthOf(day);
}

export function claimedPeriod({ data: { cadence, claimed } }: Submission): Period {
  return periodOf(cadence, dayNamed(claimed));
}

/** When a form of the period must have arrived, ms since epoch. */
export function deadlineOf(cadence: Cadence, { last }: Period, limits: SelfCheckLimits): number {
  const day = cadence === "monthly" ? last + limits.monthlyDueDays : last + 1;
  return startOfShanghaiDay(day) + limits.graceMs;
}

/** When a form was made, and when it came: the clock of a trusted device stands for itself. ms since epoch. */
export interface FormTimes {
  readonly at: number;
  readonly arrivedAt: number;
}

export function formTimes({ time, receivedAt, data }: Submission): FormTimes {
  return { at: time, arrivedAt: data.deviceTimeTrusted === true ? time : (receivedAt ?? time) };
}

/** Made not before its period began, and there by its deadline. */
export function isInTime(
  cadence: Cadence,
  { at, arrivedAt }: FormTimes,
  period: Period,
  limits: SelfCheckLimits,
): boolean {
  return startOfShanghaiDay(period.first) <= at && arrivedAt <= deadlineOf(cadence, period, limits);
}
