import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventLog } from "../log/event-log.ts";
import { nodeFiles } from "../log/node-files.ts";
import { RECORD_KINDS } from "../record-kind.ts";
import { OutputFiles } from "./output-files.ts";

describe("OutputFiles", () => {
  let directory = "";
  let log: EventLog;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "warmcity-outputs-"));
    ({ log } = await EventLog.open({ directory: join(directory, "log"), files: nodeFiles }));
  });

  afterEach(async () => {
    await log.close();
    await rm(directory, { recursive: true, force: true });
  });

  const folder = () => join(directory, "outputs");
  const encoder = new TextEncoder();

  /** Puts outputs (and a tick between them) on the log; returns them as they are published. */
  async function publish(...names: string[]) {
    const published = names.map((name) => {
      log.append(RECORD_KINDS.tick, encoder.encode("{}"));
      const json = JSON.stringify({ id: name, data: { zh: "冷藏超温" } });
      return { position: log.append(RECORD_KINDS.output, encoder.encode(json)), json };
    });
    await log.commit();
    return published;
  }

  async function lines(): Promise<{ id: string; logposition: number }[]> {
    const names = (await readdir(folder())).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder(), name), "utf8")));
    return texts
      .join("")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  it("writes every output once, with its log position", async () => {
    const files = new OutputFiles(folder(), nodeFiles, () => log);
    files.hear(await publish("a", "b"));
    files.hear(await publish("c"));
    await files.drain();
    expect((await lines()).map(({ id, logposition }) => [id, logposition])).toEqual([
      ["a", 1],
      ["b", 3],
      ["c", 5],
    ]);
  });

  it("goes on after a crash: what it missed comes from the log, half a line is cut", async () => {
    const first = new OutputFiles(folder(), nodeFiles, () => log);
    first.hear(await publish("a"));
    await first.drain();
    await publish("missed");
    const [name = ""] = await readdir(folder());
    await appendFile(join(folder(), name), '{"id":"half a l');
    const second = new OutputFiles(folder(), nodeFiles, () => log);
    const half = await readFile(join(folder(), name), "utf8");
    expect(half.endsWith("half a l")).toBe(true);
    second.hear(await publish("b"));
    await second.drain();
    expect((await lines()).map(({ id }) => id)).toEqual(["a", "missed", "b"]);
  });

  it("does not queue without end: beyond its limit it reads the log again", async () => {
    const files = new OutputFiles(folder(), nodeFiles, () => log);
    files.hear(await publish("first"));
    await files.drain();
    const many = await publish(...Array.from({ length: 12_000 }, (_, i) => `n${i}`));
    files.hear(many);
    await files.drain();
    expect((await lines()).map(({ id }) => id)).toEqual(["first", ...many.map((_, i) => `n${i}`)]);
  });
});
