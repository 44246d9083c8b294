/** The program that is soaked, and how its clients reach it. */

import { CityClient } from "../../stream/server/city-client.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { parseTime, shanghaiDay } from "../../twin/kernel/time.ts";
import type { Child } from "../child.ts";
import { startedCity } from "../load/served-city.ts";
import { CityClock } from "./city-clock.ts";
import type { SoakOptions } from "./soak-options.ts";

export interface SoakedCity {
  readonly program: Child;
  readonly data: string;
  /** The same as the program generates. */
  readonly city: City;
  readonly client: CityClient;
  readonly port: number;
  readonly mqttPort: number;
  readonly clock: CityClock;
}

/** Starts it, with its simulator; resolves when it is live. The caller ends `program`, whatever happens. */
export async function soakedCity(options: SoakOptions, data: string, program: Child): Promise<SoakedCity> {
  const { kitchens, seed, preset, speed } = options;
  const [origin, token, mqttPort] = await Promise.all([
    program.line(/^url: (http:\/\/[^/]+)/),
    program.line(/^token: (\S+)/),
    program.line(/^mqtt: mqtt:\/\/[^:]+:(\d+)/),
    program.line(/^ready: /),
  ]);
  const size = kitchens === null ? {} : { kitchens };
  const client = new CityClient();
  client.connectTo(origin, token);
  const soaked: SoakedCity = {
    ...{ program, data, client, mqttPort: Number(mqttPort), port: Number(new URL(origin).port) },
    city: generateCity({ seed, preset, today: shanghaiDay(Date.now()), ...size }),
    clock: new CityClock(speed),
  };
  await positionOf(soaked);
  return soaked;
}

export function programFor({ kitchens, seed, preset, speed }: SoakOptions, data: string): Child {
  const size = kitchens === null ? [] : ["--kitchens", String(kitchens)];
  const asked = ["--seed", String(seed), "--preset", preset, "--speed", String(speed), "--data", data];
  return startedCity([...asked, ...size]);
}

/** Asks where the city stands: everything below the position is durable. The clients' clock is set by it. */
export async function positionOf({ client, clock }: SoakedCity): Promise<number> {
  const { status, body } = await client.request("GET", "/v1/city");
  if (status !== 200) throw new Error(`GET /v1/city: ${status}`);
  const { time, position }: { time: string; position: number } = JSON.parse(body);
  clock.heard(parseTime(time));
  return position;
}
