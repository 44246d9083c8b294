/**
 * 日管控、周排查、月调度 (DOMAIN R29–R31): which form was filed for which day, week and month, and what it found. A form without
 * any fault is a report as well: 零风险报告. Of several forms for one period the one that came first counts. Every kitchen has
 * some fifty of them, so a form is four numbers.
 */
import { startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { type Cadence, claimedPeriod, type FormTimes, formTimes } from "../rules/self-check-period.ts";
import { defineDuty, newest } from "./duty.ts";

export interface FiledForm extends FormTimes {
  readonly items: number;
  /** Items that were not in order. */
  readonly faults: number;
}

/** When it was made, ms after its period began; when it came, ms after that; items; faults. */
type PackedForm = readonly [sinceBegin: number, delay: number, items: number, faults: number];

/** By cadence, the first day of a period -> its form. */
export type SelfControl = Record<Cadence, Record<string, PackedForm>>;

const PERIODS_KEPT: Readonly<Record<Cadence, number>> = { daily: 35, weekly: 10, monthly: 8 };

export const selfControl = defineDuty<SelfControl>({
  name: "self-control",
  version: 2,
  events: ["warmcity.selfcheck.submitted"],
  initial: () => ({ daily: {}, weekly: {}, monthly: {} }),
  fold(state, event) {
    if (event.type !== "warmcity.selfcheck.submitted") return;
    const { cadence, items } = event.data;
    const { first } = claimedPeriod(event);
    const { at, arrivedAt } = formTimes(event);
    const known = formOf(state, cadence, first);
    if (known !== null && known.arrivedAt <= arrivedAt) return;
    const faults = items?.filter(({ ok }) => ok === false).length ?? 0;
    const form: PackedForm = [at - startOfShanghaiDay(first), arrivedAt - at, items?.length ?? 0, faults];
    const forms = { ...state[cadence], [first]: form };
    state[cadence] = newest(forms, PERIODS_KEPT[cadence], (_, period) => Number(period));
  },
});

/** The form of the period that begins on this day; `null` = none was filed. */
export function formOf(state: SelfControl | undefined, cadence: Cadence, first: number): FiledForm | null {
  const packed = state?.[cadence][first];
  if (packed === undefined) return null;
  const [sinceBegin, delay, items, faults] = packed;
  const at = startOfShanghaiDay(first) + sinceBegin;
  return { at, arrivedAt: at + delay, items, faults };
}
