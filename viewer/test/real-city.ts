/** The real program as a process of its own, without a simulator, for tests of pages: fed over HTTP, killed, stopped for a while, started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const READY_WITHIN_MS = 90_000;
const KITCHENS = 60;

export class RealCity {
  readonly #data: string;
  readonly #port: number;
  #child: ChildProcess | null = null;
  #token = "";
  #reports = 0;

  private constructor(data: string, port: number) {
    this.#data = data;
    this.#port = port;
  }

  static async open(): Promise<RealCity> {
    const city = new RealCity(await mkdtemp(join(tmpdir(), "desk-")), await freePort());
    await city.start();
    return city;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Opens a page signed in. */
  get signIn(): string {
    return `#token=${this.#token}`;
  }

  /** On the same disk and port as before. */
  async start(): Promise<void> {
    const args = ["--kitchens", String(KITCHENS), "--data", this.#data, "--port", String(this.#port)];
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "stream/main.ts", "start", "--no-simulator", "--mqtt-port", "0", ...args],
      { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("token: ")) this.#token = line.slice("token: ".length);
      if (line.startsWith("ready: ")) break;
    }
    child.stdout.resume();
    await this.#isReady();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** Stands still as a machine under load does, and goes on. */
  signal(what: "SIGSTOP" | "SIGCONT"): void {
    this.#child?.kill(what);
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#data, { recursive: true, force: true });
  }

  /** So many failed tests of laboratories: a case of level L2 each, for people to verify. Returns their reports. */
  async fail(count: number): Promise<string[]> {
    const reports = Array.from({ length: count }, () => `R-${++this.#reports}`);
    const events = reports.map((report, i) => ({
      specversion: "1.0",
      type: "warmcity.test.result",
      source: "/labs/l-1",
      subject: `K-${String((i % KITCHENS) + 1).padStart(5, "0")}`,
      id: report,
      time: new Date().toISOString(),
      data: { report, product: "tofu", accredited: true, passed: false },
    }));
    const answer = await this.#ask("/v1/events", {
      method: "POST",
      headers: { "content-type": "application/cloudevents-batch+json" },
      body: JSON.stringify(events),
    });
    if (answer.status !== 202) throw new Error(`Cannot send: ${answer.status} ${await answer.text()}`);
    return reports;
  }

  /** All cases of failed tests, as the server has them. */
  async cases(): Promise<{ case: string; asset: string; state: string; steps: { what: string }[] }[]> {
    const { items } = await (await this.#ask("/v1/cases?limit=1000")).json();
    return items.filter(({ code }: { code: string }) => code === "D10");
  }

  #ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.#token}` },
    });
  }

  async #isReady(): Promise<void> {
    for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; ) {
      const { ok } = await this.#ask("/readyz");
      if (ok) return;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error("the city did not become ready");
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("Cannot find a free port");
  return address.port;
}
