/**
 * Snapshots on disk: the folded state at a log position, so that recovery need not start at the first record. A snapshot
 * is a promise: it names its version, its registry and its rules, and one that does not fit is skipped, not trusted.
 */
import { SNAPSHOT_VERSION, type Snapshot } from "../snapshot.ts";
import { type FilePort, readText, replaceText } from "./file-port.ts";

/** Older ones are removed; the one before stays in case the newest was cut off. */
const KEPT = 2;
/** Rules that differ are named up to so many. */
const SHOWN = 6;

export class SnapshotFiles {
  readonly #directory: string;
  readonly #files: FilePort;

  constructor(directory: string, files: FilePort) {
    this.#directory = directory;
    this.#files = files;
  }

  /**
   * Writes the JSON text of a `Snapshot` so that its name never shows half of one, also after a loss of power; only then
   * are older ones removed, and what writes that did not end left behind. One call at a time. Throws the system's error.
   */
  async writeText(position: number, text: string): Promise<void> {
    await this.#files.makeDirectory(this.#directory);
    await replaceText(this.#files, this.#directory, `${String(position).padStart(16, "0")}.json`, text);
    const all = await this.#files.list(this.#directory);
    const gone = [...all.filter((name) => name.endsWith(".draft")), ...snapshotsAmong(all).slice(0, -KEPT)];
    for (const name of gone) await this.#files.remove(`${this.#directory}/${name}`);
  }

  /**
   * The newest snapshot at or below `position` of this version, registry and these rules; `null` if there is none.
   * `skipped` names those that could not be used and why; `hasOtherRules`: one of them was folded under other rules.
   */
  async newest(
    position: number,
    registry: number,
    rules: readonly string[],
  ): Promise<{ snapshot: Snapshot | null; skipped: string[]; hasOtherRules: boolean }> {
    const skipped: string[] = [];
    let hasOtherRules = false;
    await this.#files.makeDirectory(this.#directory);
    for (const name of snapshotsAmong(await this.#files.list(this.#directory)).reverse()) {
      const parsed = parseSnapshot((await readText(this.#files, this.#directory, name)) ?? "");
      const reason = reasonAgainst(parsed, position, registry, rules);
      if (parsed !== null && reason === null) return { snapshot: parsed, skipped, hasOtherRules };
      hasOtherRules ||= parsed !== null && differences(parsed.rules, rules) !== null;
      skipped.push(`${name}: ${reason ?? "no snapshot"}`);
    }
    return { snapshot: null, skipped, hasOtherRules };
  }
}

/** What a text holds if it can be used at or below `position`; else a sentence. */
export function readSnapshot(
  text: string,
  position: number,
  registry: number,
  rules: readonly string[],
): Snapshot | string {
  const parsed = parseSnapshot(text);
  return parsed === null
    ? "cut off or no JSON"
    : (reasonAgainst(parsed, position, registry, rules) ?? parsed);
}

/** Oldest first. */
function snapshotsAmong(names: readonly string[]): string[] {
  return names.filter((name) => name.endsWith(".json")).sort();
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
  return { version, registry, rules: rulesIn(parsed), position, state };
}

/** Snapshots of before rules were named have none: none that are in force now. */
function rulesIn(parsed: object): string[] {
  const rules: unknown = "rules" in parsed ? parsed.rules : [];
  return Array.isArray(rules) ? rules.map(String) : [];
}

function reasonAgainst(
  snapshot: Snapshot | null,
  position: number,
  registry: number,
  rules: readonly string[],
): string | null {
  if (snapshot === null) return "cut off or no JSON";
  if (snapshot.version !== SNAPSHOT_VERSION) return `version ${snapshot.version}, wanted ${SNAPSHOT_VERSION}`;
  if (snapshot.registry !== registry) return "of another registry";
  const others = differences(snapshot.rules, rules);
  if (others !== null) return `folded under other rules: ${others}`;
  if (snapshot.position > position) return `at position ${snapshot.position}, the log ends at ${position}`;
  return null;
}

/** The rules that are not the same, at most a few of them; `null` = all are. */
function differences(then: readonly string[], now: readonly string[]): string | null {
  const changed = [
    ...then.filter((rule) => !now.includes(rule)).map((rule) => `then ${rule}`),
    ...now.filter((rule) => !then.includes(rule)).map((rule) => `now ${rule}`),
  ];
  if (changed.length === 0) return null;
  const more = changed.length > SHOWN ? ` and ${changed.length - SHOWN} more` : "";
  return `${changed.slice(0, SHOWN).join(", ")}${more}`;
}
