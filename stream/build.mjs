/**
 * Packs the processor into a few files that load in a fifth of the time: `stream/main.ts` and the entries of its threads.
 * Run by `npm ci` (the root's `prepare`) and by hand; never by `npm start`, which uses the pack only while every file in it
 * is as it was (`run.mjs`).
 */
import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { stampsOf } from "./pack-stamps.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(ROOT, "stream/dist");

const begun = Date.now();
rmSync(DIST, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  // A thread's entry is named as in the sources, so that `new URL("./x-thread.mjs", import.meta.url)` finds it here too.
  entryPoints: {
    main: "stream/main.ts",
    "simulation-thread": "stream/sources/simulation-worker.ts",
    "shadow-thread": "stream/server/shadow-worker.ts",
    "fork-thread": "stream/server/fork-worker.ts",
  },
  outdir: DIST,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  metafile: true,
  sourcemap: "linked",
  sourcesContent: false,
  // Packages in CommonJS require Node's own modules.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  logLevel: "warning",
});

const own = Object.keys(metafile.inputs).filter((path) => !path.startsWith("node_modules/"));
// The packages in it are those of the lockfile.
const inputs = stampsOf(ROOT, [...own, "package-lock.json"]);
writeFileSync(join(DIST, "inputs.json"), JSON.stringify(inputs));

const bytes = readdirSync(DIST)
  .filter((name) => name.endsWith(".mjs"))
  .reduce((sum, name) => sum + statSync(join(DIST, name)).size, 0);
console.log(
  `stream: ${Object.keys(inputs).length} files packed into ${(bytes / 1e6).toFixed(1)} MB in ${((Date.now() - begun) / 1000).toFixed(1)} s`,
);
