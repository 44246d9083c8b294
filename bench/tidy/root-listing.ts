/** The root stays short: what stands there is listed, and every floor explains itself. */
import { FLOORS, ROOT_ENTRIES } from "./rooms.ts";
import type { Violation } from "./source-tree.ts";

/** Judges the paths that git tracks. */
export function rootFaults(tracked: readonly string[]): Violation[] {
  const entries = new Set(tracked.map((path) => path.split("/")[0]!));
  const strange = [...entries]
    .filter((entry) => !entry.startsWith(".") && !Object.hasOwn(ROOT_ENTRIES, entry))
    .map((path) => ({
      path,
      line: 1,
      message: "does not belong at the root: give it a floor, or a line in bench/tidy/rooms.ts",
    }));
  const missing = Object.keys(ROOT_ENTRIES)
    .filter((entry) => !entries.has(entry))
    .map((path) => ({ path, line: 1, message: `is missing at the root: ${ROOT_ENTRIES[path]}` }));
  const mute = Object.keys(FLOORS)
    .filter((floor) => entries.has(floor) && !tracked.includes(`${floor}/README.md`))
    .map((floor) => ({
      path: `${floor}/README.md`,
      line: 1,
      message: 'is missing: purpose, a small picture, "to add a …"',
    }));
  return [...strange, ...missing, ...mute];
}
