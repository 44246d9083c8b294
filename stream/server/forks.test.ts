/** `/v1/forks` over a data directory whose simulator is gone: a recorded log is all that there is. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Value } from "@sinclair/typebox/value";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { registryOf } from "../../twin/city/registry.ts";
import { formatTime, minutes, parseTime } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { nodeFiles } from "../log/node-files.ts";
import { writeSnapshot } from "../open-processor.ts";
import { ForkDesk, ForkView } from "./fork-desk.ts";
import { AccountBook } from "./identity/account-book.ts";
import { InMemoryCity } from "./in-memory-city.ts";
import { createServer, type RunningServer } from "./server.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const ADMIN = "a-token-for-tests-only-0123456789abcdefgh";

/** A log is written first, on a machine that may be busy. */
const HOOK_MS = 60_000;
/** Threads of least priority get what others leave. */
const FORK_MS = 240_000;

let folder = "";
let script: CrashScript;
let twin: Twin;
let desk: ForkDesk;
let server: RunningServer;
let accounts: AccountBook;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "warmcity-forks-"));
  script = new CrashScript({ seed: 3, from: FROM, until: FROM + minutes(60), network: {} });
  await writeFile(join(folder, "city.json"), JSON.stringify(registryOf(script.city)));
  twin = await openTwin(script.city, nodeFiles, { directory: `${folder}/` });
  await live(30);
  await writeSnapshot(twin.processor, twin.codec, twin.snapshots);
  await live(20);
  const recipe = { kind: "registry" as const, file: join(folder, "city.json") };
  const place = { recipe, directory: folder };
  desk = new ForkDesk(
    place,
    DEFAULT_POLICIES,
    () => twin.log.durable,
    () => twin.processor.fold.now,
  );
  accounts = new AccountBook(folder, Date.now);
  const port = new InMemoryCity(script.city);
  port.time = twin.processor.fold.now;
  server = await createServer(port, {
    bind: "127.0.0.1",
    port: 0,
    token: ADMIN,
    accounts,
    forks: desk,
    now: () => port.time,
    report: (error) => {
      throw error;
    },
  });
}, HOOK_MS);
afterEach(async () => {
  await server.close();
  await desk.close();
  await twin.close();
  await rm(folder, { recursive: true });
});

async function live(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    for (const step of script.next(twin.processor.fold) ?? []) takeStep(twin, step);
    await twin.processor.commit();
  }
}

async function ask(method: string, path: string, body?: object, token = ADMIN) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const { status } = response;
  return {
    status,
    location: response.headers.get("location") ?? "",
    body: text === "" ? null : JSON.parse(text),
  };
}

async function ended(location: string): Promise<ForkView> {
  for (;;) {
    const view = Value.Decode(ForkView, (await ask("GET", location)).body);
    if (view.state !== "waiting" && view.state !== "running") return view;
    await sleep(50);
  }
}

describe("/v1/forks", () => {
  it(
    "answers 202 at once and the difference in the end, with its seeds, spread and assumptions",
    async () => {
      const device = script.city.devices.filter(({ kind }) => kind === "fridge-temperature")[4]!.id;
      const changes = [{ kind: "fridge-failure", device, minutes: null, slopePerMinute: 5 }];
      const begun = await ask("POST", "/v1/forks", { hours: 1, changes });
      expect(begun.status).toBe(202);
      const view = await ended(begun.location);
      expect(view).toMatchObject({ state: "done", reason: null, hours: 1, changes });
      expect(view.progress.percent).toBe(100);
      expect(view.assumes.length).toBeGreaterThan(4);
      expect(new Set(view.result?.seeds).size).toBe(5);
      expect(view.result?.from).toBe(formatTime(twin.processor.fold.now));
      const warm = view.result?.figures.find(({ figure }) => figure === "alerts.T01");
      expect(warm?.difference).toBeGreaterThan(0);
      expect(warm?.deviation).toBeGreaterThanOrEqual(0);
    },
    FORK_MS,
  );

  it(
    "goes back behind the snapshot to the moment that is asked for",
    async () => {
      const at = FROM + minutes(20);
      const begun = await ask("POST", "/v1/forks", { at: formatTime(at), hours: 1, changes: [] });
      const { result } = await ended(begun.location);
      const from = parseTime(result?.from ?? "");
      expect(from).toBeLessThanOrEqual(at);
      expect(from).toBeGreaterThan(at - minutes(6));
      for (const { difference } of result?.figures ?? []) expect(difference).toBe(0);
    },
    FORK_MS,
  );

  it(
    "says what it cannot do: a moment before the log, a wrong change, a moment ahead",
    async () => {
      const begun = await ask("POST", "/v1/forks", { at: "2026-06-01T00:00:00Z", changes: [] });
      expect(await ended(begun.location)).toMatchObject({
        state: "failed",
        reason: expect.stringMatching(
          /^the log knows nothing of 2026-06-01T08:00.*: it begins at 2026-06-02T09:4/,
        ),
      });
      const wrong = await ask("POST", "/v1/forks", {
        changes: [{ kind: "inspectors", banner: null, factor: 99 }],
      });
      expect(wrong).toMatchObject({ status: 400, body: { faults: [{ pointer: "/changes/0/factor" }] } });
      expect((await ask("POST", "/v1/forks", { at: "2027-06-01T00:00:00Z", changes: [] })).status).toBe(404);
      expect((await ask("GET", "/v1/forks/none")).status).toBe(404);
    },
    FORK_MS,
  );

  it("is cancelled by who asked for it, and lets the next one run", async () => {
    const planner = await accounts.add("c-1", "C", { kind: "city" });
    const other = await accounts.add("c-2", "C", { kind: "city" });
    const office = await accounts.add("s-1", "S", {
      kind: "office",
      office: script.city.kitchens[0]!.office,
    });
    expect((await ask("POST", "/v1/forks", { changes: [] }, office)).status).toBe(403);
    const long = await ask("POST", "/v1/forks", { hours: 72, seeds: 20, changes: [] }, planner);
    const next = await ask("POST", "/v1/forks", { hours: 1, changes: [] }, planner);
    expect((await ask("GET", next.location)).body).toMatchObject({ state: "waiting" });
    expect((await ask("DELETE", long.location, undefined, other)).status).toBe(403);
    expect((await ask("DELETE", long.location, undefined, planner)).status).toBe(204);
    expect(await ended(long.location)).toMatchObject({ state: "cancelled", result: null });
    expect((await ask("GET", next.location)).body).toMatchObject({ state: "running" });
  });

  it("lets only so many wait", async () => {
    const answers: number[] = [];
    for (let i = 0; i < 6; i++)
      answers.push((await ask("POST", "/v1/forks", { hours: 72, seeds: 20, changes: [] })).status);
    expect(answers).toEqual([202, 202, 202, 202, 202, 503]);
  });
});
