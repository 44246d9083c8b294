/** What became of the cases of a simulated city: where they stand, how long they stood in each state. */
import type { CityFold } from "../stream/fold.ts";
import type { Output } from "../stream/output.ts";
import { LEVELS } from "../twin/alerts/level.ts";
import type { Case } from "../twin/case-file.ts";
import type { City } from "../twin/city/city.ts";
import { CASE_STATES, type CaseState } from "../twin/events/output-events.ts";
import { HOUR_MS } from "../twin/kernel/time.ts";
import { cost, type Figure, type Note } from "./figure.ts";
import { median, quantile } from "./measure.ts";

interface Stay {
  state: CaseState;
  /** Event time, ms since epoch. */
  since: number;
}

export class CaseOutcomes {
  readonly #stays = new Map<string, Stay>();
  /** Hours of all stays that are over, by state. */
  readonly #hours = new Map<CaseState, number[]>();
  #byPeople = 0;
  #bySystem = 0;

  hear({ type, time, data }: Output): void {
    if (type !== "warmcity.case.changed") return;
    const { case: id, to, role } = data;
    const stay = this.#stays.get(id);
    if (stay === undefined) this.#stays.set(id, { state: to, since: time });
    else {
      const known = this.#hours.get(stay.state) ?? [];
      known.push((time - stay.since) / HOUR_MS);
      this.#hours.set(stay.state, known);
      stay.state = to;
      stay.since = time;
    }
    if (to !== "closed") return;
    if (role === null) this.#bySystem++;
    else this.#byPeople++;
  }

  figures(name: string, cases: readonly Case[]): Figure[] {
    const states = CASE_STATES.filter((state) => cases.some((one) => one.state === state));
    return [
      ...states.map((state) =>
        cost(`${name}.cases.${state}`, cases.filter((one) => one.state === state).length, "cases", null),
      ),
      ...CASE_STATES.flatMap((state) => {
        const hours = this.#hours.get(state);
        return hours === undefined
          ? []
          : [cost(`${name}.stay.${state}`, median(hours), "h in the state (median)", null)];
      }),
    ];
  }

  standing(cases: readonly Case[]): Note {
    const rows = CASE_STATES.flatMap((state) => {
      const here = cases.filter((one) => one.state === state);
      if (here.length === 0) return [];
      const byLevel = LEVELS.map((level) => here.filter((one) => one.level === level).length);
      return [row(state, [...byLevel, here.length])];
    });
    const all = LEVELS.map((level) => cases.filter((one) => one.level === level).length);
    const leads = cases.filter(({ aiOnly }) => aiOnly);
    const confirmed = leads.filter((one) => one.confirmed).length;
    const reopened = cases.filter(({ repeats }) => repeats > 0).length;
    return {
      title: "cases by the state in which they stand at the end, by level",
      lines: [
        row("state", [...LEVELS, "all"]),
        ...rows,
        row("all", [...all, cases.length]),
        `closed ${this.#byPeople} times by people, ${this.#bySystem} times by the system (its condition cleared)`,
        `of ${leads.length} cases that rest on a camera's hit, ${confirmed} stand confirmed by a person`,
        ...fixLines(cases),
        `${reopened} cases met their condition again and go on or were opened again`,
      ],
    };
  }

  stays(): Note {
    const rows = CASE_STATES.flatMap((state) => {
      const hours = this.#hours.get(state);
      if (hours === undefined) return [];
      return [row(state, [hours.length, shown(median(hours)), shown(quantile(hours, 0.9))])];
    });
    return {
      title: "how long cases stood in a state, h, of stays that are over",
      lines: [row("state", ["stays", "median", "90 %"]), ...rows],
    };
  }
}

const RIGHT: ReadonlySet<CaseState> = new Set(["submitted", "recheck", "closed"]);

/** From the first dispatch to the first moment at which it was put right, h; `null` = it was not. */
function fixHours({ history }: Case): number | null {
  const sent = history.find(({ to }) => to === "dispatched")?.time;
  if (sent === undefined) return null;
  const right = history.find(({ to, from, time }) => from !== to && time >= sent && RIGHT.has(to))?.time;
  return right === undefined ? null : (right - sent) / HOUR_MS;
}

/** Beside the anchors of DOMAIN §7: 93.7 % put right (V2), L3 in 26 h (M). */
function fixLines(cases: readonly Case[]): string[] {
  const sent = cases.filter(({ history }) => history.some(({ to }) => to === "dispatched"));
  const fixed = sent.filter((one) => fixHours(one) !== null);
  const ofPeople = fixed.filter(
    ({ level, history }) => level === "L3" && history.some(({ to }) => to === "submitted"),
  );
  const hours = (some: readonly Case[]) => median(some.map((one) => fixHours(one) ?? Number.NaN)).toFixed(1);
  const l3 = fixed.filter(({ level }) => level === "L3");
  const share = ((100 * fixed.length) / Math.max(1, sent.length)).toFixed(1);
  return [
    `of ${sent.length} cases sent out, ${fixed.length} were put right by then: ${share} % (DOMAIN §7: 93.7 %)`,
    ...(l3.length === 0 ? [] : [`L3 put right after ${hours(l3)} h (median; DOMAIN §7: 26 h)`]),
    ...(ofPeople.length === 0 ? [] : [`L3 put right by people, with a proof, after ${hours(ofPeople)} h`]),
  ];
}

/** All cases as they stand, of kitchens and of areas. */
export function casesOf(city: City, fold: CityFold): Case[] {
  const desks = [fold.stage.desk, ...city.kitchens.map((_, index) => fold.kitchen(index))];
  return desks.flatMap(({ cases }) => Object.values(cases));
}

function shown(hours: number): string {
  return hours.toFixed(hours < 10 ? 2 : 1);
}

function row(first: string, cells: readonly (string | number)[]): string {
  return `${first.padEnd(12)}${cells.map((cell) => String(cell).padStart(9)).join("")}`;
}
