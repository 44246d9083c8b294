/** A story played into the real program: at its own time, and moved to another. The program's clock is in the test's hands. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CityProcess } from "../../stream/server/city-process.ts";
import { registryOf } from "../../twin/city/registry.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { DAY_MS, formatTime, minutes, SECOND_MS } from "../../twin/kernel/time.ts";
import { gasLeak } from "../sc16-gas-leak.ts";
import { at } from "../story.ts";
import { CityDoor } from "./city-door.ts";
import { playStory } from "./play-story.ts";

/** The city's clock makes such a step many times a second. */
const STEP_MS = 20 * SECOND_MS;

describe("a story played into a running city", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-play-"));
  });
  afterAll(async () => {
    await CityProcess.killAll();
    await rm(directory, { recursive: true, force: true });
  });

  test.each([
    ["its own time", 0],
    ["another day", 3 * DAY_MS],
  ])(
    "makes it say at %s what the report says, with nothing from its future",
    async (_, shift) => {
      const { story } = gasLeak;
      const registry = join(directory, "registry.json");
      await writeFile(registry, JSON.stringify(registryOf(story.city)));
      const begin = story.alone().lines[0]!.at + shift;
      const process = new CityProcess({ data: join(directory, `data-${shift}`), registry, now: begin });
      await process.ready();
      const token = process.headers.authorization!.replace("Bearer ", "");
      let isTold = false;
      const told = playStory(gasLeak, new CityDoor(process.url, token), { speed: null }).finally(() => {
        isTold = true;
      });
      for (let now = begin; !isTold; now += STEP_MS) {
        await process.setClock(now);
        await wait(50);
      }
      expect(await told).toBe(0);
      await process.setClock(story.until + shift + minutes(12));
      await wait(3 * SECOND_MS);
      const alerts = await process.list<Alert>("/v1/alerts");
      expect(alerts.map(({ code, kitchen }) => `${code} ${kitchen}`)).toEqual(["T09 SC16"]);
      expect(alerts[0]).toMatchObject({
        level: "L1",
        raisedAt: formatTime(at("05-12 14:21:00") + shift),
        levelAt: formatTime(at("05-12 14:21:25") + shift),
        resolvedAt: formatTime(at("05-12 14:32:30") + shift),
      });
      expect(await process.list<{ state: string }>("/v1/cases")).toMatchObject([{ state: "closed" }]);
      expect(await process.stop()).toBe(0);
    },
    240_000,
  );
});
