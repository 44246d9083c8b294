/** Posts prepared bodies over raw keep-alive connections: the sender costs little, so that the server is what is measured. */
import { connect, type Socket } from "node:net";

export interface Target {
  readonly port: number;
  readonly token: string;
}

/** The bytes of one request. */
export function post(
  { port, token }: Target,
  path: string,
  contentType: string,
  body: string | Uint8Array,
): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `authorization: Bearer ${token}`,
    `content-type: ${contentType}`,
    `content-length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), bytes]);
}

/** Sends all requests, one at a time per connection; resolves when every one was answered 202, rejects if any was not. */
export async function sendAll(
  target: Target,
  requests: readonly Buffer[],
  connections: number,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    const poster = await Poster.connect(target.port);
    try {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        await poster.send(request);
      }
    } finally {
      poster.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
}

const END_OF_HEAD = "\r\n\r\n";

/** One connection. */
export class Poster {
  readonly #socket: Socket;
  #received = "";
  #answered: { resolve: () => void; reject: (error: Error) => void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text) => this.#take(String(text)));
    socket.on("error", (error) => this.#answered?.reject(error));
    socket.on("close", () => this.#answered?.reject(new Error("The server closed the connection")));
  }

  static connect(port: number): Promise<Poster> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(new Poster(socket)));
      socket.once("error", reject);
    });
  }

  send(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#answered = null;
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const head = this.#received.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#received)?.[1] ?? 0);
    const end = head + END_OF_HEAD.length + length;
    if (this.#received.length < end) return;
    const answer = this.#received.slice(0, end);
    this.#received = this.#received.slice(end);
    if (answer.startsWith("HTTP/1.1 202")) this.#answered?.resolve();
    else this.#answered?.reject(new Error(`The server answered ${answer.slice(0, 500)}`));
  }
}
