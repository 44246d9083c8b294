/** A file is named, in kebab-case, after what it defines. */
import type { SourceTree, Violation } from "./source-tree.ts";

/** Words that say nothing about what is inside, wherever they stand. */
const EMPTY_WORDS = new Set("util utils helper helpers common manager misc shared stuff".split(" "));
/** Words that say nothing as the noun itself, the last of a name ("data-checks" is about checks). */
const EMPTY_NOUNS = new Set("service services data info".split(" "));
const EMPTY_NAMES = new Set(["index", "types", "constants", "lib"]);
const FOLDER = /^(\.?[a-z0-9]+(-[a-z0-9]+)*|\[[.a-z0-9]+\])$/;
const FILE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
/** Names that a framework gives: Qwik City's pages and the dynamic folders above them. */
const PAGE = /^viewer\/(src\/)?routes\//;

export function badNames(tree: SourceTree): Violation[] {
  return [...tree.files.keys()].flatMap((path) => {
    const message = fault(path);
    return message === null ? [] : [{ path, line: 1, message }];
  });
}

function fault(path: string): string | null {
  const parts = path.split("/");
  const stem = parts.at(-1)!.split(".")[0]!;
  const odd =
    parts.slice(0, -1).find((part) => !FOLDER.test(part)) ??
    (FILE.test(parts.at(-1)!) || PAGE.test(path) ? null : parts.at(-1)!);
  if (odd !== null) return `"${odd}" is not kebab-case`;
  const words = [...parts.slice(0, -1), stem].map((part) => part.split("-"));
  const empty =
    words.flat().find((word) => EMPTY_WORDS.has(word)) ??
    words.map((part) => part.at(-1)!).find((noun) => EMPTY_NOUNS.has(noun));
  if (empty !== undefined) return `"${empty}" says nothing: name it after what it defines`;
  if (EMPTY_NAMES.has(stem) && !PAGE.test(path))
    return `"${stem}" says nothing: name it after what it defines`;
  return null;
}
