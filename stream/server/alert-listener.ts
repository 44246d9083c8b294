/** A reader of `/v1/alerts/stream` as a browser is one, for tests: it comes back with the last id that it has seen. */
import type { CityClient } from "./city-client.ts";

export interface HeardAlert {
  readonly position: number;
  /** Id of the CloudEvent. */
  readonly id: string;
}

export class AlertListener {
  readonly heard: HeardAlert[] = [];
  #aborter: AbortController | null = null;
  #reading: Promise<void> = Promise.resolve();

  /** Connects, and resolves when the stream has begun. */
  async connect(city: CityClient): Promise<void> {
    const aborter = new AbortController();
    this.#aborter = aborter;
    const last = this.heard.at(-1)?.position;
    const response = await fetch(`${city.url}/v1/alerts/stream`, {
      headers: { ...city.headers, ...(last === undefined ? {} : { "last-event-id": String(last) }) },
      signal: aborter.signal,
    });
    if (response.status !== 200 || response.body === null) throw new Error(`stream: ${response.status}`);
    this.#reading = this.#read(response.body.getReader());
  }

  /** The connection breaks: what has not come by now comes after the next `connect`. */
  async cut(): Promise<void> {
    this.#aborter?.abort();
    await this.#reading;
  }

  /** Waits until the last alert heard is at `position` or later; gives up after a while. */
  async reach(position: number): Promise<void> {
    for (let patience = 500; patience > 0; patience--) {
      if ((this.heard.at(-1)?.position ?? -1) >= position) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        text += decoder.decode(chunk.value, { stream: true });
        const frames = text.split("\n\n");
        text = frames.pop() ?? "";
        for (const frame of frames) this.#take(frame);
      }
    } catch (error) {
      // The server was killed, or the test cut the line: either ends the reading.
      if (!(error instanceof Error)) throw error;
    }
  }

  #take(frame: string): void {
    const [, position, data] = /^id: (\d+)\nevent: .*\ndata: (.*)$/.exec(frame) ?? [];
    if (position !== undefined && data !== undefined)
      this.heard.push({ position: Number(position), id: JSON.parse(data).id });
  }
}
