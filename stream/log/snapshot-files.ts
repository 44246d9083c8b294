/**
 * Snapshots on disk: the folded state at a log position, so that recovery need not start at the first record. A snapshot
 * is a promise: it names its version and the registry it belongs to, and one that does not fit is skipped, not trusted.
 */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

export const SNAPSHOT_VERSION = 1;
/** Older ones are removed; the one before stays in case the newest was cut off. */
const KEPT = 2;

export interface Snapshot {
  readonly version: number;
  /** Names the registry whose ordinals the state counts in. */
  readonly registry: number;
  /** First log position that is not in the state. */
  readonly position: number;
  readonly state: unknown;
}

export class SnapshotFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes the JSON text of a `Snapshot` beside, syncs, renames: the name never shows half a snapshot. */
  async writeText(position: number, text: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const name = `${String(position).padStart(16, "0")}.json`;
    const beside = join(this.#directory, `${name}.part`);
    const file = await open(beside, "w");
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(beside, join(this.#directory, name));
    for (const old of (await this.#names()).slice(0, -KEPT)) await rm(join(this.#directory, old));
  }

  async #names(): Promise<string[]> {
    try {
      const names = await readdir(this.#directory);
      return names.filter((name) => name.endsWith(".json")).sort();
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
  }

  /**
   * The newest snapshot at or below `position` of this version and registry; `null` if there is none. `skipped` names
   * those that could not be used and why.
   */
  async newest(
    position: number,
    registry: number,
  ): Promise<{ snapshot: Snapshot | null; skipped: string[] }> {
    const skipped: string[] = [];
    for (const name of (await this.#names()).reverse()) {
      const parsed = parseSnapshot(await readFile(join(this.#directory, name), "utf8"));
      const reason = reasonAgainst(parsed, position, registry);
      if (parsed !== null && reason === null) return { snapshot: parsed, skipped };
      skipped.push(`${name}: ${reason ?? "no snapshot"}`);
    }
    return { snapshot: null, skipped };
  }
}

function parseSnapshot(text: string): Snapshot | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  if (!("version" in parsed && "registry" in parsed && "position" in parsed && "state" in parsed))
    return null;
  const { version, registry, position, state } = parsed;
  if (typeof version !== "number" || typeof registry !== "number" || typeof position !== "number")
    return null;
  return { version, registry, position, state };
}

function reasonAgainst(snapshot: Snapshot | null, position: number, registry: number): string | null {
  if (snapshot === null) return "cut off or no JSON";
  if (snapshot.version !== SNAPSHOT_VERSION) return `version ${snapshot.version}, wanted ${SNAPSHOT_VERSION}`;
  if (snapshot.registry !== registry) return "of another registry";
  if (snapshot.position > position) return `at position ${snapshot.position}, the log ends at ${position}`;
  return null;
}
