/** Imports point down only, name files with their ending, and never close a circle. */
import { FLOORS } from "./rooms.ts";
import type { SourceTree, Violation } from "./source-tree.ts";

const floorOf = (path: string): string => path.slice(0, path.indexOf("/"));

/** Imports that the floors table does not allow, or that lead nowhere. */
export function wrongArrows(tree: SourceTree): Violation[] {
  const found: Violation[] = [];
  for (const file of tree.files.values()) {
    const floor = floorOf(file.path);
    for (const { path, specifier, line, kind } of file.imports) {
      if (path === null || kind === "url") continue;
      const message = !tree.exists(path)
        ? `imports "${specifier}", which is no file (write the whole name with its ending)`
        : mayImport(floor, path)
          ? null
          : `${floor} must not import ${path}: allowed are ${[floor, ...(FLOORS[floor] ?? [])].join(", ")}`;
      if (message !== null) found.push({ path: file.path, line, message });
    }
  }
  return found;
}

function mayImport(floor: string, path: string): boolean {
  if (floorOf(path) === floor) return true;
  return (FLOORS[floor] ?? []).some((allowed) => path === allowed || floorOf(path) === allowed);
}

/** Every set of files that import one another, type imports included (Tarjan's strongly connected components). */
export function circles(tree: SourceTree): Violation[] {
  return components(tree)
    .filter((members) => members.length > 1)
    .map((members) => members.sort())
    .map((members) => ({
      path: members[0]!,
      line: 1,
      message: `files import each other in a circle: ${members.join(" <-> ")}`,
    }));
}

interface Visit {
  readonly index: number;
  low: number;
  onStack: boolean;
}

function components(tree: SourceTree): string[][] {
  const visits = new Map<string, Visit>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): Visit => {
    const own: Visit = { index: visits.size, low: visits.size, onStack: true };
    visits.set(path, own);
    stack.push(path);
    for (const { path: next, kind } of tree.files.get(path)!.imports) {
      if (next === null || kind === "url" || !tree.files.has(next)) continue;
      const seen = visits.get(next);
      if (seen === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (seen.onStack) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const members = stack.splice(stack.lastIndexOf(path));
      for (const member of members) visits.get(member)!.onStack = false;
      found.push(members);
    }
    return own;
  };
  for (const path of tree.files.keys()) if (!visits.has(path)) visit(path);
  return found;
}
