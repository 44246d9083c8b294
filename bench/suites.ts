/**
 * Which test file belongs to which run, told from its name alone:
 *
 *   x.test.ts            npm test            anywhere, with nothing installed but npm packages
 *   x.slow.test.ts       npm run test:slow   minutes of work, or programs from outside npm
 *   x.browser.test.ts    npm run test:slow   a Chromium
 *
 * The fast tests of pure rooms also run on Deno (`deno task test`).
 */
import { fileURLToPath } from "node:url";
import { FLOORS, IO_ROOMS } from "./tidy/rooms.ts";
import { pathsBelow } from "./tidy/source-tree.ts";

export const PROJECT_ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Vitest's globs, from the project root. */
export interface Suite {
  readonly include: string[];
  readonly exclude: string[];
}

const SLOW_TESTS = ["slow", "browser"].map((kind) => `*/**/*.${kind}.test.{ts,tsx}`);
const INSTALLED_OR_BUILT = ["**/node_modules/**", ".*/**", "viewer/{dist,server,public,tmp}/**"];

export const FAST: Suite = {
  include: Object.keys(FLOORS).map((floor) => `${floor}/**/*.test.{ts,tsx}`),
  exclude: [...SLOW_TESTS, ...INSTALLED_OR_BUILT],
};
export const SLOW: Suite = { include: SLOW_TESTS, exclude: INSTALLED_OR_BUILT };
export const PURE: Suite = {
  include: FAST.include,
  exclude: [
    ...FAST.exclude,
    ...IO_ROOMS.map((room) => (room.endsWith("/") ? `${room}**` : room.replace(/\.(ts|mjs)$/, ".test.ts"))),
  ],
};

/** What a plain `npm test` leaves to `npm run test:slow`: one sentence for each file, with the reason. */
export function notRunByFast(): string[] {
  return Object.keys(FLOORS)
    .flatMap((floor) => pathsBelow(PROJECT_ROOT, floor))
    .flatMap((path) => {
      const kind = /\.(slow|browser)\.test\.tsx?$/.exec(path)?.[1];
      if (kind === undefined) return [];
      const reason =
        kind === "browser" ? "needs a browser" : "takes minutes or needs programs from outside npm";
      return [`not run here: ${path} ${reason}: npm run test:slow`];
    });
}
