import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockFile } from "./directory-lock.ts";

describe("the lock of a log's directory", () => {
  let directory = "";
  let path = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-lock-"));
    path = join(directory, "lock");
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test("names its holder and is gone after the release", async () => {
    const release = await lockFile(path);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
    await expect(lockFile(path)).rejects.toMatchObject({ code: "locked" });
    await release();
    expect(await readdir(directory)).toEqual([]);
    await (await lockFile(path))();
  });

  test("is refused while another process that holds it lives, and taken over when that is dead", async () => {
    const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      await once(holder, "spawn");
      await writeFile(path, `${JSON.stringify({ pid: holder.pid, started: "" })}\n`);
      await expect(lockFile(path)).rejects.toMatchObject({
        code: "locked",
        fault: { pointer: "/lock", reason: expect.stringContaining(`Process ${holder.pid}`) },
      });
    } finally {
      const gone = once(holder, "exit");
      holder.kill("SIGKILL");
      await gone;
    }
    const release = await lockFile(path);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
    await release();
  });

  test("is taken over from an earlier process with the same number, and from a file that names none", async () => {
    await writeFile(path, `${JSON.stringify({ pid: process.pid, started: "1" })}\n`);
    await (await lockFile(path))();
    await writeFile(path, "");
    await (await lockFile(path))();
    expect(await readdir(directory)).toEqual([]);
  });
});
