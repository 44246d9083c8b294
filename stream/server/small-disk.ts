/** Real disks that tests can fill, free and make read-only: a small filesystem where mounting is permitted, else a limit. */
import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface SmallDisk {
  /** What it is, in words. */
  readonly name: string;
  readonly folder: string;
  /** Command in front of a process that writes there. */
  readonly before: readonly string[];
  fill(pid: number): Promise<void>;
  free(pid: number): Promise<void>;
  /** `null` = cannot be made read-only. */
  readonly setReadOnly: ((isReadOnly: boolean) => Promise<void>) | null;
  remove(): Promise<void>;
}

const DISK_MB = 24;
const LIMIT_BYTES = 400_000;
const BLOCK = new Uint8Array(64 * 1024);

/** The best that this machine permits. */
export async function smallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "warm-city-disk-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "tmpfs", folder]);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    return limitedDisk(folder, `mount is not permitted (${reason})`);
  }
  const ballast = join(folder, "ballast");
  return {
    name: `a filesystem (tmpfs) of ${DISK_MB} MB`,
    folder,
    before: [],
    fill: () => fill(ballast),
    free: () => rm(ballast),
    setReadOnly: async (isReadOnly) => {
      await run("mount", ["-o", `remount,${isReadOnly ? "ro" : "rw"}`, folder]);
    },
    async remove() {
      await run("umount", [folder]);
      await rm(folder, { recursive: true });
    },
  };
}

/** Each file of the process may have so many bytes and no more (`RLIMIT_FSIZE`); it can be raised while it runs. */
function limitedDisk(folder: string, reason: string): SmallDisk {
  const limit = (pid: number, bytes: number | "unlimited") =>
    run("prlimit", [`--fsize=${bytes}:`, "--pid", String(pid)]).then(() => undefined);
  return {
    name: `a file-size limit of ${LIMIT_BYTES} bytes, as ${reason}`,
    folder,
    before: [],
    fill: (pid) => limit(pid, LIMIT_BYTES),
    free: (pid) => limit(pid, "unlimited"),
    setReadOnly: null,
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Writes a file until the disk is full. */
async function fill(path: string): Promise<void> {
  const file = await open(path, "a");
  try {
    for (let size = BLOCK.length; size > 0; ) {
      try {
        const { bytesWritten } = await file.write(BLOCK, 0, size);
        if (bytesWritten < size) size = Math.floor(size / 2);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    await file.close();
  }
}
