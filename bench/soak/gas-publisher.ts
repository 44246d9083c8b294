/**
 * Gas probes that speak over MQTT with QoS 1: calm values all the time, and now and then an alarm that must come out as an
 * alert. Their connection breaks, too; what was not acknowledged is published again, and counts once.
 */
import { connectAsync, type MqttClient } from "mqtt";
import { TOPIC_ROOT } from "../../stream/door/topic.ts";
import { Random } from "../../twin/kernel/random.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { HeardAlert } from "./alert-reader.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { reasonOf, Troubles } from "./troubles.ts";

const TICK_MS = 250;
const CALM_A_TICK = 5;
const ALARM_EVERY_TICKS = 40;
const CALM_LEL = 0.5;
const ALARM_LEL = 60;
const COMES_BACK_MS = 300;
/**
 * Calm values wait while so many messages are not acknowledged. After a break the client sends what is stored one by one, each
 * behind the acknowledgement of the last: with more of them, a slow program would be told that it is dead.
 */
const UNDER_WAY_MAX = 20;
const ALERT_WITHIN_MS = 60_000;

export class GasPublisher {
  readonly troubles = new Troubles();
  published = 0;
  acknowledged = 0;
  /** From the publishing of an alarm to its alert, ms. */
  readonly latencies: number[] = [];
  readonly #city: SoakedCity;
  readonly #random: Random;
  readonly #probes: readonly number[];
  /** Kitchen -> when its alarm was published, on the clock of `performance.now()`. */
  readonly #waiting = new Map<string, number>();
  /** Kitchens whose gas alert is open: another alarm would be a part of it. */
  readonly #ringing = new Set<string>();
  #client: MqttClient | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticks = 0;
  #isOver = false;

  constructor(city: SoakedCity, seed: number) {
    this.#city = city;
    this.#random = new Random(seed, "soak gas");
    const { devices } = city.city;
    this.#probes = [...devices.keys()].filter((device) => devices[device]!.kind === "gas");
  }

  async start(): Promise<void> {
    const { mqttPort, client } = this.#city;
    const url = `mqtt://127.0.0.1:${mqttPort}`;
    this.#client = await connectAsync(url, {
      clientId: "soak-gas",
      clean: false,
      reconnectPeriod: COMES_BACK_MS,
    });
    this.#client.on("error", (error) => this.troubles.add(`MQTT: ${reasonOf(error)}`));
    const { body } = await client.request("GET", "/v1/alerts?state=firing&code=T09&limit=1000");
    const { items }: { items: { kitchen: string | null }[] } = JSON.parse(body);
    for (const { kitchen } of items) if (kitchen !== null) this.#ringing.add(kitchen);
    if (this.#probes.length === 0) return;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  hear({ type, alert }: HeardAlert): void {
    const { code, kitchen } = alert;
    if (code !== "T09" || kitchen === null) return;
    if (type === "warmcity.alert.resolved") this.#ringing.delete(kitchen);
    if (type !== "warmcity.alert.raised") return;
    this.#ringing.add(kitchen);
    const since = this.#waiting.get(kitchen);
    if (since === undefined) return;
    this.#waiting.delete(kitchen);
    this.latencies.push(performance.now() - since);
  }

  /** Breaks the connection under whatever is being sent; the client comes back by itself. */
  breakConnection(): void {
    this.#client?.stream.destroy();
  }

  /** Nothing is published any more; waits for what is under way. */
  async finish(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    for (let left = ALERT_WITHIN_MS; left > 0 && this.#isWaiting(); left -= TICK_MS)
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const open = this.published - this.acknowledged;
    if (open > 0) this.troubles.add(`${open} MQTT messages were never acknowledged`);
    for (const kitchen of this.#waiting.keys()) this.troubles.add(`no alert for the gas alarm of ${kitchen}`);
    this.#isOver = true;
    await this.#client?.endAsync(true);
  }

  #isWaiting(): boolean {
    return this.#waiting.size > 0 || this.published > this.acknowledged;
  }

  #tick(): void {
    const room = Math.min(CALM_A_TICK, UNDER_WAY_MAX - (this.published - this.acknowledged));
    for (let i = 0; i < room; i++) this.#publish(this.#random.pick(this.#probes), CALM_LEL);
    if (this.#ticks++ % ALARM_EVERY_TICKS === 0) this.#alarm();
    const late = [...this.#waiting].filter(([, since]) => performance.now() - since > ALERT_WITHIN_MS);
    for (const [kitchen] of late) {
      this.#waiting.delete(kitchen);
      this.troubles.add(`no alert for the gas alarm of ${kitchen} within ${ALERT_WITHIN_MS / 1_000} s`);
    }
  }

  #alarm(): void {
    const quiet = this.#probes.filter((device) => {
      const kitchen = this.#kitchenOf(device);
      return !this.#ringing.has(kitchen) && !this.#waiting.has(kitchen);
    });
    if (quiet.length === 0) return;
    const device = this.#random.pick(quiet);
    this.#waiting.set(this.#kitchenOf(device), performance.now());
    this.#publish(device, ALARM_LEL);
  }

  #kitchenOf(device: number): string {
    const { kitchens, kitchenOfDevice } = this.#city.city;
    return kitchens[kitchenOfDevice[device]!]!.id;
  }

  /** Without a sequence of its own, so that it stays out of the one of the simulated device. */
  #publish(device: number, value: number): void {
    const { id } = this.#city.city.devices[device]!;
    const event = {
      specversion: "1.0",
      id: `soak-${++this.published}`,
      source: `/devices/${id}`,
      type: "warmcity.reading",
      subject: this.#kitchenOf(device),
      time: formatTime(this.#city.clock.now()),
      data: { value },
    };
    this.#send(`${TOPIC_ROOT}/${id}/event`, JSON.stringify(event));
  }

  /** Until it is acknowledged: what waits behind a replay when the connection breaks again, the client gives back unsent. */
  #send(topic: string, payload: string): void {
    this.#client
      ?.publishAsync(topic, payload, { qos: 1 })
      .then(() => {
        this.acknowledged++;
      })
      .catch(() => {
        if (!this.#isOver) setTimeout(() => this.#send(topic, payload), COMES_BACK_MS);
      });
  }
}
