/** Two processes that both believe to have the log: one of them stops, and nothing that was acknowledged is lost. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFile } from "./directory-lock.ts";
import { EventLog } from "./event-log.ts";
import type { FilePort } from "./file-port.ts";
import { lockGround } from "./lock-ground.ts";
import { nodeFiles } from "./node-files.ts";
import { verifyLog } from "./verify.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The real disk as a container sees it: its process has the number 1, and what it sees of others is nothing. */
function inContainer(host: string): FilePort {
  const ground = {
    ...lockGround,
    pid: 1,
    held: new Set<string>(),
    host: async () => host,
    isRunning: () => false,
  };
  return { ...nodeFiles, lock: (path) => lockFile(path, ground) };
}

async function put(log: EventLog, ...texts: string[]): Promise<void> {
  for (const text of texts) log.append(1, encoder.encode(text));
  await log.commit();
}

function textsOf(log: EventLog): string[] {
  return [...log.readSync(0)].map(({ bytes }) => decoder.decode(bytes));
}

describe("a second writer in another container", () => {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-fence-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const open = async (host: string, segmentBytes = 1_000_000) =>
    (await EventLog.open({ directory, files: inContainer(host), segmentBytes })).log;

  test("takes the log over; the first one's writes count no more, and it cannot come back", async () => {
    const first = await open("a");
    await put(first, "one");
    const second = await open("b");
    expect(first.lock.isHeld()).toBe(false);
    await expect(put(first, "lost")).rejects.toMatchObject({ code: "locked", retryable: false });
    await expect(first.recover()).rejects.toMatchObject({ code: "locked" });
    await put(second, "two", "three");
    await first.close();
    await put(second, "four");
    expect(textsOf(second)).toEqual(["one", "two", "three", "four"]);
    await second.close();
    expect(await verifyLog(directory, nodeFiles)).toMatchObject({ ok: true, records: 4 });
  });

  test("is not hurt by one that begins a segment at the same moment", async () => {
    const first = await open("a", 1);
    await put(first, "one");
    const second = await open("b");
    // The first one's next write needs a new segment.
    await expect(put(first, "lost")).rejects.toMatchObject({ code: "locked" });
    await put(second, "two");
    await second.close();
    await writeFile(join(directory, "0000000000000001.segment"), "");
    const third = await open("c");
    await put(third, "three");
    expect(textsOf(third)).toEqual(["one", "two", "three"]);
    await third.close();
    expect(await verifyLog(directory, nodeFiles)).toMatchObject({ ok: true, records: 3 });
  });

  test("leaves no drafts, and the lock names the one that writes", async () => {
    const first = await open("a");
    await put(first, "one");
    await writeFile(join(directory, "0000000000000000.segment.dead.draft"), "half a copy");
    const second = await open("b");
    expect(await readFile(join(directory, "lock"), "utf8")).toContain('"host":"b"');
    expect((await readdir(directory)).sort()).toEqual(["0000000000000000.segment", "lock"]);
    await expect(first.close()).rejects.toMatchObject({ code: "locked" });
    await second.close();
    expect((await readdir(directory)).sort()).toEqual(["0000000000000000.segment", "head.json"]);
  });
});
