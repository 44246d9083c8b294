#!/usr/bin/env node
/**
 * Starts a small city with the given runtime, on free ports and fresh data, asks it whether it is ready, and stops
 * it: `node .ci/smoke-start.mjs RUNTIME [ARGUMENTS] PROGRAM`. Exit 0 only if it served and ended well.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Generous: a busy machine is no failure. */
const PATIENCE_MS = 180_000;

async function main([runtime, ...args]) {
  const data = mkdtempSync(join(tmpdir(), "warmcity-smoke-"));
  const [port, mqttPort] = [await freePort(), await freePort()];
  const city = [
    "start",
    "--kitchens",
    "30",
    "--data",
    data,
    "--port",
    `${port}`,
    "--mqtt-port",
    `${mqttPort}`,
  ];
  const child = spawn(runtime, [...args, ...city], { stdio: ["ignore", "inherit", "inherit"] });
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  try {
    await ready(`http://127.0.0.1:${port}/readyz`, ended);
    child.kill("SIGTERM");
    const status = await Promise.race([ended, wait(PATIENCE_MS, "no end", { ref: false })]);
    if (status !== 0) throw new Error(`The city ended with ${status} after SIGTERM, wanted 0`);
  } finally {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
}

async function ready(url, ended) {
  const answer = await Promise.race([
    asked(url),
    ended.then((status) => `no more: the city ended with ${status}`),
  ]);
  if (answer !== 200) throw new Error(`${url} answered ${answer}, wanted 200`);
  console.log(`${url} answered ${answer}`);
}

/** The status at last: 200, or what came instead until patience ended. */
async function asked(url) {
  let last = "nothing";
  for (const end = Date.now() + PATIENCE_MS; last !== 200 && Date.now() < end; await wait(200)) {
    last = await fetch(url).then(
      ({ status }) => status,
      (error) => error.cause?.code ?? error.message,
    );
  }
  return last;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
