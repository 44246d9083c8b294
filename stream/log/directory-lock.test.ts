import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DirectoryLock, lockFile } from "./directory-lock.ts";
import { lockGround } from "./lock-ground.ts";

describe("the lock of a log's directory", () => {
  let directory = "";
  let path = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-lock-"));
    path = join(directory, "lock");
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const take = (): Promise<DirectoryLock> => lockFile(path, lockGround);

  test("names its holder and is gone after the release", async () => {
    const lock = await take();
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
    expect([lock.isHeld(), lock.takenOver]).toEqual([true, false]);
    await expect(take()).rejects.toMatchObject({ code: "locked" });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
    await (await take()).release();
  });

  test("is refused while another process that holds it lives, and taken over when that is dead", async () => {
    const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    try {
      await once(holder, "spawn");
      await writeFile(path, `${JSON.stringify({ pid: holder.pid, started: "" })}\n`);
      await expect(take()).rejects.toMatchObject({
        code: "locked",
        fault: { pointer: "/lock", reason: expect.stringContaining(`Process ${holder.pid}`) },
      });
    } finally {
      const gone = once(holder, "exit");
      holder.kill("SIGKILL");
      await gone;
    }
    const lock = await take();
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  test("is taken over from an earlier process with the same number, and from a file that names none", async () => {
    await writeFile(path, `${JSON.stringify({ pid: process.pid, started: "1" })}\n`);
    await (await take()).release();
    await writeFile(path, "");
    await (await take()).release();
    expect(await readdir(directory)).toEqual([]);
  });

  test("of a dead process of this machine is free, that of another machine or container is taken over with care", async () => {
    const host = await lockGround.host();
    for (const [of, takenOver] of [
      [host, host === ""],
      ["another boot pid:[1]", true],
    ] as const) {
      await writeFile(path, `${JSON.stringify({ pid: process.pid, started: "1", host: of, token: "t" })}\n`);
      const lock = await take();
      expect(lock.takenOver).toBe(takenOver);
      await lock.release();
    }
  });

  test("tells its holder for good that another has taken it", async () => {
    const lock = await take();
    const mine = await readFile(path, "utf8");
    await writeFile(path, '{"pid":1,"started":"","host":"elsewhere","token":"other"}\n');
    expect(lock.isHeld()).toBe(false);
    await writeFile(path, mine);
    expect(lock.isHeld()).toBe(false);
    await lock.release();
    expect(await readdir(directory)).toEqual(["lock"]);
  });
});
