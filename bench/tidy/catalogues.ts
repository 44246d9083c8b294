/** Lists are written, not discovered; so a forgotten line must fail, with the hint what to do. */
import { CATALOGUES, isTest } from "./rooms.ts";
import type { SourceTree, Violation } from "./source-tree.ts";

export function missingLines(tree: SourceTree): Violation[] {
  return CATALOGUES.flatMap(({ folder, define, list }) => {
    const listed = new Set(tree.files.get(list)?.imports.map(({ path }) => path));
    return [...tree.files.values()]
      .filter((file) => file.path.startsWith(folder) && !isTest(file.path) && !listed.has(file.path))
      .flatMap((file) => {
        const call = file.tokens.find(
          (token, i) =>
            token.text === define &&
            file.tokens[i + 1]?.text === "(" &&
            file.tokens[i - 1]?.text !== "function",
        );
        return call === undefined
          ? []
          : [
              {
                path: file.path,
                line: call.line,
                message: `is not in the catalogue: add one line to ${list}`,
              },
            ];
      });
  });
}
