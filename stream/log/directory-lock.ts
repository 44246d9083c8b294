/** One process per log: a lock file that names its holder. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { LogError, systemCode } from "./log-error.ts";

/** Paths that this process holds; a file alone cannot tell "mine" from "mine before a restart in the same container". */
const held = new Set<string>();

interface Holder {
  readonly pid: number;
  /** When that process began, so that a later process with the same number is not taken for it; "" where not known. */
  readonly started: string;
}

/** Takes the lock, also from a holder that is dead. Throws a `LogError` "locked". Returns the release. */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const me: Holder = { pid: process.pid, started: await startOf(process.pid) };
  if (held.has(path)) throw locked(path, me);
  held.add(path);
  try {
    while (!(await create(path, me))) {
      const holder = await read(path);
      if (holder !== null && (await isAlive(holder))) throw locked(path, holder);
      await takeAway(path, holder);
    }
  } catch (error) {
    held.delete(path);
    throw error;
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(path);
  };
}

function locked(path: string, holder: Holder): LogError {
  return new LogError("locked", {
    pointer: `/${path.slice(path.lastIndexOf("/") + 1)}`,
    reason: `Process ${holder.pid} has this log open; a log has one writer`,
  });
}

async function create(path: string, me: Holder): Promise<boolean> {
  try {
    await writeFile(path, `${JSON.stringify(me)}\n`, { flag: "wx", mode: 0o600, flush: true });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** `null`: no file, or none that names a process (its writer died in between). */
async function read(path: string): Promise<Holder | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
  const [, pid, started] = /^\{"pid":(\d+),"started":"(\w*)"\}/.exec(text) ?? [];
  return pid === undefined ? null : { pid: Number(pid), started: started ?? "" };
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (systemCode(error) === "ESRCH") return false;
    if (systemCode(error) !== "EPERM") throw error;
  }
  const started = await startOf(holder.pid);
  return started === "" || holder.started === "" || started === holder.started;
}

/** By rename, so that of two that find a dead holder only one removes its lock, and neither a fresh one. */
async function takeAway(path: string, dead: Holder | null): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const taken = await read(aside);
  if (taken?.pid === dead?.pid && taken?.started === dead?.started) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** Start time of a process in clock ticks since boot (proc(5), field 22), "" where there is no /proc. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch (error) {
    if (systemCode(error) === "") throw error;
    return "";
  }
}
