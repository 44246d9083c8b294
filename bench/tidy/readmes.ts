/** READMEs stay true where a machine can tell: their links lead somewhere, and the floors they show are the floors. */
import { posix } from "node:path";
import { FLOORS } from "./rooms.ts";
import type { Violation } from "./source-tree.ts";

/** Links and pictures, `[…](path)`, that lead to no file. */
export function deadLinks(
  readmes: Readonly<Record<string, string>>,
  exists: (path: string) => boolean,
): Violation[] {
  return Object.entries(readmes).flatMap(([path, text]) =>
    text.split("\n").flatMap((content, index) =>
      [...content.matchAll(/\]\(([^)\s#]+)/g)]
        .map((match) => match[1]!)
        .filter((link) => !/^[a-z]+:/.test(link) && !exists(posix.join(posix.dirname(path), link)))
        .map((link) => ({ path, line: index + 1, message: `points to ${link}, which is not there` })),
    ),
  );
}

/** Where the arrows drawn in the main README (`floor -> floors   remark`) differ from the table that tests hold. */
export function wrongFloors(
  readme: string,
  floors: Readonly<Record<string, readonly string[]>> = FLOORS,
): Violation[] {
  const drawn = new Map(
    [...readme.matchAll(/^(\w+) +-> ([^\s,]+(?:, [^\s,]+)*)/gm)].map((match) => [
      match[1]!,
      match[2]!.split(", "),
    ]),
  );
  return Object.entries(floors).flatMap(([floor, allowed]) => {
    const wanted = inWords(allowed, Object.keys(floors).length - 1);
    const shown = drawn.get(floor)?.join(", ") ?? "no arrow";
    return shown === wanted
      ? []
      : [
          {
            path: "README.md",
            line: 1,
            message: `shows "${floor} -> ${shown}", but tidy holds it to "${wanted}"`,
          },
        ];
  });
}

function inWords(allowed: readonly string[], others: number): string {
  if (allowed.length === 0) return "nothing";
  if (allowed.length === others) return "everything";
  return allowed.map((name) => name.replace(/\.ts$/, "")).join(", ");
}
