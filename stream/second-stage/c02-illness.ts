/**
 * C02 疑似食源性聚集: people who fell ill and name the same kitchen, or kitchens next to one another. Distinct persons count,
 * by the time of their report; a hospital's notice counts as many as it says, and is grave by itself (statutory report
 * within 2 h). Two of one unit in 72 h are L2; three in 24 h, or five in 72 h, are L1; so are five in 72 h within 500 m
 * of one kitchen who name several, as an alert of the place. It never ends by itself.
 */

import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { distanceM } from "../../twin/kernel/math.ts";
import { hours } from "../../twin/kernel/time.ts";
import { ILLNESS, type ILLNESS_PARAMETERS } from "../rules/c02-illness.ts";
import { causeOf } from "../rules/cause.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";

type Context = CityRuleContext<typeof ILLNESS_PARAMETERS>;

/** Reports are kept so much longer, for the windows that late ones fall into. */
const KEPT_LONGER_MS = hours(24);

interface Report {
  /** Event time of the report, ms since epoch. */
  readonly time: number;
  /** Index of the kitchen named. */
  readonly kitchen: number;
  readonly person: string;
  /** 1, or what a hospital's notice says. */
  readonly people: number;
  readonly isHospital: boolean;
  readonly exercise: boolean;
  readonly cause: Cause;
}

interface Place {
  readonly asset: string;
  readonly kitchen: number;
}

interface IllnessState {
  /** In order of time. */
  reports: Report[];
  /** Clusters over several kitchens that were raised. */
  places: Place[];
}

export const illnessClusters = defineCityRule<IllnessState, IllnessState, typeof ILLNESS_PARAMETERS>({
  ...ILLNESS,
  events: ["warmcity.illness.reported"],
  initial: () => ({ reports: [], places: [] }),
  fold: (state, input, context) => {
    if (input.kind !== "event" || input.event.type !== "warmcity.illness.reported") return;
    const report = reportOf(input.event);
    if (report.kitchen < 0) return;
    state.reports = keep([...state.reports, report], context);
    for (const end of endsAfter(report, state.reports, context)) {
      const seen = state.reports.filter(
        ({ time }) => time <= end && end - time <= context.parameters.withinMs,
      );
      judgeUnit(seen, report.kitchen, end, context);
      judgePlace(state, seen, report.kitchen, end, context);
    }
  },
});

function reportOf(event: EventOf<"warmcity.illness.reported">): Report {
  const { person, hospital, people } = event.data;
  const isHospital = hospital === true;
  const count = isHospital ? (people ?? 1) : 1;
  return {
    time: event.time,
    kitchen: event.kitchen,
    person,
    people: count,
    isHospital,
    exercise: event.exercise,
    cause: causeOf(
      event,
      isHospital
        ? { zh: `医院报告 ${count} 人`, en: `hospital notice of ${count}` }
        : { zh: "1 人报告用餐后不适", en: "illness reported" },
    ),
  };
}

/** In order of time, without those that no window reaches any more. */
function keep(reports: Report[], { parameters }: Context): Report[] {
  const sorted = reports.sort((a, b) => a.time - b.time);
  const oldest = sorted.at(-1)!.time - parameters.withinMs - KEPT_LONGER_MS;
  return sorted.filter(({ time }) => time >= oldest);
}

/** The moments at which the report may have completed a cluster: its own, and for a late one those of later reports. */
function endsAfter(report: Report, reports: readonly Report[], { parameters }: Context): number[] {
  const ends = new Set<number>();
  for (const { time } of reports) {
    if (time >= report.time && time - report.time <= parameters.withinMs) ends.add(time);
  }
  return [...ends];
}

function judgeUnit(seen: readonly Report[], kitchen: number, end: number, context: Context): void {
  const own = seen.filter((report) => report.kitchen === kitchen);
  const level = levelOf(own, end, context);
  if (level !== null) context.concern(kitchen, { ...clusterOf(own, end), asset: null, level, holds: true });
}

function levelOf(reports: readonly Report[], end: number, { parameters }: Context): Level | null {
  const { soonMs, graveSoonCount, graveCount, suspectCount } = parameters;
  const persons = personsIn(reports);
  const soon = personsIn(reports.filter(({ time }) => end - time <= soonMs));
  const isGrave =
    soon >= graveSoonCount || persons >= graveCount || reports.some(({ isHospital }) => isHospital);
  if (isGrave) return "L1";
  return persons >= suspectCount ? "L2" : null;
}

/** Distinct persons; who is told of twice counts as the larger number. */
function personsIn(reports: readonly Report[]): number {
  const people = new Map<string, number>();
  for (const report of reports)
    people.set(report.person, Math.max(report.people, people.get(report.person) ?? 0));
  return [...people.values()].reduce((sum, count) => sum + count, 0);
}

function clusterOf(reports: readonly Report[], end: number) {
  return {
    at: end,
    value: { number: personsIn(reports), unit: "1" },
    because: reports.map(({ cause }) => cause),
    exercise: reports.some(({ exercise }) => exercise),
  };
}

function judgePlace(
  state: IllnessState,
  seen: readonly Report[],
  kitchen: number,
  end: number,
  context: Context,
): void {
  const { kitchens } = context.city;
  const { nearM, graveCount } = context.parameters;
  const isNear = (a: number, b: number) => distanceM(kitchens[a]!.position, kitchens[b]!.position) <= nearM;
  const centres = new Set(seen.map((report) => report.kitchen).filter((other) => isNear(other, kitchen)));
  let largest: { centre: number; reports: readonly Report[]; persons: number } | null = null;
  for (const centre of centres) {
    const reports = seen.filter((report) => isNear(report.kitchen, centre));
    const persons = personsIn(reports);
    if (persons > (largest?.persons ?? 0)) largest = { centre, reports, persons };
  }
  if (largest === null || largest.persons < graveCount) return;
  const { centre, reports } = largest;
  if (reports.every((report) => report.kitchen === reports[0]!.kitchen)) return;
  state.places = state.places.filter(({ asset }) => context.openLevel(asset) !== null);
  let place = state.places.find((known) => isNear(known.kitchen, centre));
  if (place === undefined) {
    place = { asset: placeAsset(kitchens[centre]!.position), kitchen: centre };
    state.places.push(place);
  }
  context.raise({ ...clusterOf(reports, end), asset: place.asset, level: "L1" });
}

function placeAsset({ lon, lat }: { readonly lon: number; readonly lat: number }): string {
  return `place:${round(lon)},${round(lat)}`;
}

/** To a metre. */
function round(degrees: number): number {
  return Math.round(degrees * 100_000) / 100_000;
}
