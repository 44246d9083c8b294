/** The ground under the real lock: files of the simulated disk, processes of the swarm. */
import type { LockGround } from "../../stream/log/directory-lock.ts";
import type { Random } from "../../twin/kernel/random.ts";
import type { Life, Processes } from "./life.ts";
import type { SimulatedDisk } from "./simulated-disk.ts";

export function lockGroundOf(
  disk: SimulatedDisk,
  life: Life,
  processes: Processes,
  random: Random,
): LockGround {
  const files = disk.portOf(life);
  return {
    pid: life.pid,
    held: new Set(),
    newToken: () => random.uint32().toString(36).padStart(7, "0"),
    host: () => Promise.resolve(life.host),
    startOf: (pid) => Promise.resolve(processes.seenBy(life, pid)?.started ?? ""),
    isRunning: (pid) => processes.seenBy(life, pid) !== null,
    async createNew(path, text) {
      if (!(await disk.createNew(life, path))) return false;
      const file = await files.open(path);
      await file.write(new TextEncoder().encode(text), 0);
      await file.datasync();
      return true;
    },
    async read(path) {
      await files.list("");
      return disk.textOf(path);
    },
    readSync: (path) => disk.textOf(path),
    async rename(from, to) {
      if (!disk.has(from)) return false;
      try {
        await files.rename(from, to);
        return true;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
        throw error;
      }
    },
    remove: (path) => files.remove(path),
  };
}
