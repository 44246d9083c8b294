/** Pure rooms touch nothing outside: no I/O, clock, chance or locale; where runs must be portable, no inexact `Math`. */
import { builtinModules } from "node:module";
import { testParts } from "./dead-files.ts";
import { isPortable, isPure, PURE_PACKAGES } from "./rooms.ts";
import type { SourceFile, SourceTree, Violation } from "./source-tree.ts";
import type { Token } from "./tokens.ts";

interface Ban {
  /** A global (`fetch`), a member of one (`Math.random`), a member of anything (`.localeCompare`) or a sign (`**`). */
  readonly words: readonly string[];
  readonly instead: string;
}

const members = (of: string, names: string): string[] => names.split(" ").map((name) => `${of}.${name}`);

const IN_PURE_ROOMS: readonly Ban[] = [
  {
    words: ["Date", "performance.now", "performance.timeOrigin"],
    instead: "time reaches the core as data: see twin/kernel/time.ts",
  },
  {
    words: ["Math.random", ...members("crypto", "randomUUID getRandomValues subtle")],
    instead: "chance arrives as a Random (twin/kernel/random.ts)",
  },
  {
    words: ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
    instead: "timers live in the fold, in event time",
  },
  {
    words: ["fetch", "WebSocket", "XMLHttpRequest", "EventSource"],
    instead: "I/O belongs to the rooms that tidy lists",
  },
  {
    words: members(
      "process",
      "env argv exit exitCode hrtime memoryUsage cpuUsage nextTick on once cwd pid platform stdin stdout stderr uptime version versions emitWarning",
    ),
    instead: "what a run needs is handed in by main.ts",
  },
  { words: ["console"], instead: "return what there is to say" },
  {
    words: [
      ".localeCompare",
      ".toLocaleString",
      ".toLocaleDateString",
      ".toLocaleTimeString",
      ".toLocaleUpperCase",
      ".toLocaleLowerCase",
      "Intl",
    ],
    instead: "locales differ between machines: compare by code units, format by hand",
  },
];

const IN_PORTABLE_ROOMS: readonly Ban[] = [
  {
    words: [
      "**",
      "**=",
      ...members(
        "Math",
        "exp expm1 log log1p log2 log10 sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh pow cbrt hypot",
      ),
    ],
    instead: "its last bit differs between runtimes: use twin/kernel/math.ts",
  },
];

/** RxJS operators and creators that measure the machine's time, not the city's. */
const RXJS_CLOCKS = new Set(
  "debounceTime auditTime sampleTime throttleTime bufferTime windowTime delay delayWhen timeout timeoutWith timer interval timeInterval timestamp asyncScheduler asapScheduler animationFrameScheduler animationFrames".split(
    " ",
  ),
);

/** Tests, and what only tests use, may do as they like. */
export function impurities(tree: SourceTree): Violation[] {
  const tests = testParts(tree);
  return [...tree.files.values()]
    .filter((file) => isPure(file.path) && !tests.has(file.path) && !file.path.startsWith(".ci/"))
    .flatMap((file) => [
      ...IN_PURE_ROOMS.flatMap((ban) => uses(file, ban)),
      ...(isPortable(file.path) ? IN_PORTABLE_ROOMS.flatMap((ban) => uses(file, ban)) : []),
      ...impureImports(file),
      ...machineClocks(file),
    ]);
}

function uses(file: SourceFile, ban: Ban): Violation[] {
  return file.tokens.flatMap((token, i) => {
    const word = ban.words.find((banned) => isUse(file.tokens, i, banned));
    return word === undefined
      ? []
      : [{ path: file.path, line: token.line, message: `"${word}" in a pure room: ${ban.instead}` }];
  });
}

function isUse(tokens: readonly Token[], at: number, banned: string): boolean {
  const [object, member] = banned.includes(".") ? banned.split(".") : [banned];
  const token = tokens[at]!;
  if (object === "") return isMember(tokens[at - 1]) && token.text === member && token.kind === "word";
  if (token.text !== object || (token.kind !== "word" && token.kind !== "sign")) return false;
  if (isMember(tokens[at - 1])) return false;
  if (member === undefined) return tokens[at + 1]?.text !== ":" || tokens[at - 1]?.text === "?";
  return isMember(tokens[at + 1]) && tokens[at + 2]?.text === member;
}

function isMember(token: Token | undefined): boolean {
  return token?.text === "." || token?.text === "?.";
}

function impureImports(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  for (const { specifier, path, names, line, kind } of file.imports) {
    if (path !== null) {
      if (kind === "type" || isPure(path) || path.endsWith(".json")) continue;
      found.push({ path: file.path, line, message: `a pure room must not import the I/O room ${path}` });
      continue;
    }
    const name = specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/");
    if (specifier.startsWith("node:") || builtinModules.includes(specifier)) {
      found.push({
        path: file.path,
        line,
        message: `"${specifier}" in a pure room: I/O belongs to the rooms that tidy lists`,
      });
    } else if (!PURE_PACKAGES.includes(name)) {
      found.push({
        path: file.path,
        line,
        message: `package "${name}" in a pure room: only ${PURE_PACKAGES.join(", ")} may enter`,
      });
    }
    for (const clock of name === "rxjs" ? names.filter((taken) => RXJS_CLOCKS.has(taken)) : []) {
      found.push({
        path: file.path,
        line,
        message: `rxjs "${clock}" measures the machine's time: use event time`,
      });
    }
  }
  return found;
}

/** XState's `after:` waits by the machine's clock; our machines take time in their events. */
function machineClocks(file: SourceFile): Violation[] {
  if (!file.path.endsWith(".machine.ts")) return [];
  return file.tokens.flatMap((token, i) =>
    token.text === "after" && file.tokens[i + 1]?.text === ":" && file.tokens[i + 2]?.text === "{"
      ? [
          {
            path: file.path,
            line: token.line,
            message: '"after:" waits by the machine\'s clock: send time in events',
          },
        ]
      : [],
  );
}
