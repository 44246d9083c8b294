/**
 * A boundary vector (SCENARIOS, "Boundary vectors"): one input and what must come of it, told through the door like any
 * story, in a city of one kitchen `K` under all rules in force.
 *
 *   vector("T08", "TPM 27.1", ["05-12 12:00:00 raised L2"], unit().says("warmcity.oil.measured", "12:00", { tpm: 27.1 }))
 */
import type { Case, CommandName, Role } from "../twin/case.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import type { EventType } from "../twin/events/event.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import { alertsOf, shown } from "./happenings.ts";
import { at, type Decision, Story } from "./story.ts";
import type { Telling } from "./telling.ts";

/** Times without a day are of this one, a Tuesday. */
const DAY = "05-12";
export const KITCHEN = "K";

export interface Vector {
  /** Code of the line in SCENARIOS, or `Reward`. */
  readonly line: string;
  readonly input: string;
  /** `[]` = it must stay silent. */
  readonly expects: readonly string[];
  readonly comes: () => readonly string[];
}

/** What came of it in short words, by default what rang of the line's code: `05-12 10:15:00 raised L3`. */
export function vector(
  line: string,
  input: string,
  expects: readonly string[],
  told: Unit,
  words: (telling: Telling, line: string) => readonly string[] = rings,
): Vector {
  return { line, input, expects, comes: () => words(told.telling(), line) };
}

/** Raised, or risen in level; of the kitchen, else of areas. */
export function rings(telling: Telling, code: string): string[] {
  return [...alertsOf(telling, KITCHEN), ...alertsOf(telling, null)].flatMap(({ time, what }) => {
    const [, rang] = new RegExp(`^${code} ((?:raised|rose to) L\\d)`).exec(what) ?? [];
    return rang === undefined ? [] : [`${shown(time)} ${rang}`];
  });
}

/** The states to which the kitchen's cases of the code came, in order. */
export function statesOf(telling: Telling, code: string): string[] {
  return casesOf(telling, code).flatMap(({ history }) =>
    history.filter(({ from, to }) => from !== to).map(({ to }) => to),
  );
}

export function casesOf({ fold }: Telling, code: string): Case[] {
  return Object.values(fold.settled(0).cases).filter((one) => one.code === code);
}

export interface UnitOptions {
  /** Default: the whole of 12 May and the day after. */
  readonly from?: string;
  readonly until?: string;
  /** What the registry says of the kitchen. */
  readonly kitchen?: Readonly<Record<string, unknown>>;
}

/** The kitchen, and what is said of it. Somebody reads its code at the beginning: that is when time begins. */
export class Unit {
  readonly #story: Story;

  constructor({ from = "05-12 00:00", until = "05-13 23:00", kitchen = {} }: UnitOptions = {}) {
    this.#story = new Story({
      from,
      until,
      kitchens: [{ id: KITCHEN, type: "medium", ...kitchen }],
      lives: false,
    });
    this.says("warmcity.kitchen.activity", from, { kind: "scan" });
  }

  telling(): Telling {
    return this.#story.alone();
  }

  says<T extends EventType>(
    type: T,
    time: string,
    data: InputData<T>,
    source = `/kitchens/${KITCHEN}`,
    kitchen: string | null = KITCHEN,
  ): this {
    this.#story.says(type, withDay(time), data, { kitchen, source });
    return this;
  }

  /** Values of a device, one each `everyMs` from `from` up to and including `to`. */
  reads(device: string, from: string, to: string, value: number, everyMs = MINUTE_MS): this {
    for (let time = at(withDay(from)); time <= at(withDay(to)); time += everyMs)
      this.says("warmcity.reading", shown(time), { value }, `/devices/${KITCHEN}/${device}`);
    return this;
  }

  /** Hits of the kitchen's camera `cam-1`. */
  sees(
    what: InputData<"warmcity.detection">["class"],
    times: readonly string[],
    zone = "cooking",
    lastedMs = 0,
  ): this {
    for (const time of times) {
      const data = { class: what, confidence: 0.9, zone, lastedMs };
      this.says("warmcity.detection", time, data, `/devices/${KITCHEN}/cam-1`);
    }
    return this;
  }

  acts(time: string, code: string, command: CommandName, role: Role, decision: Decision | null = null): this {
    this.#story.acts(withDay(time), { kitchen: KITCHEN, code }, command, role, decision);
    return this;
  }
}

function withDay(time: string): string {
  return time.includes(" ") ? time : `${DAY} ${time}`;
}

/** Times each `stepS` s from `from` on for `seconds`, the last one at the very end. */
export function every(stepS: number, from: string, seconds: number): string[] {
  const begin = at(withDay(from));
  const times: string[] = [];
  for (let second = 0; second < seconds; second += stepS) times.push(shown(begin + second * 1_000));
  return [...times, shown(begin + seconds * 1_000)];
}
