/** Hands messages to the network: each gets its moment of arrival, some come twice. */
import type { Columns } from "../twin/events/columns.ts";
import type { SimulatedEvent } from "./arrival.ts";
import type { ArrivalQueue } from "./arrival-queue.ts";
import type { Dice } from "./dice.ts";
import { arrivalTime, type Network, repeatTime } from "./network.ts";

export class Post {
  readonly #network: Network;
  readonly #dice: Dice;
  readonly #queue: ArrivalQueue;
  readonly #run: string;
  #messages = 0;

  /** `run` begins the ids of messages that have no id of their own; no other run of the city has it. */
  constructor(of: { network: Network; dice: Dice; queue: ArrivalQueue; run: string }) {
    this.#network = of.network;
    this.#dice = of.dice;
    this.#queue = of.queue;
    this.#run = of.run;
  }

  newId(): string {
    return `${this.#run}-${++this.#messages}`;
  }

  /** How many of `messages` get lost on the way. */
  losses(messages: number): number {
    return this.#network.loss === 0 ? 0 : this.#dice.poisson(messages * this.#network.loss);
  }

  /** One of the numbers from `low` to `high`. */
  draw(low: number, high: number): number {
    return this.#dice.int(low, high);
  }

  event(event: SimulatedEvent, sentAt: number): void {
    const receivedAt = arrivalTime(this.#network, this.#dice, sentAt);
    this.#queue.push({ kind: "event", receivedAt, event });
    const again = repeatTime(this.#network, this.#dice, receivedAt);
    if (again !== null) this.#queue.push({ kind: "event", receivedAt: again, event });
  }

  columns(source: string, columns: Columns, sentAt: number): void {
    const id = this.newId();
    const receivedAt = arrivalTime(this.#network, this.#dice, sentAt);
    this.#queue.push({ kind: "columns", receivedAt, source, id, columns });
    const again = repeatTime(this.#network, this.#dice, receivedAt);
    if (again !== null) this.#queue.push({ kind: "columns", receivedAt: again, source, id, columns });
  }
}
