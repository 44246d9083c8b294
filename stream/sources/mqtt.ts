/**
 * The embedded MQTT broker (CONTRACT §6). What devices publish goes through the door like everything else; QoS 1 is
 * acknowledged when it is durable. What is refused is never passed on: in its place the dead letter is published.
 *
 *   warmcity/v1/<kitchen>/<device>/reading|event|status   in
 *   warmcity/v1/<kitchen>/<device>/command                out
 *   warmcity/v1/deadletters                               out
 */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { Aedes, type AedesOptions, type AuthenticateError, type Client } from "aedes";
import { formatTime } from "../../twin/kernel/time.ts";
import type { Intake } from "../door/admission.ts";
import { DOOR_LIMITS, Door } from "../door/door.ts";
import { commandTopic, DEADLETTER_TOPIC, TOPIC_ROOT } from "../door/topic.ts";
import { isLoopback } from "../server/access.ts";
import type { CityPort, MetricFamily } from "../server/city-port.ts";
import { limitPackets } from "./packet-limit.ts";

export interface MqttOptions {
  /** Anything but loopback needs `credentials`. */
  readonly bind: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Whether a name and password are right; `null` = none are asked for. */
  readonly credentials?: ((name: string, password: string) => boolean) | null;
  /** Bytes of one packet. */
  readonly packetMax?: number;
  readonly clientsMax?: number;
  /** A connection that has not introduced itself by then is closed. */
  readonly connectMs?: number;
  /** Wall clock, ms since epoch. */
  readonly now?: () => number;
  /** Hears of messages that could not be made durable; their connection has been closed, so that they come again. */
  readonly report?: (error: unknown) => void;
}

const NOT_AUTHORIZED = 5;

export class MqttBroker {
  readonly #port: CityPort;
  readonly #options: MqttOptions;
  readonly #door: Door;
  readonly #now: () => number;
  readonly #counts = { messages: 0, refused: 0, lost: 0, broken: 0, tooLarge: 0 };
  readonly #server: Server;
  #broker: Aedes | null = null;

  private constructor(port: CityPort, options: MqttOptions) {
    this.#port = port;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#door = new Door(port.city, { bodyMax: options.packetMax ?? DOOR_LIMITS.bodyMax });
    this.#server = createServer();
    this.#server.maxConnections = options.clientsMax ?? 20_000;
  }

  /** Listens; rejects if the bind is not allowed or the port is taken. */
  static async listen(port: CityPort, options: MqttOptions): Promise<MqttBroker> {
    if (!isLoopback(options.bind) && !options.credentials) {
      throw new Error(
        `Cannot listen for MQTT on ${options.bind}: other machines need credentials, none are configured`,
      );
    }
    const broker = new MqttBroker(port, options);
    try {
      await broker.#start();
    } catch (error) {
      // Its timers alone would keep the process alive.
      await broker.close();
      throw error;
    }
    return broker;
  }

  /** The TCP port that is listened on. */
  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Sends a command to a device (its id); it arrives if the device listens. */
  command(device: string, command: object): Promise<void> {
    return this.#publish(commandTopic(device), JSON.stringify(command));
  }

  metrics(): MetricFamily[] {
    const counter = (name: string, help: string, value: number): MetricFamily => ({
      name: `warmcity_mqtt_${name}_total`,
      help,
      type: "counter",
      samples: [{ value }],
    });
    const { messages, refused, lost, broken, tooLarge } = this.#counts;
    const clients = this.#broker?.connectedClients ?? 0;
    return [
      {
        name: "warmcity_mqtt_clients",
        help: "Clients that are connected.",
        type: "gauge",
        samples: [{ value: clients }],
      },
      counter("messages", "Messages taken.", messages),
      counter("refused", "Messages of which something was refused.", refused),
      counter("not_durable", "Messages that could not be made durable and were not acknowledged.", lost),
      counter("broken_connections", "Connections that broke or spoke no MQTT.", broken),
      counter("too_large", "Connections that announced a packet beyond the limit.", tooLarge),
    ];
  }

  async close(): Promise<void> {
    const broker = this.#broker;
    if (broker !== null) await new Promise<void>((resolve) => broker.close(() => resolve()));
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #start(): Promise<void> {
    const broker = await Aedes.createBroker({
      connectTimeout: this.#options.connectMs ?? 10_000,
      maxClientsIdLength: 256,
      concurrency: 1_000,
      ...this.#hooks(),
    });
    broker.on("clientError", () => this.#counts.broken++);
    broker.on("connectionError", () => this.#counts.broken++);
    this.#broker = broker;
    this.#server.on("connection", (socket: Socket) => {
      socket.setNoDelay(true);
      limitPackets(socket, this.#options.packetMax ?? DOOR_LIMITS.bodyMax, () => this.#counts.tooLarge++);
      broker.handle(socket);
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#options.port, this.#options.bind, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
  }

  #hooks(): AedesOptions {
    return {
      authenticate: (_, name, password, done) => {
        const { credentials } = this.#options;
        if (!credentials || credentials(name ?? "", password?.toString() ?? "")) return done(null, true);
        done(notAuthorized(), false);
      },
      authorizePublish: (_: Client | null, packet, done) => {
        const payload = typeof packet.payload === "string" ? Buffer.from(packet.payload) : packet.payload;
        this.#take(packet.topic, payload).then(
          (intake) => {
            if (intake.refused.length > 0) {
              packet.payload = Buffer.from(this.#letter(packet.topic, intake));
              packet.topic = DEADLETTER_TOPIC;
              packet.retain = false;
            }
            done(null);
          },
          (error: unknown) => {
            this.#counts.lost++;
            this.#options.report?.(error);
            done(error instanceof Error ? error : new Error(String(error)));
          },
        );
      },
      authorizeSubscribe: (_, subscription, done) => {
        const own = subscription.topic.startsWith(`${TOPIC_ROOT}/`) || /^[#+]/.test(subscription.topic);
        done(null, own ? subscription : null);
      },
    };
  }

  /** Resolves when what the message brought, and what was refused of it, is durable. */
  async #take(topic: string, payload: Uint8Array): Promise<Intake> {
    const intake = this.#door.mqtt(topic, payload, this.#now());
    await this.#port.ingest(intake);
    this.#counts.messages++;
    if (intake.refused.length > 0) this.#counts.refused++;
    return intake;
  }

  #letter(topic: string, intake: Intake): string {
    const { faults, payload } = intake.refused[0]!;
    const refused = intake.refused.reduce((sum, { events }) => sum + events, 0);
    return JSON.stringify({ receivedAt: formatTime(this.#now()), topic, refused, faults, payload });
  }

  #publish(topic: string, payload: string): Promise<void> {
    const broker = this.#broker;
    if (broker === null) return Promise.resolve();
    const packet = { cmd: "publish" as const, topic, payload, qos: 1 as const, retain: false, dup: false };
    return new Promise((resolve, reject) => {
      broker.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }
}

function notAuthorized(): AuthenticateError {
  return Object.assign(new Error("a name and password are needed"), { returnCode: NOT_AUTHORIZED });
}
