/** The code of the house as tidy sees it: every source file, scanned once. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Import, importsOf } from "./imports.ts";
import { FLOORS } from "./rooms.ts";
import { type Scan, scan } from "./tokens.ts";

export interface SourceFile extends Scan {
  /** From the project root, with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

export interface SourceTree {
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Whether there is such a file, source or not (`.json`, `.css`, …). */
  readonly exists: (path: string) => boolean;
}

/** What a check finds; the message says what would be right. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;
const PLACES = [...Object.keys(FLOORS), ".ci"];
const BUILT = ["stream/dist", "viewer/dist", "viewer/server", "viewer/public", "viewer/tmp"];

/** The tree of given texts (bad examples in tests): path -> text. */
export function treeOf(texts: Readonly<Record<string, string>>): SourceTree {
  const files = new Map<string, SourceFile>();
  for (const [path, text] of Object.entries(texts))
    if (SOURCE.test(path)) files.set(path, sourceFile(path, text));
  return { files, exists: (path) => Object.hasOwn(texts, path) };
}

/** The tree that lies at `root`. */
export function readTree(root: string): SourceTree {
  const files = new Map<string, SourceFile>();
  for (const path of PLACES.flatMap((place) => pathsBelow(root, place))) {
    if (SOURCE.test(path)) files.set(path, sourceFile(path, readFileSync(join(root, path), "utf8")));
  }
  return { files, exists: (path) => existsSync(join(root, path)) };
}

/** Every file below a folder, in order, without what is installed or built. */
export function pathsBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.name === "node_modules" || BUILT.includes(path)) return [];
      return entry.isDirectory() ? pathsBelow(root, path) : [path];
    });
}

function sourceFile(path: string, text: string): SourceFile {
  try {
    const scanned = scan(text, { jsx: path.endsWith("x") });
    return { path, lines: text.split("\n").length - 1, ...scanned, imports: importsOf(path, scanned.tokens) };
  } catch (cause) {
    throw new SyntaxError(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
