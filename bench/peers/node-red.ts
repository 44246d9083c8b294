/** Node-RED's runtime without its editor, in this process, with one flow: `npm ci --ignore-scripts --prefix bench/peers/node-red`. */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PlainAlert, PlainReading } from "../plain-kitchens.ts";
import { END_KIND, FLOW, type FlowEnds } from "./node-red-flow.ts";

const HOME = new URL("node-red/package.json", import.meta.url);
/** Readings under way in the flow. */
const BATCH = 2_000;

/** Whether it can be measured here; otherwise why not. */
export function missingNodeRed(): string | null {
  const isThere = existsSync(new URL("node_modules/@node-red/runtime/package.json", HOME));
  return isThere ? null : "Node-RED is not installed: npm ci --ignore-scripts --prefix bench/peers/node-red";
}

/** What is used of the packages, which have no types. */
interface Packages {
  readonly runtime: {
    init(settings: object, server: null): void;
    start(): Promise<void>;
    stop(): Promise<void>;
  };
  readonly util: { init(settings: object): void; log: { init(settings: object): void } };
}

export class NodeRed {
  readonly alerts: PlainAlert[] = [];
  readonly #packages: Packages;
  #send: (payload: object) => void = () => undefined;
  #passed: () => void = () => undefined;

  private constructor(packages: Packages) {
    this.#packages = packages;
  }

  /** Starts it on a directory of its own; resolves when the flow runs. */
  static async start(directory: string): Promise<NodeRed> {
    const load = createRequire(HOME);
    const packages: Packages = { runtime: load("@node-red/runtime"), util: load("@node-red/util") };
    const nodeRed = new NodeRed(packages);
    const flowFile = join(directory, "flows.json");
    await mkdir(directory, { recursive: true });
    await writeFile(flowFile, JSON.stringify(FLOW));
    await new Promise<void>((resolve, reject) => {
      const begin: FlowEnds["begin"] = (send) => {
        nodeRed.#send = send;
        resolve();
      };
      const ring: FlowEnds["ring"] = (payload) => nodeRed.#hear(payload);
      const settings = {
        ...{ userDir: directory, flowFile, httpAdminRoot: false, httpNodeRoot: false },
        coreNodesDir: dirname(load.resolve("@node-red/nodes")),
        // Nothing that a benchmark starts looks for news outside.
        telemetry: { enabled: false, updateNotification: false },
        externalModules: { autoInstall: false, palette: { allowInstall: false } },
        functionExternalModules: false,
        logging: { console: { level: "error", metrics: false, audit: false } },
        functionGlobalContext: { begin, ring } satisfies FlowEnds,
      };
      packages.util.init(settings);
      packages.runtime.init(settings, null);
      packages.runtime.start().catch(reject);
    });
    return nodeRed;
  }

  /** Sends readings through the flow, as many at once as it can hold; resolves when the last has passed. */
  async feed(readings: readonly PlainReading[]): Promise<void> {
    for (let from = 0; from < readings.length; from += BATCH) {
      for (const reading of readings.slice(from, from + BATCH)) this.#send(reading);
      const passed = new Promise<void>((resolve) => {
        this.#passed = resolve;
      });
      this.#send({ kind: END_KIND, device: END_KIND });
      await passed;
    }
  }

  async stop(): Promise<void> {
    await this.#packages.runtime.stop();
  }

  #hear(payload: unknown): void {
    if (typeof payload !== "object" || payload === null) return;
    const { kind, code, device, time } = payload as { kind?: string } & Partial<PlainAlert>;
    if (kind === END_KIND) this.#passed();
    else if (code !== undefined && device !== undefined && time !== undefined)
      this.alerts.push({ code, device, time });
  }
}
