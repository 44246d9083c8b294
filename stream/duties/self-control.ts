/**
 * 日管控、周排查、月调度 (DOMAIN R29–R31): which form was filed for which day, week and month, and what it found. A form without
 * any fault is a report as well: 零风险报告. Of several forms for one period the one that came first counts.
 */
import { type Cadence, claimedPeriod, type FormTimes, formTimes } from "../rules/self-check-period.ts";
import { defineDuty, newest } from "./duty.ts";

export interface FiledForm extends FormTimes {
  /** Identity of the form: evidence of D05 names forms by it. */
  readonly source: string;
  readonly id: string;
  readonly items: number;
  /** Items that were not in order. */
  readonly faults: number;
}

/** By cadence, the first day of a period -> its form. */
export type SelfControl = Record<Cadence, Record<string, FiledForm>>;

/** Periods kept: two months of days, a quarter of weeks, a year of months. */
export const PERIODS_KEPT: Readonly<Record<Cadence, number>> = { daily: 62, weekly: 14, monthly: 13 };

export const selfControl = defineDuty<SelfControl>({
  name: "self-control",
  version: 1,
  events: ["warmcity.selfcheck.submitted"],
  initial: () => ({ daily: {}, weekly: {}, monthly: {} }),
  fold(state, event) {
    if (event.type !== "warmcity.selfcheck.submitted") return;
    const { cadence, items } = event.data;
    const key = String(claimedPeriod(event).first);
    const times = formTimes(event);
    const known = state[cadence][key];
    if (known !== undefined && known.arrivedAt <= times.arrivedAt) return;
    const form: FiledForm = {
      ...times,
      source: event.source,
      id: event.id,
      items: items?.length ?? 0,
      faults: items?.filter(({ ok }) => ok === false).length ?? 0,
    };
    const forms = { ...state[cadence], [key]: form };
    state[cadence] = newest(forms, PERIODS_KEPT[cadence], ({ at }) => at);
  },
});
