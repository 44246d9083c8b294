/** A city of a story's own kitchens, started for it: its clock begins with the story and runs as fast as is asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { registryOf } from "../../twin/city/registry.ts";
import { SECOND_MS } from "../../twin/kernel/time.ts";
import type { Scenario } from "../scenario.ts";
import { CityDoor } from "./city-door.ts";
import { playStory } from "./play-story.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../../stream/main.ts", import.meta.url));
const CLOCK = new URL("./story-clock.mjs", import.meta.url).href;

/** Resolves when the city was ended, by a signal to this process or by itself; returns how many events it refused. */
export async function playOnStage(scenario: Scenario, speed: number): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "warm-city-stage-"));
  const end = new AbortController();
  const stop = () => end.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await played(scenario, speed, directory, end.signal);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    await rm(directory, { recursive: true, force: true });
  }
}

async function played(
  scenario: Scenario,
  speed: number,
  directory: string,
  end: AbortSignal,
): Promise<number> {
  const { story } = scenario;
  process.stderr.write(`starting a city of ${story.city.kitchens.length} kitchens ...\n`);
  const registry = join(directory, "registry.json");
  await writeFile(registry, JSON.stringify(registryOf(story.city)));
  const first = story.alone().lines[0]?.at ?? story.from;
  const options = ["--no-simulator", "--registry", registry, "--data", join(directory, "data")];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--import", CLOCK, MAIN, "start", ...options, "--port", "0", "--mqtt-port", "0"],
    {
      cwd: ROOT,
      env: { ...process.env, STORY_CLOCK: `${first - SECOND_MS},${speed}` },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    },
  );
  const ended = once(child, "exit");
  const quit = () => child.kill("SIGTERM");
  end.addEventListener("abort", quit);
  try {
    return await toldIn(child, ended, scenario, end);
  } finally {
    quit();
    await ended;
  }
}

/** Waits until the city is ready, lets its clock go, plays, and waits for its end. */
async function toldIn(
  child: ChildProcess,
  ended: Promise<unknown>,
  scenario: Scenario,
  end: AbortSignal,
): Promise<number> {
  const said = new Map<string, string>();
  const ready = new Promise<void>((resolve) => {
    const { stdout } = child;
    if (stdout === null) return;
    createInterface({ input: stdout }).on("line", (line) => {
      const [word = "", ...rest] = line.split(": ");
      said.set(word, rest.join(": "));
      if (word === "ready") resolve();
    });
  });
  await Promise.race([ready, ended]);
  if (end.aborted) return 0;
  const [url, token] = [said.get("url"), said.get("token")];
  if (url === undefined || token === undefined || child.exitCode !== null)
    throw new Error("the city did not start");
  process.stdout.write(`open ${url}\n`);
  child.send("begin");
  const playing = playStory(scenario, new CityDoor(url, token), { speed: null, end });
  const rejected = await Promise.race([playing, ended]);
  if (typeof rejected !== "number") return 0;
  if (!end.aborted) process.stderr.write("the story is told; the city lives on until Ctrl-C\n");
  await ended;
  return rejected;
}
