import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { registryOf } from "../../twin/city/registry.ts";
import { minutes, parseTime } from "../../twin/kernel/time.ts";
import { PolicyBook } from "../../twin/policy/policy-book.ts";
import { ORDOS_2026 } from "../../twin/policy/policy-pack.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { nodeFiles } from "../log/node-files.ts";
import { LogShadow } from "../shadow/log-shadow.ts";
import type { ShadowReport } from "../shadow/shadow-report.ts";
import { shadowRules } from "../shadow/shadow-rules.ts";
import type { ShadowAnswer } from "./shadow-port.ts";
import { ShadowThread } from "./shadow-thread.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const PACK = { ...ORDOS_2026, version: 2, rules: { T01: { holdMs: minutes(10) } }, disabled: ["T09"] };

let folder = "";
let script: CrashScript;
let twin: Twin;
let threads: ShadowThread[] = [];
let ends: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-shadow-"));
  script = new CrashScript({
    seed: 1,
    from: FROM,
    until: FROM + minutes(90),
    network: {},
    aheadAfterMs: minutes(40),
  });
  await writeFile(join(folder, "city.json"), JSON.stringify(registryOf(script.city)));
  twin = await openTwin(script.city, nodeFiles, { directory: `${folder}/` });
  ends = [];
});
afterEach(async () => {
  for (const thread of threads) await thread.close();
  threads = [];
  await twin.close();
  await rm(folder, { recursive: true });
});

/** Lets the city live on for so many turns of its script. */
async function live(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    for (const step of script.next(twin.processor.fold) ?? []) takeStep(twin, step);
    await twin.processor.commit();
  }
}

function begin(registry = "city.json", log = "log"): ShadowThread {
  const recipe = { kind: "registry" as const, file: join(folder, registry) };
  const place = () => ({ durable: twin.log.durable, now: twin.processor.fold.now });
  const order = { recipe, packs: [PACK], log: join(folder, log) };
  const thread = new ShadowThread(order, place, (line) => ends.push(line));
  thread.start();
  threads.push(thread);
  return thread;
}

async function caughtUp(thread: ShadowThread): Promise<ShadowAnswer> {
  for (;;) {
    const answer = await thread.report(null);
    if (answer.behind === 0 || answer.state === "stopped") return answer;
    await sleep(20);
  }
}

/** What a shadow must say that has read all that is durable. */
function wanted(): ShadowReport {
  const shadow = new LogShadow(script.city, new PolicyBook([PACK]), shadowRules());
  for (const record of twin.log.readSync(0)) shadow.read(record);
  return shadow.report(null);
}

async function hashesIn(directory: string): Promise<string[]> {
  const names = (await readdir(directory)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name))));
  return texts.map((bytes, i) => `${names[i]} ${createHash("sha256").update(bytes).digest("hex")}`);
}

describe("ShadowThread", () => {
  it("reads what is on the log, follows what comes, and changes nothing of it", async () => {
    await live(45);
    const before = await hashesIn(join(folder, "log"));
    const thread = begin();
    const first = await caughtUp(thread);
    expect(first).toMatchObject({ state: "following", reason: null, behind: 0, behindMinutes: 0 });
    expect(first.report).toEqual(wanted());
    expect(first.report.codes.T09?.fewer.count).toBeGreaterThan(0);
    expect(await hashesIn(join(folder, "log"))).toEqual(before);
    await live(45);
    expect(await thread.report(null)).toMatchObject({ position: first.position });
    expect((await thread.report(null)).behind).toBe(twin.log.durable - first.position);
    expect((await caughtUp(thread)).report).toEqual(wanted());
  });

  it("catches up after a restart, in the middle of its reading too", async () => {
    await live(60);
    const cut = begin();
    await cut.report(null);
    await cut.close();
    await expect(cut.report(null)).rejects.toMatchObject({ kind: "unavailable" });
    await live(40);
    expect((await caughtUp(begin())).report).toEqual(wanted());
    expect(ends).toEqual([]);
  });

  it("dies alone: the city goes on, and whoever asks is told why", async () => {
    await live(30);
    const thread = begin("nowhere.json");
    const asked = thread.report(null);
    await expect(asked).rejects.toThrow(/does not run any more: --registry .*nowhere\.json/);
    expect(ends).toEqual([expect.stringMatching(/^shadow: .*; the city goes on without it$/)]);
    const { durable } = twin.log;
    await live(30);
    expect(twin.log.durable).toBeGreaterThan(durable);
    await expect(thread.report(null)).rejects.toThrow(/does not run any more/);
  });

  it("stops where the log cannot be read, and says so", async () => {
    await live(10);
    const answer = await caughtUp(begin("city.json", "elsewhere"));
    expect(answer).toMatchObject({
      state: "stopped",
      position: 0,
      reason: expect.stringContaining("ENOENT"),
    });
    expect(answer.report.codes).toEqual({});
  });
});
