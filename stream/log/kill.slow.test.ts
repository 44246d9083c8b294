/** A real process on a real disk, killed at any moment. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import { EventLog } from "./event-log.ts";
import { nodeFiles } from "./node-files.ts";
import { verifyLog } from "./verify.ts";

const KILLS = 40;
const WRITER = fileURLToPath(new URL("./killed-writer.mjs", import.meta.url));

describe("a log whose writer is killed", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-kill-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test(`has after each of ${KILLS} kills every record that the writer had acknowledged`, async () => {
    const random = new Random(20261124);
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = spawn(process.execPath, ["--import", "tsx", WRITER, directory], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(writer, "exit");
      let text = "";
      const killAfter = random.int(1, 60);
      for await (const chunk of writer.stdout) {
        text += String(chunk);
        if (text.split("\n").length > killAfter) writer.kill("SIGKILL");
      }
      await ended;
      const whole = text.slice(0, text.lastIndexOf("\n")).split("\n");
      acknowledged = Number(whole.at(-1));
      const { log } = await EventLog.open({ directory, files: nodeFiles });
      expect(log.durable).toBeGreaterThanOrEqual(acknowledged);
      let next = 0;
      for (const { position, bytes } of log.readSync(0)) {
        expect(position).toBe(next++);
        if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) !== position)
          throw new Error(`Record ${position} is another one`);
      }
      await log.close();
      expect(await verifyLog(directory, nodeFiles)).toMatchObject({ ok: true, records: next });
    }
    expect(acknowledged).toBeGreaterThan(KILLS);
  }, 300_000);
});
