/**
 * Bounds the packets of an MQTT connection. The broker's parser collects a packet of up to 256 MB before anyone can refuse
 * it; this looks at the fixed headers (MQTT 3.1.1 §2.2) as the bytes are read and ends the connection in time.
 */
import type { Socket } from "node:net";

/** Follows packet boundaries through the pieces of a byte stream. */
export class PacketBoundaries {
  readonly #max: number;
  /** Bytes of the present packet that are still to come. */
  #left = 0;
  /** Remaining length as read so far; -1 = the next byte begins a packet. */
  #length = -1;
  #scale = 1;

  constructor(max: number) {
    this.#max = max;
  }

  /** `false` as soon as a packet announces more bytes than it may have. */
  take(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; ) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, bytes.length - at);
        this.#left -= skipped;
        at += skipped;
        continue;
      }
      const byte = bytes[at++]!;
      if (this.#length < 0) {
        this.#length = 0;
        this.#scale = 1;
        continue;
      }
      this.#length += (byte & 127) * this.#scale;
      this.#scale *= 128;
      if (this.#length > this.#max || this.#scale > 128 ** 4) return false;
      if (byte < 128) {
        this.#left = this.#length;
        this.#length = -1;
      }
    }
    return true;
  }
}

/** Ends `socket` when a packet is larger than `max` bytes; `onExcess` hears of it. The broker reads by `read()`. */
export function limitPackets(socket: Socket, max: number, onExcess: () => void): void {
  const boundaries = new PacketBoundaries(max);
  const read = socket.read.bind(socket);
  socket.read = (size?: number) => {
    const bytes: unknown = read(size);
    if (!(bytes instanceof Uint8Array) || boundaries.take(bytes)) return bytes;
    onExcess();
    socket.destroy();
    return null;
  };
}
