/** Publishes prepared messages with QoS 1 over raw connections (MQTT 3.1.1): as cheap for the sender as it can be. */
import { connect, type Socket } from "node:net";

export interface Message {
  readonly topic: string;
  readonly payload: string;
}

/** Messages of one connection that wait for their acknowledgement. */
const WINDOW = 200;
const CONNECT = 0x10;
const PUBLISH_QOS1 = 0x32;
const CONNACK = 0x20;
const PUBACK = 0x40;
const PACKET_IDS = 65_535;

/** Sends all messages; resolves when every one was acknowledged. */
export async function publishAll(
  port: number,
  messages: readonly Message[],
  connections: number,
): Promise<void> {
  const lanes = Array.from({ length: connections }, (_, lane) => {
    const own = messages.filter((_, i) => i % connections === lane);
    return publish(port, `bench-${lane}`, own.map(packetOf));
  });
  await Promise.all(lanes);
}

function publish(port: number, client: string, packets: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(connectPacket(client)));
    let [sent, acknowledged] = [0, 0];
    const sendMore = () => {
      const until = Math.min(packets.length, acknowledged + WINDOW);
      if (until > sent) socket.write(Buffer.concat(packets.slice(sent, until)));
      sent = until;
    };
    hearAcknowledgements(socket, (count) => {
      acknowledged += count;
      sendMore();
      if (acknowledged < packets.length) return;
      socket.end();
      resolve();
    });
    socket.on("error", reject);
    socket.on("close", () => {
      if (acknowledged < packets.length) reject(new Error("The broker closed the connection"));
    });
  });
}

/** Calls back with 0 once connected, then with how many acknowledgements came. */
function hearAcknowledgements(socket: Socket, told: (count: number) => void): void {
  let rest = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on("data", (chunk) => {
    // Both packets that a broker sends here have four bytes.
    const bytes = Buffer.concat([rest, chunk]);
    let acknowledged = 0;
    let at = 0;
    for (; at + 4 <= bytes.length; at += 4) {
      if (bytes[at] === PUBACK) acknowledged++;
      else if (bytes[at] !== CONNACK || bytes[at + 3] !== 0) socket.destroy(new Error("The broker refused"));
    }
    rest = bytes.subarray(at);
    told(acknowledged);
  });
}

function connectPacket(client: string): Buffer {
  const variable = Buffer.concat([text("MQTT"), Buffer.from([4, 2, 0, 0]), text(client)]);
  return Buffer.concat([Buffer.from([CONNECT]), lengthOf(variable.length), variable]);
}

function packetOf({ topic, payload }: Message, index: number): Buffer {
  const id = (index % PACKET_IDS) + 1;
  const body = Buffer.concat([text(topic), Buffer.from([id >> 8, id & 255]), Buffer.from(payload)]);
  return Buffer.concat([Buffer.from([PUBLISH_QOS1]), lengthOf(body.length), body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

/** MQTT's variable byte integer. */
function lengthOf(length: number): Buffer {
  const bytes: number[] = [];
  for (let rest = length; bytes.length === 0 || rest > 0; rest >>= 7) {
    bytes.push((rest & 127) | (rest > 127 ? 128 : 0));
  }
  return Buffer.from(bytes);
}
