import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, it, vi } from "vitest";
import { ResumingEvents, type ServerEvent } from "./resuming-events.ts";

/** A stream of numbered events, and the last ids with which it was asked. */
class Numbers {
  readonly asked: (string | undefined)[] = [];
  status = 200;
  #open: ServerResponse | null = null;
  readonly #server: Server = createServer((request, response) => {
    this.asked.push(request.headers["last-event-id"]?.toString());
    response.writeHead(this.status, { "content-type": "text/event-stream" });
    if (this.status !== 200) {
      response.end();
      return;
    }
    response.write("retry: 2000\n\n");
    this.#open = response;
  });

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("Cannot tell the port");
    return `http://127.0.0.1:${address.port}/`;
  }

  say(text: string): void {
    this.#open?.write(text);
  }

  cut(): void {
    this.#open?.destroy();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

let ending: (() => Promise<void>) | undefined;
afterEach(() => ending?.());

async function listening(status = 200) {
  const numbers = new Numbers();
  numbers.status = status;
  const heard: ServerEvent[] = [];
  const said: string[] = [];
  const events = new ResumingEvents(await numbers.start(), {
    event: (event) => heard.push(event),
    status: (now) => said.push(now),
    refused: () => said.push("refused"),
  });
  vi.spyOn(console, "warn").mockReturnValue();
  ending = async () => {
    events.stop();
    await numbers.stop();
    vi.restoreAllMocks();
  };
  await events.start();
  return { numbers, heard, said };
}

it("reads events however they are cut into parts, and passes over signs of life", async () => {
  const { numbers, heard } = await listening();
  for (const part of [
    "id: 7\nev",
    'ent: a.b\ndata: {"x":1}\n',
    "\n: alive\n\n",
    "id: 8\nevent: c\ndata: 1\ndata: 2\n\n",
  ]) {
    numbers.say(part);
    await new Promise((next) => setTimeout(next, 5));
  }
  await vi.waitFor(() =>
    expect(heard).toEqual([
      { id: "7", type: "a.b", data: '{"x":1}' },
      { id: "8", type: "c", data: "1\n2" },
    ]),
  );
});

it("comes back with the id of the last event that it has seen", async () => {
  const { numbers, heard, said } = await listening();
  numbers.say("id: 41\nevent: a\ndata: 1\n\nid: 42\nevent: a\nda");
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  numbers.cut();
  await vi.waitFor(() => expect(numbers.asked).toHaveLength(2), { timeout: 5_000 });
  expect(numbers.asked).toEqual([undefined, "41"]);
  await vi.waitFor(() => expect(said).toEqual(["live", "lost", "live"]), { timeout: 5_000 });
});

it("tries again while the server answers with an error, and gives up when it does not know us", async () => {
  const { numbers, said } = await listening(503);
  expect(said).toEqual(["lost"]);
  numbers.status = 200;
  await vi.waitFor(() => expect(said).toEqual(["lost", "live"]), { timeout: 5_000 });
  numbers.status = 401;
  numbers.cut();
  await vi.waitFor(() => expect(said.at(-1)).toBe("refused"), { timeout: 5_000 });
});
