/** The command line of `npm start`: texts in, checked options or a sentence about what is wrong out. */
import { parseArgs } from "node:util";
import type { OidcOptions } from "./identity/oidc-identity.ts";

export const START_HELP = `npm start -- [options]

Runs the city: the processor, its doors, the live map, and the simulator as its source.

  --kitchens N        size of the generated city (default: all 11,266)
  --preset P          baseline or full: how many sensors (default: baseline)
  --seed S            chance of the city and of what happens in it (default: 1)
  --speed X           how much faster than the clock simulated time runs, 1 to 600 (default: 1)
  --no-simulator      only real sources
  --registry FILE     the city of a registry file instead of the generated one
  --policy FILE       a policy pack, or a list of packs with their dates (default: ordos-2026)
  --shadow FILE       packs to try beside them without any effect: GET /v1/shadow says what they would raise otherwise
  --data DIR          where the data lie (default: data)
  --port P            HTTP and WebSocket; 0 = any free port (default: 8080)
  --mqtt-port P       MQTT; 0 = any free port (default: 1883)
  --bind A            address to listen on; anything but loopback needs an identity provider (default: 127.0.0.1)
  --keep-days N       measurements older than N days (7 to 36500) are thrown away, but for what a case still needs;
                      the log stays whole (default: everything is kept)
  --notify FILE       who is told what by which channel (stream/notify/notify-plan.ts); with --no-simulator only
  --oidc-issuer URL   people sign in by the access tokens of this OpenID Connect issuer, beside the local accounts
  --oidc-audience A   what its tokens must be meant for
  --help              this text

Not there yet: --redpanda, --influx, --arroyo.
Exit codes: 0 ended well, 2 bad usage, or something that it needs is missing or taken.
`;

export interface StartOptions {
  readonly kitchens: number | null;
  readonly preset: "baseline" | "full";
  readonly seed: number;
  readonly speed: number;
  readonly simulator: boolean;
  readonly registry: string | null;
  readonly policy: string | null;
  readonly shadow: string | null;
  readonly data: string;
  /** `null` = everything is kept. */
  readonly keepDays: number | null;
  readonly port: number;
  readonly mqttPort: number;
  readonly bind: string;
  /** `null` = none. */
  readonly oidc: OidcOptions | null;
  /** `null` = notifications stand in the journal only. */
  readonly notify: string | null;
}

const LATER = ["redpanda", "influx", "arroyo"] as const;

/** The options, `"help"`, or why they cannot be. */
export function readStartOptions(
  argv: readonly string[],
): StartOptions | "help" | { readonly wrong: string } {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let raw: { [name: string]: string | boolean | undefined };
  try {
    raw = parseArgs({
      args: [...argv],
      options: {
        kitchens: text,
        preset: text,
        seed: text,
        speed: text,
        "no-simulator": flag,
        registry: text,
        policy: text,
        shadow: text,
        data: text,
        port: text,
        "mqtt-port": text,
        bind: text,
        notify: text,
        "keep-days": text,
        "oidc-issuer": text,
        "oidc-audience": text,
        redpanda: text,
        influx: text,
        arroyo: text,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  if (raw.help === true) return "help";
  const later = LATER.find((name) => raw[name] !== undefined);
  if (later !== undefined) return { wrong: `--${later} is not there yet` };
  return checked(raw);
}

function checked(raw: {
  [name: string]: string | boolean | undefined;
}): StartOptions | { readonly wrong: string } {
  const { preset = "baseline", registry = null, policy = null, data = "data", bind = "127.0.0.1" } = raw;
  if (preset !== "baseline" && preset !== "full")
    return { wrong: `--preset ${preset}: expected baseline or full` };
  if (raw.notify !== undefined && raw["no-simulator"] !== true)
    return { wrong: "--notify tells real people: it goes with --no-simulator only" };
  const oidc = oidcIn(raw["oidc-issuer"], raw["oidc-audience"]);
  if (oidc !== null && "wrong" in oidc) return oidc;
  const kitchens = raw.kitchens === undefined ? null : whole(raw.kitchens, 1, 99_999);
  const keepDays = raw["keep-days"] === undefined ? null : whole(raw["keep-days"], 7, 36_500);
  if (Number.isNaN(keepDays))
    return { wrong: `--keep-days ${raw["keep-days"]}: expected a whole number from 7 to 36500` };
  const seed = whole(raw.seed ?? "1", 0, 4_294_967_295);
  const speed = Number(raw.speed ?? "1");
  const port = whole(raw.port ?? "8080", 0, 65_535);
  const mqttPort = whole(raw["mqtt-port"] ?? "1883", 0, 65_535);
  if (Number.isNaN(kitchens))
    return { wrong: `--kitchens ${raw.kitchens}: expected a whole number from 1 to 99999` };
  if (Number.isNaN(seed))
    return { wrong: `--seed ${raw.seed}: expected a whole number from 0 to 4294967295` };
  if (!(speed >= 1 && speed <= 600))
    return { wrong: `--speed ${raw.speed}: expected a number from 1 to 600` };
  if (Number.isNaN(port)) return { wrong: `--port ${raw.port}: expected a whole number from 0 to 65535` };
  if (Number.isNaN(mqttPort))
    return { wrong: `--mqtt-port ${raw["mqtt-port"]}: expected a whole number from 0 to 65535` };
  return {
    kitchens,
    preset,
    seed,
    speed,
    simulator: raw["no-simulator"] !== true,
    registry: registry === null ? null : String(registry),
    policy: policy === null ? null : String(policy),
    shadow: raw.shadow === undefined ? null : String(raw.shadow),
    data: String(data),
    keepDays,
    port,
    mqttPort,
    bind: String(bind),
    oidc,
    notify: raw.notify === undefined ? null : String(raw.notify),
  };
}

function oidcIn(
  issuer: string | boolean | undefined,
  audience: string | boolean | undefined,
): OidcOptions | null | { readonly wrong: string } {
  if (issuer === undefined && audience === undefined) return null;
  if (typeof issuer !== "string" || typeof audience !== "string")
    return { wrong: "--oidc-issuer and --oidc-audience go together" };
  if (!URL.canParse(issuer)) return { wrong: `--oidc-issuer ${issuer}: expected a URL` };
  return { issuer, audience };
}

function whole(text: string | boolean, min: number, max: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number >= min && number <= max ? number : Number.NaN;
}
