/** The command line of `npm run soak`: texts in, checked options or a sentence about what is wrong out. Pure. */
import { parseArgs } from "node:util";
import type { Preset } from "../../twin/city/sensor-profiles.ts";

export interface SoakOptions {
  /** On the wall clock. */
  readonly hours: number;
  readonly speed: number;
  /** `null` = all of them. */
  readonly kitchens: number | null;
  readonly preset: Preset;
  readonly seed: number;
  /** Seconds between two samples. */
  readonly everyS: number;
  /** Seconds after which the connections that are to break are broken. */
  readonly reconnectS: number;
  /** MB per hour of the wall clock by which memory may grow. */
  readonly slopeMax: number;
  /** `null` = in a directory that is thrown away afterwards. */
  readonly data: string | null;
  readonly json: boolean;
}

const DEFAULTS = { hours: 1, speed: 60, seed: 1, reconnectS: 45, slopeMax: 100 } as const;
/** A short run has as many samples as it takes to tell anything; a long one is sampled every ten seconds. */
const SAMPLES_MIN = 60;
const EVERY_MAX_S = 10;
const HOUR_S = 3_600;

export const SOAK_HELP = `npm run soak -- [options]

Lets the real program live with its simulator for hours, people and devices on it, and watches: does its memory stay, does it keep up,
does everything add up, does everybody hear everything once.

  --hours H        on the wall clock (default: ${DEFAULTS.hours}; 0.05 = three minutes)
  --speed X        how much faster than the clock simulated time runs, 1 to 600 (default: ${DEFAULTS.speed})
  --kitchens N     size of the city (default: all 11,266)
  --preset P       baseline or full: how many sensors (default: baseline)
  --seed S         chance of the city and of the clients (default: ${DEFAULTS.seed})
  --every S        seconds between two samples (default: ${EVERY_MAX_S}, or a sixtieth of a shorter run)
  --reconnect S    seconds after which connections are broken (default: ${DEFAULTS.reconnectS})
  --slope-max MB   by how many MB an hour memory may grow (default: ${DEFAULTS.slopeMax})
  --data DIR       where the city's data lie; must be empty (default: a directory that is thrown away)
  --json           figures as JSON lines like those of npm run bench, then one line with the verdicts
  --help           this text

Exit codes: 0 all is well, 1 a verdict is against it or the program ended, 2 bad usage.
`;

/** The options, `"help"`, or why they cannot be. */
export function readSoakOptions(argv: readonly string[]): SoakOptions | "help" | { readonly wrong: string } {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let raw: { [name: string]: string | boolean | undefined };
  try {
    raw = parseArgs({
      args: [...argv],
      options: {
        ...{ hours: text, speed: text, kitchens: text, preset: text, seed: text, every: text },
        ...{ reconnect: text, "slope-max": text, data: text, json: flag, help: flag },
      },
    }).values;
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  return raw.help === true ? "help" : checked(raw);
}

function checked(raw: {
  [name: string]: string | boolean | undefined;
}): SoakOptions | { readonly wrong: string } {
  const { preset = "baseline" } = raw;
  if (preset !== "baseline" && preset !== "full")
    return { wrong: `--preset ${preset}: expected baseline or full` };
  const faults: string[] = [];
  const number = (name: string, otherwise: number, min: number, max: number, whole = false): number => {
    const value = Number(raw[name] ?? otherwise);
    const isRight = value >= min && value <= max && (!whole || Number.isInteger(value));
    if (!isRight)
      faults.push(`--${name} ${raw[name]}: expected a ${whole ? "whole " : ""}number from ${min} to ${max}`);
    return value;
  };
  const hours = number("hours", DEFAULTS.hours, 0.01, 1_000);
  const options: SoakOptions = {
    hours,
    speed: number("speed", DEFAULTS.speed, 1, 600),
    kitchens: raw.kitchens === undefined ? null : number("kitchens", 1, 1, 99_999, true),
    preset,
    seed: number("seed", DEFAULTS.seed, 0, 4_294_967_295, true),
    everyS: number("every", Math.min(EVERY_MAX_S, (hours * HOUR_S) / SAMPLES_MIN), 0.5, HOUR_S),
    reconnectS: number("reconnect", DEFAULTS.reconnectS, 2, HOUR_S),
    slopeMax: number("slope-max", DEFAULTS.slopeMax, 0, 100_000),
    data: raw.data === undefined ? null : String(raw.data),
    json: raw.json === true,
  };
  const [wrong] = faults;
  return wrong === undefined ? options : { wrong };
}
