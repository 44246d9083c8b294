/**
 * Plays a story into a running city through its public door.
 *
 * A producer whose clock runs ahead of the receiver's is a fault that the city finds (O05), and what comes long after its
 * time is late and rings nobody. So the story follows the city's own clock: a line goes when that clock has reached its
 * time, however fast it runs. Faster than life is therefore a matter of the city (`--stage`), not of the player.
 */
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { formatTime, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Line } from "../replayed.ts";
import { type Cue, cuesOf } from "../report/cues.ts";
import type { Scenario } from "../scenario.ts";
import { shiftedLine } from "../shifted-line.ts";
import type { CityDoor } from "./city-door.ts";

const LOOK_EVERY_MS = 500;
const BATCH_MAX = 2_000;
/** A city whose clock stands so near to the story's beginning is told at the story's own times. */
const OWN_TIME_MS = 10 * MINUTE_MS;

export interface Playing {
  /** How fast the city's clock must run, within a fifth; `null` = as it does. */
  readonly speed: number | null;
  /** Ends it early. */
  readonly end?: AbortSignal;
}

/** Resolves when all is told; returns how many events the city refused. Throws an Error when the city is not fit for it. */
export async function playStory(
  scenario: Scenario,
  door: CityDoor,
  { speed, end }: Playing,
): Promise<number> {
  const { story, name } = scenario;
  const { lines, city } = story.alone();
  const unknown = await firstUnknown(city.kitchens, door);
  if (unknown !== null)
    throw new Error(
      `the city does not know ${unknown}: start it with npm start -- --no-simulator --registry FILE, ` +
        `where npm run scenario -- ${name} --registry FILE writes that file; or let --stage start one`,
    );
  if (speed !== null) await checkSpeed(door, speed);
  const [first] = lines;
  if (first === undefined) return 0;
  const now = await door.now();
  const shift = Math.abs(now - first.at) <= OWN_TIME_MS ? 0 : now - first.at;
  const mark = shift === 0 ? "" : `+${shift.toString(36)}`;
  tell(
    `${name} begins at ${shown(first.at + shift)} and ends at ${shown(story.until + shift)} of the city's clock`,
  );
  if (shift !== 0)
    tell(
      "its times are moved: what rests on night, opening hours or a date may come out otherwise than in the report",
    );
  const cues = cuesOf(story).map((cue) => ({ ...cue, at: cue.at + shift }));
  const shifted = lines.map((line) => shiftedLine(line, shift, mark));
  return sendAll(shifted, cues, door, end);
}

async function sendAll(
  lines: readonly Line[],
  cues: readonly Cue[],
  door: CityDoor,
  end?: AbortSignal,
): Promise<number> {
  let [next, cue, rejected] = [0, 0, 0];
  while (next < lines.length && end?.aborted !== true) {
    const now = await door.now();
    const from = next;
    while (next < lines.length && next - from < BATCH_MAX && lines[next]!.at <= now) next++;
    const spoken = cues.findIndex(({ at }, i) => i >= cue && at > now);
    const until = spoken < 0 ? cues.length : spoken;
    narrate(cues.slice(cue, until));
    cue = until;
    if (next > from) rejected += (await door.send(lines.slice(from, next).map(({ text }) => text))).rejected;
    if (next - from < BATCH_MAX) await wait(LOOK_EVERY_MS);
  }
  return rejected;
}

/** Of what comes in one breath so many are said. */
const SAID_MAX = 6;

function narrate(cues: readonly Cue[]): void {
  for (const { at, text } of cues.slice(0, SAID_MAX)) tell(`${shown(at)}  ${text.zh} / ${text.en}`);
  if (cues.length > SAID_MAX) tell(`${shown(cues.at(-1)!.at)}  … ${cues.length - SAID_MAX} more`);
}

async function firstUnknown(
  kitchens: readonly { readonly id: string }[],
  door: CityDoor,
): Promise<string | null> {
  for (const { id } of [kitchens[0], kitchens.at(-1)].filter((one) => one !== undefined))
    if (!(await door.knows(id))) return id;
  return null;
}

const MEASURED_MS = 4_000;

async function checkSpeed(door: CityDoor, wanted: number): Promise<void> {
  const [before, begun] = [await door.now(), performance.now()];
  await wait(MEASURED_MS);
  const speed = ((await door.now()) - before) / (performance.now() - begun);
  // The clock that is shown moves by whole ticks, one a second.
  if (Math.abs(speed - wanted) <= 0.3 * wanted) return;
  throw new Error(
    `the city's clock runs at ×${speed.toFixed(1)}, not ×${wanted}: told faster than it runs, the story would come from ` +
      "the city's future. Leave --speed out to follow its clock, or let --stage start a city that runs so fast",
  );
}

function shown(time: number): string {
  return formatTime(time).slice(0, 19).replace("T", " ");
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
