/** The real machine under a lock. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, readlink, rename, rm, writeFile } from "node:fs/promises";
import type { LockGround } from "./directory-lock.ts";
import { systemCode } from "./log-error.ts";

export const lockGround: LockGround = Object.freeze({
  pid: process.pid,
  held: new Set<string>(),
  newToken: () => randomUUID().replaceAll("-", ""),
  host: hostName,
  startOf,
  isRunning,
  createNew,
  read: (path: string) => unlessMissing(readFile(path, "utf8")),
  readSync,
  rename: async (from: string, to: string) => (await unlessMissing(rename(from, to))) !== null,
  remove: (path: string) => rm(path, { force: true }),
});

async function createNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx", mode: 0o600, flush: true });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function unlessMissing<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

function readSync(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (systemCode(error) === "ESRCH") return false;
    if (systemCode(error) === "EPERM") return true;
    throw error;
  }
}

/** Start time of a process in clock ticks since boot (proc(5), field 22), "" where there is no /proc. */
async function startOf(pid: number): Promise<string> {
  const stat = await textOf(() => readFile(`/proc/${pid}/stat`, "latin1"));
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** This boot of this machine, and this space of process ids: two containers on one machine do not have the same. */
async function hostName(): Promise<string> {
  const boot = await textOf(() => readFile("/proc/sys/kernel/random/boot_id", "utf8"));
  const space = await textOf(() => readlink("/proc/self/ns/pid"));
  return boot === "" || space === "" ? "" : `${boot.trim()} ${space}`;
}

async function textOf(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (systemCode(error) === "") throw error;
    return "";
  }
}
