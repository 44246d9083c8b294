/** Every file is reached from something that runs: a main, a test, a page, a configuration or a script. */
import { isTest } from "./rooms.ts";
import type { SourceTree, Violation } from "./source-tree.ts";

/** Files that a tool opens by their name. */
const ENTRIES = [
  /^[^/]+\/main\.ts$/,
  /\.config\.ts$/,
  /\.mjs$/,
  /^viewer\/(src\/)?routes\//,
  /^viewer\/(src\/)?(entry\.[a-z-]+|root)\.tsx$/,
];

export function deadFiles(tree: SourceTree): Violation[] {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const file = tree.files.get(path);
    if (file === undefined || reached.has(path)) return;
    reached.add(path);
    for (const next of file.imports) if (next.path !== null) visit(next.path);
  };
  for (const path of tree.files.keys())
    if (isTest(path) || ENTRIES.some((entry) => entry.test(path))) visit(path);
  return [...tree.files.keys()]
    .filter((path) => !reached.has(path))
    .map((path) => ({
      path,
      line: 1,
      message: "nothing reaches it: no main, test, page, configuration or script",
    }));
}
