import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventLog } from "./event-log.ts";
import { FaultyFiles } from "./faulty-files.ts";
import type { FilePort } from "./file-port.ts";
import { nodeFiles } from "./node-files.ts";
import { verifyLog } from "./verify.ts";
import { runVerify } from "./verify-command.ts";

async function writeLog(directory: string, files: FilePort, salt = 0): Promise<void> {
  const { log } = await EventLog.open({ directory, files, segmentBytes: 1000 });
  for (let i = 0; i < 40; i++) {
    log.append(1, new Uint8Array(i * 7).fill(i + salt));
    if (i % 4 === 3) await log.commit();
  }
  await log.close();
}

async function segmentsOf(files: FaultyFiles): Promise<string[]> {
  return (await files.list("log")).filter((name) => name.endsWith(".segment"));
}

async function sample(): Promise<{ files: FaultyFiles; segments: string[] }> {
  const files = new FaultyFiles();
  await writeLog("log", files);
  return { files, segments: await segmentsOf(files) };
}

describe("verifyLog", () => {
  test("finds any flipped bit, in the segment where it is, at or before its byte", async () => {
    const { files, segments } = await sample();
    const sizes = segments.map((name) => files.contents(`log/${name}`).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    await fc.assert(
      fc.asyncProperty(fc.nat(total - 1), fc.nat(7), async (byte, bit) => {
        let [segment, at] = [0, byte];
        while (at >= sizes[segment]!) at -= sizes[segment++]!;
        const contents = files.contents(`log/${segments[segment]}`);
        contents[at]! ^= 1 << bit;
        const report = await verifyLog("log", files);
        contents[at]! ^= 1 << bit;
        expect(report.ok).toBe(false);
        expect(report.firstFault?.file).toBe(segments[segment]);
        expect(report.firstFault?.offset).toBeLessThanOrEqual(at);
      }),
      { numRuns: 500 },
    );
    expect(await verifyLog("log", files)).toMatchObject({ ok: true, records: 40 });
  });

  test("finds a missing segment, a missing end, and a block that was left out", async () => {
    for (const nth of [0, 1, 2]) {
      const { files, segments } = await sample();
      await files.remove(`log/${segments[nth]}`);
      expect(await verifyLog("log", files)).toMatchObject({ ok: false });
    }
    const { files, segments } = await sample();
    await files.remove(`log/${segments.at(-1)}`);
    const report = await verifyLog("log", files);
    expect(report.firstFault).toMatchObject({
      file: "head.json",
      reason: expect.stringMatching(/position 40/),
    });
  });

  test("finds a segment of another log in its place, though that is whole in itself", async () => {
    const { files, segments } = await sample();
    const other = new FaultyFiles();
    await writeLog("log", other, 1);
    files.contents(`log/${segments[2]}`).set(other.contents(`log/${segments[2]}`));
    const report = await verifyLog("log", files);
    expect(report.firstFault).toMatchObject({
      file: segments[2],
      offset: 0,
      reason: expect.stringMatching(/SHA-256/),
    });
  });

  test("the same records in the same batches have the same hash, whatever the buffers held before", async () => {
    const hashes = new Set<string>();
    for (const reopen of [false, true]) {
      const files = new FaultyFiles();
      let { log } = await EventLog.open({ directory: "log", files });
      for (const length of [100, 99, 3, 50, 1, 2]) {
        log.append(1, new Uint8Array(length).fill(0xff));
        await log.commit();
        if (!reopen) continue;
        await log.close();
        ({ log } = await EventLog.open({ directory: "log", files }));
      }
      await log.close();
      hashes.add((await verifyLog("log", files)).sha256);
    }
    expect(hashes.size).toBe(1);
  });

  test("a log with another history has another hash", async () => {
    const [one, two] = [await sample(), await sample()];
    expect((await verifyLog("log", one.files)).sha256).toBe((await verifyLog("log", two.files)).sha256);
    const other = new FaultyFiles();
    const { log } = await EventLog.open({ directory: "log", files: other });
    log.append(1, new Uint8Array(1));
    await log.close();
    expect((await verifyLog("log", other)).sha256).not.toBe((await verifyLog("log", one.files)).sha256);
  });
});

describe("opening a damaged log", () => {
  test("is refused with segment and byte when a good block follows the bad one", async () => {
    const { files, segments } = await sample();
    for (const name of segments.slice(-2)) {
      const contents = files.contents(`log/${name}`);
      contents[100]! ^= 1;
      const opening = EventLog.open({ directory: "log", files });
      await expect(opening).rejects.toMatchObject({ code: "damaged", retryable: false });
      contents[100]! ^= 1;
    }
  });

  test("is refused when it was never closed and a block before its last is bad", async () => {
    const files = new FaultyFiles();
    const { log } = await EventLog.open({ directory: "log", files });
    for (let i = 0; i < 3; i++) {
      log.append(1, new Uint8Array(100).fill(i));
      await log.commit();
    }
    files.kill();
    const contents = files.contents("log/0000000000000000.segment");
    const block = contents.length / 3;
    contents[block + 80]! ^= 1;
    await expect(EventLog.open({ directory: "log", files })).rejects.toMatchObject({
      code: "damaged",
      fault: { pointer: `/0000000000000000.segment/${block}` },
    });
    contents[block + 80]! ^= 1;
    contents[2 * block + 80]! ^= 1;
    const { recovered } = await EventLog.open({ directory: "log", files });
    expect(recovered.cutBytes).toBe(block);
  });

  test("is refused when the end is missing that was durable when it was closed", async () => {
    const { files, segments } = await sample();
    const contents = files.contents(`log/${segments.at(-1)}`);
    contents[contents.length - 1]! ^= 1;
    await expect(EventLog.open({ directory: "log", files })).rejects.toMatchObject({
      code: "damaged",
      fault: { pointer: "/head.json", reason: expect.stringMatching(/40 was durable/) },
    });
  });

  test("is refused when a segment is missing, be it the first, one in the midst or one near the end", async () => {
    const { segments } = await sample();
    for (const nth of [0, 1, segments.length - 2]) {
      const { files } = await sample();
      await files.remove(`log/${segments[nth]}`);
      await expect(EventLog.open({ directory: "log", files })).rejects.toMatchObject({ code: "damaged" });
    }
  });

  test("leaves damage deep inside to the reader, who stops at it and names it", async () => {
    const { files, segments } = await sample();
    files.contents(`log/${segments[1]}`)[120]! ^= 1;
    const { log } = await EventLog.open({ directory: "log", files });
    expect(() => [...log.readSync(0)]).toThrow(
      expect.objectContaining({
        code: "damaged",
        fault: expect.objectContaining({
          pointer: `/${segments[1]}/0`,
          reason: expect.stringMatching(/CRC-32/),
        }),
      }),
    );
    await log.close();
  });
});

describe("npm run verify", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-verify-"));
    await writeLog(join(directory, "log"), nodeFiles);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const run = async (...argv: string[]) => {
    const said: string[] = [];
    const output = { out: (line: string) => said.push(line), error: (line: string) => said.push(line) };
    return { code: await runVerify(argv, output), text: said.join("\n") };
  };

  test("ends with 0 for a whole log, 1 with the fault for another, 2 for bad usage", async () => {
    expect(await run("--data", directory)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^ok: .*40 records/),
    });
    expect(JSON.parse((await run("--data", join(directory, "log"), "--json")).text)).toMatchObject({
      ok: true,
    });
    expect(await run("--help")).toMatchObject({ code: 0, text: expect.stringMatching(/exit codes/) });
    expect(await run()).toMatchObject({ code: 2, text: expect.stringMatching(/--data DIR is missing/) });
    expect(await run("--nonsense")).toMatchObject({ code: 2 });
    expect(await run("--data", join(directory, "nowhere"))).toMatchObject({ code: 2 });
    await writeFile(join(directory, "log", "0000000000000000.segment"), "no block", { flag: "r+" });
    expect(await run("--data", directory)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/0000000000000000\.segment at byte 0: .*WCB1/),
    });
  });
});
