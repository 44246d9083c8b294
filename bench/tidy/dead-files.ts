/** Every file is reached from something that runs: a main, a test, a page, a configuration or a script. */
import { isTest } from "./rooms.ts";
import type { SourceTree, Violation } from "./source-tree.ts";

/** Files that a tool opens by their name. */
const ENTRIES = [
  /\/main\.ts$/,
  /\.config\.ts$/,
  /\.mjs$/,
  /^viewer\/(src\/)?routes\//,
  /^viewer\/(src\/)?(entry\.[a-z-]+|root)\.tsx$/,
];

const isEntry = (path: string): boolean => ENTRIES.some((entry) => entry.test(path));

/** The files that are chosen, and all that these import, directly or not. */
function reached(tree: SourceTree, chosen: (path: string) => boolean): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    const file = tree.files.get(path);
    if (file === undefined || found.has(path)) return;
    found.add(path);
    for (const next of file.imports) if (next.path !== null) visit(next.path);
  };
  for (const path of tree.files.keys()) if (chosen(path)) visit(path);
  return found;
}

export function deadFiles(tree: SourceTree): Violation[] {
  const alive = reached(tree, (path) => isTest(path) || isEntry(path));
  return [...tree.files.keys()]
    .filter((path) => !alive.has(path))
    .map((path) => ({
      path,
      line: 1,
      message: "nothing reaches it: no main, test, page, configuration or script",
    }));
}

/** Tests, and the files that only tests reach: fixtures, contract suites, faulty disks. */
export function testParts(tree: SourceTree): ReadonlySet<string> {
  const product = reached(tree, isEntry);
  return new Set([...reached(tree, isTest)].filter((path) => isTest(path) || !product.has(path)));
}
