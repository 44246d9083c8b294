/** A viewer of the live map (WebSocket): it starts from a snapshot and keeps it by deltas. */
import { WebSocket } from "ws";
import { CITY_STREAM_PATH } from "../../stream/server/routes/city.ts";
import { decodeStateFrame, type FeedMessage } from "../../stream/wire.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { Troubles } from "./troubles.ts";

export class MapViewer {
  readonly troubles = new Troubles();
  frames = 0;
  skipped = 0;
  readonly #city: Pick<SoakedCity, "client" | "port" | "clock">;
  #socket: WebSocket | null = null;
  #states: Uint8Array = new Uint8Array();
  #flags: Uint8Array = new Uint8Array();

  constructor(city: Pick<SoakedCity, "client" | "port" | "clock">) {
    this.#city = city;
  }

  /** Resolves with the snapshot. */
  connect(): Promise<void> {
    const { client, port } = this.#city;
    const socket = new WebSocket(`ws://127.0.0.1:${port}${CITY_STREAM_PATH}`, { headers: client.headers });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.on("close", () => {
        if (this.#socket === socket) this.troubles.add("the map's stream ended by itself");
      });
      socket.on("message", (message, isBinary) => {
        if (this.#socket !== socket || !(message instanceof Buffer)) return;
        if (!isBinary) this.#hear(JSON.parse(message.toString()));
        else if (this.#take(message) === "snapshot") resolve();
      });
    });
  }

  /** Breaks the connection and comes back: the new snapshot replaces all that it knew. */
  async reconnect(): Promise<void> {
    this.stop();
    await this.connect();
  }

  /** Indices of kitchens that this viewer and another show differently. */
  differencesTo(other: MapViewer): number[] {
    const kitchens = Array.from(this.#states.keys());
    return kitchens.filter((i) => this.#states[i] !== other.#states[i] || this.#flags[i] !== other.#flags[i]);
  }

  stop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  #hear(message: FeedMessage): void {
    if (message.kind === "skipped") this.skipped += message.frames;
  }

  #take(bytes: Buffer): "snapshot" | "delta" {
    const { kind, indices, states, flags, time } = decodeStateFrame(bytes);
    this.#city.clock.heard(time);
    this.frames++;
    if (indices === null) {
      this.#states = states;
      this.#flags = flags;
    } else {
      for (const [i, kitchen] of indices.entries()) {
        this.#states[kitchen] = states[i]!;
        this.#flags[kitchen] = flags[i]!;
      }
    }
    return kind;
  }
}
