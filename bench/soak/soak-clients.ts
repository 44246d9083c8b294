/** All who use the city while it is soaked, and what they found. */
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../twin/kernel/random.ts";
import { AlertReader } from "./alert-reader.ts";
import { CaseOperator } from "./case-operator.ts";
import { GasPublisher } from "./gas-publisher.ts";
import type { HeardOutput } from "./heard-outputs.ts";
import { MapViewer } from "./map-viewer.ts";
import { PagePoller } from "./page-poller.ts";
import { positionOf, type SoakedCity } from "./soaked-city.ts";
import { reasonOf } from "./troubles.ts";
import { hearingVerdict, troubleVerdict, type Verdict } from "./verdicts.ts";

const AWAY_MAX_MS = 3_000;
const SETTLES_MS = 5_000;
const LOOK_MS = 100;
/** For what was put out last to arrive. */
const LAST_MS = 5_000;

export class SoakClients {
  readonly publisher: GasPublisher;
  readonly poller: PagePoller;
  readonly operator: CaseOperator;
  /** One is never disturbed, the other's connection breaks again and again. */
  readonly readers: { readonly steady: AlertReader; readonly broken: AlertReader };
  readonly viewers: { readonly steady: MapViewer; readonly broken: MapViewer };
  breaks = 0;
  readonly #city: SoakedCity;
  readonly #random: Random;
  readonly #from: number;
  #until = Number.POSITIVE_INFINITY;

  private constructor(city: SoakedCity, seed: number, from: number) {
    this.#city = city;
    this.#random = new Random(seed, "soak breaks");
    this.#from = from;
    this.publisher = new GasPublisher(city, seed);
    this.poller = new PagePoller(city, seed);
    this.operator = new CaseOperator(city);
    this.readers = {
      steady: new AlertReader(city, from, (heard) => this.publisher.hear(heard)),
      broken: new AlertReader(city, from),
    };
    this.viewers = { steady: new MapViewer(city), broken: new MapViewer(city) };
  }

  static async connect(city: SoakedCity, seed: number): Promise<SoakClients> {
    const clients = new SoakClients(city, seed, await positionOf(city));
    const { readers, viewers } = clients;
    await Promise.all([...Object.values(readers), ...Object.values(viewers)].map((one) => one.connect()));
    await clients.publisher.start();
    clients.poller.start();
    clients.operator.start();
    return clients;
  }

  /** Breaks a connection of each kind under way, and sees that nothing is missing afterwards. */
  async breakConnections(): Promise<void> {
    this.breaks++;
    this.publisher.breakConnection();
    const { readers, viewers } = this;
    const back = readers.broken.breakFor(this.#random.next() * AWAY_MAX_MS);
    await back.catch((error: unknown) => readers.broken.troubles.add(reasonOf(error)));
    await viewers.broken.reconnect().catch((error: unknown) => viewers.broken.troubles.add(reasonOf(error)));
    await this.#compareViewers();
  }

  /** Two viewers get a change in the same tick, but not in the same moment: they may differ for a while, not for long. */
  async #compareViewers(): Promise<void> {
    const { steady, broken } = this.viewers;
    let differing = steady.differencesTo(broken);
    for (let left = SETTLES_MS; differing.length > 0 && left > 0; left -= LOOK_MS) {
      await sleep(LOOK_MS);
      differing = steady.differencesTo(broken);
    }
    if (differing.length > 0)
      broken.troubles.add(`${differing.length} kitchens look different on a map that was opened anew`);
  }

  /** Everybody stops, and hears what is still to come. */
  async finish(): Promise<void> {
    await Promise.all([this.poller.stop(), this.operator.stop(), this.publisher.finish()]);
    await this.#compareViewers();
    this.#until = await positionOf(this.#city);
    const readers = Object.values(this.readers);
    await Promise.all(readers.map((reader) => reader.reach(this.#until, LAST_MS)));
    this.stop();
  }

  stop(): void {
    for (const one of [...Object.values(this.readers), ...Object.values(this.viewers)]) one.stop();
  }

  /** `putOut`: from the files, once the city has ended. */
  verdicts(putOut: readonly HeardOutput[]): Verdict[] {
    const { readers, viewers, publisher, poller, operator } = this;
    const heard = Object.entries(readers).flatMap(([name, { heard: ledger, troubles, connections }]) => [
      hearingVerdict(`alerts, ${name}`, ledger.count, ledger.against(putOut, this.#from, this.#until)),
      troubleVerdict(`stream, ${name}`, troubles.count, troubles.first, `${connections} connections`),
    ]);
    const maps = Object.entries(viewers).map(([name, { troubles, frames }]) =>
      troubleVerdict(`map, ${name}`, troubles.count, troubles.first, `${frames} frames`),
    );
    const gas = `${publisher.acknowledged} messages by MQTT acknowledged, ${publisher.latencies.length} gas alarms rang`;
    const pages = `${poller.asked} requests answered, ${poller.sent} events accounted for`;
    const acts = `${operator.done} commands carried out, ${operator.refused} not allowed then, ${operator.closed} cases closed, ${operator.withdrawn} withdrawn meanwhile`;
    return [
      ...heard,
      ...maps,
      troubleVerdict("gas alarms", publisher.troubles.count, publisher.troubles.first, gas),
      troubleVerdict("pages", poller.troubles.count, poller.troubles.first, pages),
      troubleVerdict("cases", operator.troubles.count, operator.troubles.first, acts),
    ];
  }
}
