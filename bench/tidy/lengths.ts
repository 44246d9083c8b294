/** A function fits a screen, a file has one subject. */
import { FILE_LINES_MAX, FUNCTION_LINES_MAX, LONG_FILES } from "./rooms.ts";
import type { SourceFile, SourceTree, Violation } from "./source-tree.ts";
import type { Token } from "./tokens.ts";

export function longFiles(tree: SourceTree): Violation[] {
  return [...tree.files.values()]
    .filter((file) => file.lines > FILE_LINES_MAX && !Object.hasOwn(LONG_FILES, file.path))
    .map((file) => ({
      path: file.path,
      line: FILE_LINES_MAX,
      message: `${file.lines} lines, at most ${FILE_LINES_MAX}: split it by subject`,
    }));
}

/** Exceptions that are none any more. */
export function staleExceptions(
  tree: SourceTree,
  exceptions: Readonly<Record<string, string>> = LONG_FILES,
): Violation[] {
  return Object.keys(exceptions)
    .filter((path) => (tree.files.get(path)?.lines ?? 0) <= FILE_LINES_MAX)
    .map((path) => ({
      path,
      line: 1,
      message: "is short enough now: strike it off the exceptions in bench/tidy/rooms.ts",
    }));
}

export function longFunctions(tree: SourceTree): Violation[] {
  return [...tree.files.values()].flatMap((file) =>
    functionsOf(file)
      .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
      .map(({ line, lines }) => ({
        path: file.path,
        line,
        message: `a function of ${lines} lines, at most ${FUNCTION_LINES_MAX}: give its parts names`,
      })),
  );
}

/** Words before a parenthesis that make it no parameter list. */
const CONTROL = new Set("if for while switch catch with".split(" "));
/** Words that no return type contains: what opens after them is a class, a block or a value. */
const NO_TYPE = new Set(
  "class interface implements enum export const let var return case default else try finally do static new throw".split(
    " ",
  ),
);

interface Body {
  readonly line: number;
  readonly end: number;
}

/**
 * The bodies of functions. The callbacks of `describe` only hold tests together: they are left out, and do not count
 * for the function around them.
 */
function functionsOf(file: SourceFile): { line: number; lines: number }[] {
  const { tokens } = file;
  const pairs = bracketPairs(tokens);
  const functions: Body[] = [];
  const suites: Body[] = [];
  for (let open = 0; open < tokens.length; open++) {
    if (tokens[open]!.text !== "{" || !opensBody(tokens, pairs, open)) continue;
    const body = { line: tokens[open]!.line, end: tokens[pairs.partner.get(open)!]!.line };
    (isDescribe(tokens, pairs, open) ? suites : functions).push(body);
  }
  return functions.map(({ line, end }) => ({
    line,
    lines: end - line + 1 - linesOfSuites(suites, line, end),
  }));
}

function linesOfSuites(suites: readonly Body[], line: number, end: number): number {
  const inside = suites.filter((suite) => suite.line >= line && suite.end <= end);
  const outermost = inside.filter(
    (suite) => !inside.some((other) => other.line < suite.line && other.end > suite.end),
  );
  return outermost.reduce((sum, suite) => sum + suite.end - suite.line + 1, 0);
}

interface Pairs {
  /** Index of each bracket's partner, both ways. */
  readonly partner: ReadonlyMap<number, number>;
  /** Index of the bracket around each opening bracket; -1 outside of all. */
  readonly around: ReadonlyMap<number, number>;
}

function bracketPairs(tokens: readonly Token[]): Pairs {
  const partner = new Map<number, number>();
  const around = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, i) => {
    if (kind !== "sign") return;
    if (text === "(" || text === "[" || text === "{") {
      around.set(i, open.at(-1) ?? -1);
      open.push(i);
    } else if (text === ")" || text === "]" || text === "}") {
      const start = open.pop() ?? -1;
      partner.set(start, i);
      partner.set(i, start);
    }
  });
  return { partner, around };
}

/** Whether a `{` begins a function's body: after `=>`, or after a parameter list with or without a return type. */
function opensBody(tokens: readonly Token[], pairs: Pairs, open: number): boolean {
  const before = tokens[open - 1];
  if (before?.kind === "sign" && before.text === "=>") return true;
  for (let i = open - 1; i > 0; i--) {
    const { kind, text } = tokens[i]!;
    if (text === ":" && i === open - 1) return false;
    if (text === ":" && tokens[i - 1]!.text === ")") return isParameterList(tokens, pairs, i - 1);
    if (text === ")" && i === open - 1) return isParameterList(tokens, pairs, i);
    if (kind === "sign" && [")", "]", "}"].includes(text)) i = pairs.partner.get(i) ?? 0;
    else if (kind === "sign" && !["<", ">", "|", "&", ".", ",", "?", "[", "=>"].includes(text)) return false;
    else if (kind === "word" && NO_TYPE.has(text)) return false;
  }
  return false;
}

function isParameterList(tokens: readonly Token[], pairs: Pairs, close: number): boolean {
  const open = pairs.partner.get(close) ?? 0;
  const callee = tokens[open - 1];
  return callee !== undefined && !(CONTROL.has(callee.text) && tokens[open - 2]?.text !== ".");
}

function isDescribe(tokens: readonly Token[], pairs: Pairs, body: number): boolean {
  const call = pairs.around.get(body) ?? -1;
  if (call < 1 || tokens[call]!.text !== "(") return false;
  let at = call - 1;
  while (tokens[at]?.text === ")" || tokens[at - 1]?.text === ".") {
    at = tokens[at]!.text === ")" ? pairs.partner.get(at)! - 1 : at - 2;
  }
  return tokens[at]?.text === "describe";
}
