/** What hides a doubt or leaves work behind: loose types, muted checks, swallowed errors, notes to oneself, skipped tests. */
import { isTest } from "./rooms.ts";
import type { SourceFile, SourceTree, Violation } from "./source-tree.ts";

export function doubts(tree: SourceTree): Violation[] {
  return [...tree.files.values()].flatMap((file) => [
    ...inCode(file).map((at) => ({ path: file.path, ...at })),
    ...inComments(file).map((at) => ({ path: file.path, ...at })),
    ...(isTest(file.path) ? inTests(file).map((at) => ({ path: file.path, ...at })) : []),
  ]);
}

type Found = Pick<Violation, "line" | "message">;

function inCode(file: SourceFile): Found[] {
  const texts = file.tokens.map(({ kind, text }) => (kind === "word" || kind === "sign" ? text : "…"));
  return file.tokens.flatMap(({ line }, i) => {
    const before = texts[i - 1];
    const [first, second, third] = [texts[i], texts[i + 1], texts[i + 2]];
    if (first === "any" && before !== "." && before !== "?." && second !== ":" && second !== "(") {
      return [{ line, message: '"any" switches the type check off: say what it is, or `unknown`' }];
    }
    if (first === "as" && second === "unknown" && third === "as") {
      return [{ line, message: '"as unknown as" hides a doubt: parse, narrow or change the type' }];
    }
    if (first === "as" && second === "never") return [{ line, message: '"as never" hides a doubt' }];
    if (first === "catch" && before === "}" && isEmptyCatch(texts, i)) {
      return [{ line, message: "an empty catch swallows the error: handle it, or let it pass" }];
    }
    return [];
  });
}

function isEmptyCatch(texts: readonly string[], at: number): boolean {
  const open = texts[at + 1] === "(" ? texts.indexOf(")", at) + 1 : at + 1;
  return texts[open] === "{" && texts[open + 1] === "}";
}

function inComments(file: SourceFile): Found[] {
  return file.comments.flatMap(({ line, text }) => {
    const note = /\b(TODO|FIXME|XXX|HACK)\b/.exec(text)?.[0];
    if (note !== undefined) return [{ line, message: `"${note}": do it, or open an issue` }];
    const muted = /@ts-(ignore|nocheck|expect-error)|(biome|eslint|deno-lint|prettier)-(ignore|disable)/.exec(
      text,
    )?.[0];
    return muted === undefined ? [] : [{ line, message: `"${muted}" mutes a check: mend what it says` }];
  });
}

const RUNNERS = new Set(["describe", "it", "test", "suite", "bench"]);
const CONDITIONS = new Set(["skipIf", "runIf"]);

function inTests(file: SourceFile): Found[] {
  const { tokens } = file;
  return tokens.flatMap(({ line, text }, i) => {
    const [object, dot] = [tokens[i - 2]?.text ?? "", tokens[i - 1]?.text];
    if (dot !== ".") return [];
    if (RUNNERS.has(object) && ["skip", "only", "todo", "fails"].includes(text)) {
      return [
        {
          line,
          message: `"${object}.${text}" leaves tests out: run it, or skip it in the test with a reason`,
        },
      ];
    }
    if (RUNNERS.has(object) && CONDITIONS.has(text) && !titleSaysNeeds(file, i)) {
      return [
        { line, message: `"${object}.${text}": the title must say what it needs ("… (needs a browser)")` },
      ];
    }
    if (text === "skip" && tokens[i + 1]?.text === "(" && tokens[i + 2]?.text === ")") {
      return [{ line, message: "a skip without a reason: say what is missing" }];
    }
    return [];
  });
}

/** `describe.skipIf(…)("title (needs …)", …)` */
function titleSaysNeeds(file: SourceFile, at: number): boolean {
  const end = closing(file, at + 1);
  return /\bneeds\b/.test(file.tokens[end + 2]?.text ?? "");
}

/** The index of the parenthesis that closes the one at `open`. */
function closing(file: SourceFile, open: number): number {
  let depth = 0;
  for (let i = open; i < file.tokens.length; i++) {
    const { kind, text } = file.tokens[i]!;
    if (kind !== "sign") continue;
    if (text === "(") depth++;
    if (text === ")" && --depth === 0) return i;
  }
  return file.tokens.length;
}
