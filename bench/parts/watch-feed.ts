/** Many viewers of the live city over WebSocket; they read and count, no more. */
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { CITY_STREAM_PATH } from "../../stream/server/routes/city.ts";

const AT_ONCE = 50;

export async function watchFeed([port = "", token = "", viewers = "1", seconds = "1"]: readonly string[]) {
  let frames = 0;
  const sockets: WebSocket[] = [];
  while (sockets.length < Number(viewers)) {
    const wanted = Math.min(AT_ONCE, Number(viewers) - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: wanted }, () => opened(port, token)))));
  }
  for (const socket of sockets) {
    socket.on("message", (_, isBinary) => {
      if (isBinary) frames++;
    });
  }
  process.stdout.write("all: open\n");
  await sleep(Number(seconds) * 1_000);
  const counted = frames;
  process.stdout.write("all: counted\n");
  for (const socket of sockets) socket.terminate();
  return { frames: counted };
}

function opened(port: string, token: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`ws://127.0.0.1:${port}${CITY_STREAM_PATH}`, { headers });
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}
