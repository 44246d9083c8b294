/**
 * Who is polled when. A kitchen's gateway has its second; all its sensors are read at that instant, and so are all
 * kitchens of that second in the city. Devices that report by period get a slot, ordered so that one loop over
 * neighbouring slots serves one kind at one instant:
 *
 *     slots = period > phase > program > registry order
 */
import type { City } from "../twin/city/city.ts";
import type { Device } from "../twin/city/kitchen.ts";
import { hash32 } from "../twin/kernel/hash.ts";
import { SECOND_MS } from "../twin/kernel/time.ts";

/** How the values of a slot come about; `alive` = the device only says that it lives. */
export const PROGRAMS = [
  "cold",
  "hot",
  "room",
  "humidity",
  "gas",
  "fume",
  "uv",
  "rodent",
  "mains",
  "compressor",
  "alive",
  "camera",
] as const;
export type Program = (typeof PROGRAMS)[number];

/** Neighbouring slots of one program. */
export interface ProgramRun {
  readonly program: Program;
  readonly from: number;
  readonly to: number;
}

/** All slots of one period that are polled at the same instants. */
export interface PollGroup {
  readonly index: number;
  readonly periodMs: number;
  /** The group is polled when `time mod periodMs` is this. */
  readonly phaseMs: number;
  readonly from: number;
  readonly to: number;
  readonly runs: readonly ProgramRun[];
  /** Cameras report two heartbeats per message; they have groups of their own. */
  readonly cameras: boolean;
}

export class PollGroups {
  readonly slots: number;
  /** Registry ordinal of a slot's device. */
  readonly ordinal: Uint32Array;
  readonly kitchen: Uint32Array;
  readonly groupOf: Uint32Array;
  readonly groups: readonly PollGroup[];
  /** Slot of a device; -1 if it speaks only when something happens. */
  readonly slotOf: Int32Array;
  /** Period in seconds -> group by phase second. */
  readonly #byPeriod: readonly { readonly seconds: number; readonly groups: readonly PollGroup[][] }[];

  constructor(city: City) {
    const polled = sortedDevices(city);
    this.slots = polled.length;
    this.ordinal = Uint32Array.from(polled, (entry) => entry.ordinal);
    this.kitchen = Uint32Array.from(polled, (entry) => city.kitchenOfDevice[entry.ordinal]!);
    this.slotOf = new Int32Array(city.devices.length).fill(-1);
    polled.forEach((entry, slot) => {
      this.slotOf[entry.ordinal] = slot;
    });
    this.groups = gather(polled);
    this.groupOf = new Uint32Array(this.slots);
    for (const group of this.groups) this.groupOf.fill(group.index, group.from, group.to);
    this.#byPeriod = byPeriod(this.groups);
  }

  /** The groups that are polled in this second (seconds since epoch). */
  dueAt(second: number): PollGroup[] {
    const due: PollGroup[] = [];
    for (const { seconds, groups } of this.#byPeriod) due.push(...groups[second % seconds]!);
    return due;
  }
}

interface Polled {
  readonly ordinal: number;
  readonly periodMs: number;
  readonly phaseMs: number;
  readonly program: number;
}

function sortedDevices(city: City): Polled[] {
  const polled: Polled[] = [];
  city.devices.forEach((device, ordinal) => {
    const { reportEveryMs } = device;
    const kitchen = city.kitchens[city.kitchenOfDevice[ordinal]!]!;
    if (reportEveryMs === null || kitchen.connect !== "online") return;
    const seconds = Math.max(1, Math.round(reportEveryMs / SECOND_MS));
    polled.push({
      ordinal,
      periodMs: seconds * SECOND_MS,
      phaseMs: phaseSecond(kitchen.id, seconds) * SECOND_MS,
      program: PROGRAMS.indexOf(programOf(device)),
    });
  });
  return polled.sort(
    (a, b) =>
      a.periodMs - b.periodMs || a.phaseMs - b.phaseMs || a.program - b.program || a.ordinal - b.ordinal,
  );
}

/**
 * The second of the period at which a kitchen is polled; a longer period keeps the second of the minute. Sensors
 * faster than a minute keep to the clock's grid.
 */
function phaseSecond(kitchen: string, seconds: number): number {
  if (seconds < 60) return 0;
  const draw = hash32(kitchen, 0x706f6c6c);
  return (draw % 60) + 60 * (Math.floor(draw / 60) % Math.max(1, Math.floor(seconds / 60)));
}

function programOf({ kind, of }: Device): Program {
  switch (kind) {
    case "fridge-temperature":
    case "freezer-temperature":
    case "sample-fridge-temperature":
    case "ice-machine":
      return "cold";
    case "hot-holding-temperature":
      return "hot";
    case "room-temperature":
      return "room";
    case "room-humidity":
      return "humidity";
    case "gas":
      return "gas";
    case "fume":
      return "fume";
    case "uv-lamp":
      return "uv";
    case "rodent-infrared":
      return "rodent";
    case "power":
      return of === "compressor" ? "compressor" : "mains";
    case "camera":
      return "camera";
    default:
      return "alive";
  }
}

function gather(polled: readonly Polled[]): PollGroup[] {
  const groups: PollGroup[] = [];
  let from = 0;
  while (from < polled.length) {
    const first = polled[from]!;
    const camera = isCamera(first);
    let to = from;
    const runs: ProgramRun[] = [];
    while (to < polled.length && sameInstant(polled[to]!, first) && isCamera(polled[to]!) === camera) {
      const { program } = polled[to]!;
      const start = to;
      while (to < polled.length && sameInstant(polled[to]!, first) && polled[to]!.program === program) to++;
      runs.push({ program: PROGRAMS[program]!, from: start, to });
    }
    const { periodMs, phaseMs } = first;
    groups.push({ index: groups.length, periodMs, phaseMs, from, to, runs, cameras: camera });
    from = to;
  }
  return groups;
}

function isCamera(polled: Polled): boolean {
  return PROGRAMS[polled.program] === "camera";
}

function sameInstant(a: Polled, b: Polled): boolean {
  return a.periodMs === b.periodMs && a.phaseMs === b.phaseMs;
}

function byPeriod(groups: readonly PollGroup[]) {
  const periods = new Map<number, PollGroup[][]>();
  for (const group of groups) {
    const seconds = group.periodMs / SECOND_MS;
    const phases = periods.get(seconds) ?? Array.from({ length: seconds }, (): PollGroup[] => []);
    phases[group.phaseMs / SECOND_MS]!.push(group);
    periods.set(seconds, phases);
  }
  return [...periods].map(([seconds, phases]) => ({ seconds, groups: phases }));
}
