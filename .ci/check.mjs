#!/usr/bin/env node
/**
 * `npm run check`: the one gate. Format, lint, types, house rules, tests on every runtime; each runtime called by its
 * path and named with its version. All steps run, whatever fails before; the end is a table and one plain line.
 *
 *   npm run check                                everything
 *   npm run check -- --only types,tidy           these steps
 *   npm run check -- --except tidy,tests         all but these
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const CLOSING_LINE = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm;

const node = process.execPath;
const runtimes = ".runtimes/node_modules";
const node24 = join(ROOT, runtimes, "node/bin", process.platform === "win32" ? "node.exe" : "node");
const deno = join(ROOT, runtimes, "deno", process.platform === "win32" ? "deno.exe" : "deno");

const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config"];
const fast = [...vitest, "bench/vitest.config.ts"];
const floors = ["twin", "simulator", "models", "stream", "scenarios", "bench"];

const tools = {
  biome: ["Biome", node, "node_modules/@biomejs/biome/bin/biome"],
  tsc: ["TypeScript", node, "node_modules/typescript/bin/tsc"],
  node: ["Node", node],
  node24: ["Node", node24],
  deno: ["Deno", deno],
};

/**
 * `args` are given to `tool`, from the project root. `needs`: the step is left out, and said so, until this file
 * exists.
 */
const STEPS = [
  { key: "format", name: "format and lint", tool: tools.biome, args: ["check", "--error-on-warnings", "."] },
  { key: "types", name: "types", tool: tools.tsc, args: ["-p", "tsconfig.json"] },
  {
    key: "types-viewer",
    name: "types of the viewer",
    tool: tools.tsc,
    args: ["-p", "viewer/tsconfig.json"],
    needs: "viewer/tsconfig.json",
  },
  { key: "tidy", name: "house rules", tool: tools.node, args: [...fast, "bench/tidy"] },
  {
    key: "tests",
    name: "tests on your Node",
    tool: tools.node,
    args: [...fast, "--exclude", "bench/tidy*/**", "--exclude", "bench/tidy*"],
  },
  { key: "tests-node24", name: "tests on Node 24", tool: tools.node24, args: fast },
  { key: "types-deno", name: "types on Deno", tool: tools.deno, args: ["check", "--quiet", ...floors] },
  { key: "tests-deno", name: "pure tests on Deno", tool: tools.deno, args: ["task", "--quiet", "test"] },
  ...[
    {
      key: "start-node",
      name: "the city starts on your Node",
      tool: tools.node,
      runtime: [node, "stream/run.mjs"],
    },
    {
      key: "start-node24",
      name: "the city starts on Node 24",
      tool: tools.node24,
      runtime: [node24, "stream/run.mjs"],
    },
    {
      key: "start-deno",
      name: "the city starts on Deno",
      tool: tools.deno,
      runtime: [deno, "run", "-A", "stream/main.ts"],
    },
  ].map(({ runtime, ...step }) => ({
    ...step,
    command: [node, ".ci/smoke-start.mjs", ...runtime],
    needs: "stream/main.ts",
  })),
];

async function main() {
  const steps = chosenSteps();
  installRuntimes();
  const results = [];
  for (const step of steps) results.push(await run(step));
  console.log(`\n${table(results)}\n`);
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { counts } of results) for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = results.some(({ ok }) => !ok) ? 1 : 0;
}

function chosenSteps() {
  const { values } = parseArgs({ options: { only: { type: "string" }, except: { type: "string" } } });
  const [only, except] = [values.only?.split(","), values.except?.split(",") ?? []];
  const unknown = [...(only ?? []), ...except].find((key) => !STEPS.some((step) => step.key === key));
  if (unknown !== undefined) {
    console.error(`Unknown step "${unknown}": there are ${STEPS.map(({ key }) => key).join(", ")}`);
    process.exit(2);
  }
  return STEPS.filter(({ key }) => (only === undefined || only.includes(key)) && !except.includes(key));
}

/** Node 24 and Deno live apart: a `node` among the root's commands would silently replace the user's own. */
function installRuntimes() {
  if (existsSync(join(ROOT, "node_modules/.bin/node"))) {
    throw new Error(
      "node_modules/.bin holds a node, so that npm scripts would not run on yours: find who installs it",
    );
  }
  if (existsSync(node24) && existsSync(deno)) return;
  console.log("Installing Node 24 and Deno into .runtimes ...");
  const { status } = spawnSync("npm", ["ci", "--prefix", ".runtimes"], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) throw new Error(`npm ci --prefix .runtimes ended with ${status}`);
}

async function run(step) {
  const { name, key, tool, args, needs } = step;
  if (needs !== undefined && !existsSync(join(ROOT, needs))) {
    console.log(`\n== ${name}: left out, there is no ${needs} yet`);
    return { name, version: "", seconds: 0, ok: true, note: `no ${needs} yet`, counts: counted(null, true) };
  }
  const version = versionOf(step);
  console.log(`\n== ${name} (${key}), ${version}`);
  const begun = process.hrtime.bigint();
  const { status, output } = await passThrough(step.command ?? [...tool.slice(1), ...args]);
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  const ok = status === 0;
  console.log(`== ${name}: ${ok ? "ok" : `FAILED (exit ${status})`} after ${seconds.toFixed(1)} s`);
  return { name, version, seconds, ok, note: "", counts: counted(lastClosingLine(output), ok) };
}

/** The tool's own word for its version, cut to `Node 20.20.2`. */
function versionOf({ tool: [label, command, ...args] }) {
  const { stdout } = spawnSync(command, [...args, "--version"], { cwd: ROOT, encoding: "utf8" });
  return `${label} ${/\d+\.\d+\.\d+\S*/.exec(stdout ?? "")?.[0] ?? "of unknown version"}`;
}

/** Runs a command, shows what it says and keeps it. */
function passThrough([command, ...args]) {
  return new Promise((resolve) => {
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1" };
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text) => {
      process.stdout.write(text);
      output += text;
    });
    child.on("error", (error) => resolve({ status: error.message, output }));
    child.on("close", (code, signal) => resolve({ status: code ?? signal, output }));
  });
}

function lastClosingLine(output) {
  return [...output.matchAll(CLOSING_LINE)].at(-1) ?? null;
}

/** The tests of a step; a step that fails without a failed test counts as one failure. */
function counted(line, ok) {
  const [passed, failed, skipped] = line === null ? [0, 0, 0] : line.slice(1).map(Number);
  return { passed, failed: !ok && failed === 0 ? 1 : failed, skipped };
}

function table(results) {
  const rows = results.map(({ name, version, seconds, ok, note, counts }) => [
    note !== "" ? "-" : ok ? "ok" : "FAILED",
    `${seconds.toFixed(1)} s`,
    name,
    note === "" ? version : note,
    counts.passed + counts.skipped > 0
      ? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
      : "",
  ]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

await main();
