/**
 * One process per log: a lock file that names its holder, and a fence. A holder looks whether the file is still its own before
 * it counts a write as done; so one that was taken for dead, and was not, stops by itself.
 */
import { LogError } from "./log-error.ts";

export interface DirectoryLock {
  /** Whether nobody has taken it over; a blocking read of a small file. What is lost does not come back. */
  isHeld(): boolean;
  /** The holder before may, for all that can be known from here, still be at work: see `fresh-segment.ts`. */
  readonly takenOver: boolean;
  /** Differs from that of any other holder. */
  readonly token: string;
  release(): Promise<void>;
}

/** The machine under a lock: its files, and its processes. The real one is `lock-ground.ts`. */
export interface LockGround {
  readonly pid: number;
  /** Paths that this process holds; a file alone cannot tell "mine" from "mine before a restart in the same container". */
  readonly held: Set<string>;
  /** A new one at each call, of letters and digits. */
  newToken(): string;
  /** Names the running system and its space of process ids: a pid means the same where this is the same; "" = not known. */
  host(): Promise<string>;
  /** When a process began, so that a later one with the same number is not taken for it; "" where not known. */
  startOf(pid: number): Promise<string>;
  isRunning(pid: number): boolean;
  /** `false`: there is a file of that name. */
  createNew(path: string, text: string): Promise<boolean>;
  /** `null`: there is none. */
  read(path: string): Promise<string | null>;
  readSync(path: string): string | null;
  /** `false`: there is none. */
  rename(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly started: string;
  /** "" = not known. */
  readonly host: string;
  readonly takenOver: boolean;
}

/** Takes the lock, also from a holder that is dead. Throws a `LogError` "locked". */
export async function lockFile(path: string, ground: LockGround): Promise<DirectoryLock> {
  const { pid, held } = ground;
  if (held.has(path)) throw locked(path, pid);
  held.add(path);
  try {
    const token = ground.newToken();
    const [started, host] = [await ground.startOf(pid), await ground.host()];
    let takenOver = false;
    for (;;) {
      const text = `${JSON.stringify({ pid, started, host, token, takenOver })}\n`;
      if (await ground.createNew(path, text)) return lockOf({ path, text, token, takenOver, ground });
      const found = await ground.read(path);
      if (found === null) continue;
      const holder = holderIn(found);
      const fate = await fateOf(holder, { pid, started, host }, ground);
      if (fate === "alive") throw locked(path, holder?.pid ?? 0);
      // A dead one that took over from one of which nothing is known may have died before it was done with that.
      takenOver ||= fate === "unknown" || holder?.takenOver === true;
      await takeAway(path, found, token, ground);
    }
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

function lockOf(parts: {
  readonly path: string;
  readonly text: string;
  readonly token: string;
  readonly takenOver: boolean;
  readonly ground: LockGround;
}): DirectoryLock {
  const { path, text, token, takenOver, ground } = parts;
  let isLost = false;
  const isHeld = () => {
    isLost ||= ground.readSync(path) !== text;
    return !isLost;
  };
  const release = async () => {
    if (isHeld()) await takeAway(path, text, token, ground);
    isLost = true;
    ground.held.delete(path);
  };
  return { isHeld, takenOver, token, release };
}

/** The answer to a process that must not write, at the start or when its lock has gone. */
export function locked(path: string, pid: number): LogError {
  return new LogError("locked", {
    pointer: `/${path.slice(path.lastIndexOf("/") + 1)}`,
    reason: `Process ${pid} has this log open; a log has one writer`,
  });
}

/** `null`: the text names no process, as its writer was cut off. */
function holderIn(text: string): Holder | null {
  const [, pid, started] = /^\{"pid":(\d+),"started":"(\w*)"/.exec(text) ?? [];
  if (pid === undefined) return null;
  const host = /"host":"([^"]*)"/.exec(text)?.[1] ?? "";
  return { pid: Number(pid), started: started ?? "", host, takenOver: text.includes('"takenOver":true') };
}

/** Only where process ids mean the same, "not found" says that it is dead. */
async function fateOf(
  holder: Holder | null,
  me: Omit<Holder, "takenOver">,
  ground: LockGround,
): Promise<"alive" | "dead" | "unknown"> {
  if (holder === null) return "unknown";
  const gone = holder.host !== "" && holder.host === me.host ? "dead" : "unknown";
  if (holder.pid === me.pid || !ground.isRunning(holder.pid)) return gone;
  const started = await ground.startOf(holder.pid);
  return started === "" || holder.started === "" || started === holder.started ? "alive" : gone;
}

/** By rename, so that of two that find a dead holder only one removes its lock, and neither a fresh one. */
async function takeAway(path: string, text: string, token: string, ground: LockGround): Promise<void> {
  const aside = `${path}.${token}`;
  if (!(await ground.rename(path, aside))) return;
  if ((await ground.read(aside)) === text) await ground.remove(aside);
  else await ground.rename(aside, path);
}
