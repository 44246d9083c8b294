/**
 * The house plan as data: which floor may import which, and where I/O may live. The tests of this folder hold the
 * code to it; whoever wants another plan changes this page and the README's "Floors" with it.
 */

/**
 * Floor -> what it may import besides itself. An entry that ends in `.ts` is that file alone. Type imports count, and
 * tests obey too.
 */
export const FLOORS: Readonly<Record<string, readonly string[]>> = {
  bench: ["scenarios", "viewer", "stream", "models", "simulator", "twin"],
  scenarios: ["stream", "simulator", "models", "twin"],
  viewer: ["stream/wire.ts", "twin"],
  stream: ["simulator", "models", "twin"],
  models: ["simulator", "twin"],
  simulator: ["twin"],
  twin: [],
};

/** Folders (ending in `/`) and files that may do I/O. All else is pure, save tests. `*` is any one floor. */
export const IO_ROOMS: readonly string[] = [
  "*/main.ts",
  "*/run.mjs",
  "*/build.mjs",
  "*/pack-stamps.mjs",
  "stream/sources/",
  "stream/outlets/",
  "stream/log/",
  "stream/history/",
  "stream/server/",
  "stream/media/",
  "stream/notify/",
  "stream/arroyo/",
  "models/train/",
  "models/train.ts",
  "scenarios/runner/",
  "scenarios/swarm/",
  "scenarios/truth-score/main.ts",
  "viewer/",
  "bench/",
];

/** npm packages without I/O, clocks or chance of their own: all that pure rooms may import. */
export const PURE_PACKAGES: readonly string[] = [
  "@sinclair/typebox",
  "cbor-x",
  "xstate",
  "rxjs",
  "@faker-js/faker",
];

/** Pure rooms where even floating point must come out the same on every runtime. */
export const PORTABLE_ROOMS: readonly string[] = [
  "twin/",
  "simulator/",
  "stream/detectors/",
  "stream/rules/",
  "stream/shadow/",
  "scenarios/",
];

/**
 * Lists that must be complete: every file of `folder` that calls `define` is imported by `list`. "To add one" is
 * then one file and one line.
 */
export const CATALOGUES: readonly {
  readonly folder: string;
  readonly define: string;
  readonly list: string;
}[] = [
  { folder: "twin/devices/", define: "defineDeviceKind", list: "twin/devices/catalogue.ts" },
  { folder: "stream/rules/", define: "defineRule", list: "stream/rules/catalogue.ts" },
  { folder: "stream/second-stage/", define: "defineCityRule", list: "stream/second-stage/catalogue.ts" },
  { folder: "stream/shadow/", define: "defineRule", list: "stream/shadow/catalogue.ts" },
  { folder: "stream/shadow/", define: "defineCityRule", list: "stream/shadow/catalogue.ts" },
  { folder: "stream/duties/", define: "defineDuty", list: "stream/duties/catalogue.ts" },
  { folder: "scenarios/", define: "defineScenario", list: "scenarios/catalogue.ts" },
];

/** All that may stand at the root, dotfiles apart; each with what it is for. */
export const ROOT_ENTRIES: Readonly<Record<string, string>> = {
  "README.md": "what this is, how to run it, where to work, what was decided",
  LICENSE: "the licence of this work (Apache-2.0); tools and lawyers look for it here",
  NOTICE: "what others made that we ship or build in, as Apache-2.0 §4(d) asks",
  "package.json": "the verbs, the dependencies",
  "package-lock.json": "their exact versions",
  "tsconfig.json": "one strictness for all floors but the viewer",
  "deno.json": "the same for Deno, which reads no tsconfig here",
  ...Object.fromEntries(Object.keys(FLOORS).map((floor) => [floor, "a floor"])),
};

/** Files longer than `FILE_LINES_MAX` with a reason that will convince the next reader. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

export const FILE_LINES_MAX = 400;
export const FUNCTION_LINES_MAX = 70;

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

export function isPure(path: string): boolean {
  if (isTest(path)) return false;
  const anyFloor = path.replace(/^[^/]+/, "*");
  return !IO_ROOMS.some((room) =>
    room.endsWith("/") ? path.startsWith(room) : room === path || room === anyFloor,
  );
}

export function isPortable(path: string): boolean {
  return isPure(path) && PORTABLE_ROOMS.some((room) => path.startsWith(room));
}
