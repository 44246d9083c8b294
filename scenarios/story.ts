/**
 * A story: a few named kitchens, what goes wrong in them and what people do about it. Told, it is lines of events in
 * order of arrival, for the same way through door, order, rules and cases that all events go.
 *
 *   new Story({ from: "05-12 22:30", until: "05-13 12:00", kitchens: [canteen], incidents: [compressorStops] })
 *     .says("warmcity.record.filed", "05-13 06:40", { kind: "discard" }, { kitchen: "SC01" })
 *     .acts("05-13 05:30", { kitchen: "SC01", code: "T01" }, "acknowledge", "O")
 */
import type { Incident } from "../simulator/incidents.ts";
import type { TruthRecord } from "../simulator/truth.ts";
import type { CommandName, Role } from "../twin/case.ts";
import { City } from "../twin/city/city.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { parseRegistry } from "../twin/city/registry.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import type { EventType } from "../twin/events/event.ts";
import { formatTime, parseTime } from "../twin/kernel/time.ts";
import type { Background } from "./background.ts";
import { type Line, simulatedLines } from "./replayed.ts";
import { type Telling, tell } from "./telling.ts";

const YEAR = 2026;
const SEED = 7;
/** From what happens to its receipt, ms; the simulator's network needs about as long. */
const ON_THE_WAY_MS = 300;

/** `05-12 14:21:25` of the year of the stories (seconds may be left out), Asia/Shanghai. */
export function at(text: string): number {
  const full = text.length === 11 ? `${text}:00` : text;
  const time = parseTime(`${YEAR}-${full.replace(" ", "T")}+08:00`);
  if (Number.isNaN(time)) throw new RangeError(`Cannot read time "${text}": wanted "MM-DD HH:MM[:SS]"`);
  return time;
}

/** A kitchen of the registry (CONTRACT §1); what is not said is that of a unit of Dongsheng with a valid licence. */
export type NamedKitchen = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

/** A city of these kitchens alone. Throws a RangeError when they are no kitchens of a registry. */
export function cityOf(kitchens: readonly NamedKitchen[]): City {
  const usual = {
    banner: "150602",
    office: "150602-01",
    position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
    opens: [["09:00", "22:00"]],
    licence: { number: "JY1", validTo: "2030-12-31" },
  };
  const parsed = parseRegistry({
    version: 1,
    kitchens: kitchens.map((kitchen) => ({ ...usual, ...kitchen })),
  });
  if (!parsed.ok) throw new RangeError(`Cannot tell of these kitchens: ${JSON.stringify(parsed.faults)}`);
  return parsed.value;
}

/** The named kitchens behind those of another city. */
export function together(city: City, named: City): City {
  const { streets, suppliers } = city;
  return new City({ kitchens: [...city.kitchens, ...named.kitchens], streets, suppliers });
}

export interface StoryOptions {
  /** Where the simulator begins to live the kitchens, and the time at which the story ends. */
  readonly from: string;
  readonly until: string;
  readonly kitchens: readonly NamedKitchen[];
  /** The kitchens of a generated city, with or without its ordinary mishaps, before the named ones. */
  readonly town?: Town;
  readonly incidents?: readonly Incident[];
  /** The kitchens lead their ordinary life, which the simulator makes up; default true. */
  readonly lives?: boolean;
  /** Chance of that life, and of the city around it; default: that of the stories. */
  readonly seed?: number | undefined;
}

/** A generated city (CONTRACT §1): how large, how many sensors, by which chance. */
export interface Town {
  readonly kitchens: number;
  readonly preset: "baseline" | "full";
  readonly seed: number;
  /** Its ordinary mishaps (DOMAIN §7); default true. */
  readonly load?: boolean;
}

/** How an event comes. */
export interface Teller {
  /** Default: the kitchen. */
  readonly source?: string;
  readonly kitchen: string | null;
  /** Default: at once. */
  readonly receivedAt?: string;
}

/** Which case a person acts on: the kitchen's only case of this code, or the only one about this asset. */
export interface CaseName {
  /** `null` = a case that belongs to no kitchen. */
  readonly kitchen: string | null;
  readonly code: string;
  readonly asset?: string;
}

/** What an authority decides, as a command says it. */
export type Decision = NonNullable<InputData<"warmcity.case.command">["decision"]>;

export interface Act {
  readonly time: number;
  readonly about: CaseName;
  readonly command: CommandName;
  readonly role: Role;
  readonly decision: Decision | null;
}

export class Story {
  readonly city: City;
  readonly until: number;
  readonly #options: StoryOptions;
  readonly #said: Line[] = [];
  readonly #acts: Act[] = [];
  #alone: Telling | null = null;
  readonly #truth: TruthRecord[] = [];

  /** Throws a RangeError when the kitchens are no kitchens of a registry. */
  constructor(options: StoryOptions) {
    this.#options = options;
    const { kitchens, town } = options;
    const named = cityOf(kitchens);
    this.city = town === undefined ? named : together(generateCity(town), named);
    this.until = at(options.until);
  }

  get from(): number {
    return at(this.#options.from);
  }

  /** `undefined` = that of the stories. */
  get seed(): number | undefined {
    return this.#options.seed;
  }

  /** The same story, not told yet. */
  untold(): Story {
    return this.seeded(this.seed);
  }

  /** The same story, not told yet, by another chance. */
  seeded(seed: number | undefined): Story {
    const story = new Story({ ...this.#options, seed });
    story.#said.push(...this.#said);
    story.#acts.push(...this.#acts);
    return story;
  }

  /** An event that no incident makes. */
  says<T extends EventType>(type: T, time: string, data: InputData<T>, teller: Teller): this {
    const { kitchen, receivedAt, source = `/kitchens/${kitchen}` } = teller;
    this.#said.push(
      lineOf({ type, time: at(time), data, kitchen, source, receivedAt, n: this.#said.length }),
    );
    return this;
  }

  /** A line as it comes, whatever it is. */
  sends(receivedAt: string, text: string): this {
    this.#said.push({ at: at(receivedAt), text });
    return this;
  }

  /** A person does something about a case; `decision` with `decide` alone. */
  acts(
    time: string,
    about: CaseName,
    command: CommandName,
    role: Role,
    decision: Decision | null = null,
  ): this {
    this.#acts.push({ time: at(time), about, command, role, decision });
    return this;
  }

  /** The story in a city of its own kitchens. */
  alone(): Telling {
    this.#alone ??= tell(this.city, this.#told(), this.until);
    return this.#alone;
  }

  /** What really went wrong, for a report: no expectation may look at it. */
  truth(): readonly TruthRecord[] {
    this.alone();
    return this.#truth;
  }

  /** What the story tells by hand, in the order in which it is told. */
  get toldByHand(): readonly Line[] {
    return this.#said;
  }

  /** What people do about cases. */
  get acted(): readonly Act[] {
    return this.#acts;
  }

  /** The story up to an earlier end. */
  upTo(until: number): Telling {
    return until === this.until ? this.alone() : tell(this.city, this.alone().lines, until);
  }

  /** The same lines among those of another city, up to where that one ends. */
  among({ city, lines, until }: Background): Telling {
    return tell(together(city, this.city), inOrderOfArrival(lines, this.alone().lines), until);
  }

  /**
   * The other city without the story, known for as long as in it: somebody reads the code of one of its kitchens (no sign
   * of trading) when the story's lines begin, so that both count the days from there.
   */
  without({ city, lines, until }: Background): Telling {
    const [first] = this.alone().lines;
    const kitchen = city.kitchens[0]!.id;
    const scan = lineOf({
      type: "warmcity.kitchen.activity",
      time: (first?.at ?? this.from) - ON_THE_WAY_MS,
      data: { kind: "scan" },
      kitchen,
      source: `/kitchens/${kitchen}`,
      n: 0,
    });
    return tell(city, inOrderOfArrival([scan], lines), until);
  }

  /** Ids of cases are those of the story without its acts, which cannot change them. */
  #told(): Line[] {
    const { incidents = [], lives = true, town } = this.#options;
    const load = town !== undefined && (town.load ?? true);
    const { city, from, until, seed = SEED } = this;
    const onTruth = (records: readonly TruthRecord[]) => void this.#truth.push(...records);
    const life = lives ? simulatedLines({ city, seed, from, until, incidents, load, onTruth }) : [];
    const untouched = inOrderOfArrival(life, this.#said);
    if (this.#acts.length === 0) return untouched;
    const cases = casesOf(tell(city, untouched, until));
    const acted = this.#acts.map(({ time, about, command, role, decision }, n) =>
      lineOf({
        type: "warmcity.case.command",
        time,
        data: {
          case: caseNamed(cases, about),
          command,
          role,
          actor: `${role}-1`,
          reason: `${command} in the story`,
          evidence: ["photo-1"],
          ...(decision !== null && { decision }),
        },
        kitchen: about.kitchen,
        source: `/persons/${role}-1`,
        n,
      }),
    );
    return inOrderOfArrival(untouched, acted);
  }
}

/** Lines of several sources as one, in order of arrival. */
export function inOrderOfArrival(...sources: readonly (readonly Line[])[]): Line[] {
  return sources.flat().sort((a, b) => a.at - b.at);
}

function lineOf<T extends EventType>(event: {
  readonly type: T;
  readonly time: number;
  readonly data: InputData<T>;
  readonly kitchen: string | null;
  readonly source: string;
  readonly receivedAt?: string | undefined;
  readonly n: number;
}): Line {
  const { type, time, data, kitchen, source, receivedAt, n } = event;
  const received = receivedAt === undefined ? time + ON_THE_WAY_MS : at(receivedAt);
  const text = JSON.stringify({
    specversion: "1.0",
    id: `story-${n}`,
    source,
    type,
    ...(kitchen !== null && { subject: kitchen }),
    time: formatTime(time),
    receivedtime: formatTime(received),
    data,
  });
  return { at: received, text };
}

/** `<kitchen> <code>`, and the same with the asset -> the ids of its cases. */
function casesOf({ outputs }: Telling): Map<string, Set<string>> {
  const cases = new Map<string, Set<string>>();
  for (const { subject, data } of outputs) {
    if (!("raisedAt" in data)) continue;
    for (const name of [`${subject} ${data.code}`, `${subject} ${data.code} ${data.asset}`])
      cases.set(name, (cases.get(name) ?? new Set()).add(data.case));
  }
  return cases;
}

function caseNamed(
  cases: ReadonlyMap<string, ReadonlySet<string>>,
  { kitchen, code, asset }: CaseName,
): string {
  const name = asset === undefined ? `${kitchen} ${code}` : `${kitchen} ${code} ${asset}`;
  const [id, ...others] = cases.get(name) ?? [];
  if (id === undefined || others.length > 0) {
    throw new RangeError(`Cannot act on ${name}: it has ${id === undefined ? 0 : others.length + 1} cases`);
  }
  return id;
}
