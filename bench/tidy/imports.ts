/** What a file imports, told from its tokens: static, type, re-exported, dynamic, and workers named by URL. */
import { posix } from "node:path";
import type { Token } from "./tokens.ts";

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path from the project root, of relative specifiers; `null` for packages and built-ins. */
  readonly path: string | null;
  /** The names taken, as exported there; empty for a whole module. */
  readonly names: readonly string[];
  /** `type`: gone at run time (`import type`). `url`: `new URL("./x.ts", import.meta.url)`, a worker or a page's own file. */
  readonly kind: "import" | "type" | "dynamic" | "url";
  readonly line: number;
}

export function importsOf(path: string, tokens: readonly Token[]): Import[] {
  const found: Import[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind !== "word" || tokens[i - 1]?.text === ".") continue;
    const written =
      token.text === "import"
        ? importAt(tokens, i)
        : token.text === "export"
          ? reExportAt(tokens, i)
          : token.text === "URL"
            ? urlAt(tokens, i)
            : null;
    if (written !== null)
      found.push({ ...written, path: resolve(path, written.specifier), line: token.line });
  }
  return found;
}

type Written = Pick<Import, "specifier" | "names" | "kind">;

function importAt(tokens: readonly Token[], at: number): Written | null {
  const next = tokens[at + 1];
  if (next?.kind === "string") return { specifier: next.text, names: [], kind: "import" };
  if (next?.text === "(") {
    const argument = tokens[at + 2];
    return argument?.kind === "string" ? { specifier: argument.text, names: [], kind: "dynamic" } : null;
  }
  if (next?.text === ".") return null;
  const typesOnly = next?.text === "type" && tokens[at + 2]?.text !== "from" && tokens[at + 2]?.text !== ",";
  return from(tokens, at + 1, typesOnly ? "type" : "import");
}

function reExportAt(tokens: readonly Token[], at: number): Written | null {
  const typesOnly = tokens[at + 1]?.text === "type";
  const first = typesOnly ? at + 2 : at + 1;
  if (tokens[first]?.text !== "{" && tokens[first]?.text !== "*") return null;
  return from(tokens, first, typesOnly ? "type" : "import");
}

/** `… from "x"`: the clause ends at the first string, or at what no clause contains. */
function from(tokens: readonly Token[], start: number, kind: "type" | "import"): Written | null {
  const names: string[] = [];
  let braces = false;
  for (let i = start; i < tokens.length; i++) {
    const { kind: token, text } = tokens[i]!;
    if (token === "string" && tokens[i - 1]?.text === "from") return { specifier: text, names, kind };
    if (text === "{") braces = true;
    else if (text === "}") braces = false;
    else if (token === "word" && braces && beginsName(tokens, i)) names.push(text);
    else if (token !== "word" && text !== "," && text !== "*") return null;
  }
  return null;
}

/** Whether a word in braces is the exported name: not a `type` in front of it, nor the name after `as`. */
function beginsName(tokens: readonly Token[], at: number): boolean {
  const [text, next] = [tokens[at]!.text, tokens[at + 1]!];
  if (text === "as" || (text === "type" && next.kind === "word" && next.text !== "as")) return false;
  const before = tokens[at - 1]!.text === "type" ? tokens[at - 2]! : tokens[at - 1]!;
  return before.text === "{" || before.text === ",";
}

function urlAt(tokens: readonly Token[], at: number): Written | null {
  const argument = tokens[at + 2];
  const rest = tokens.slice(at + 3, at + 10).map((token) => token.text);
  if (argument?.kind !== "string" || rest.join("") !== ",import.meta.url)") return null;
  return { specifier: argument.text, names: [], kind: "url" };
}

function resolve(importer: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  return posix.join(posix.dirname(importer), specifier.replace(/[?#].*$/, ""));
}
