/** Those who send: each message again and again until it is acknowledged. */
import { PortError } from "../../stream/server/port-error.ts";
import type { Random } from "../../twin/kernel/random.ts";
import type { Host } from "./host.ts";
import type { Network } from "./network.ts";
import type { Scheduler } from "./scheduler.ts";
import { intakeOf, type Message } from "./swarm-city.ts";

/** How long a sender waits for an answer, ms; it waits longer each time. */
const PATIENCE_MS = 400;
const PATIENCE_MAX_MS = 3_000;

export interface Around {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly random: Random;
  /** A process to speak to; `null` = none answers. */
  readonly reach: () => Host | null;
  /** What no program may do, in words. */
  readonly complain: (fault: string) => void;
}

export class Producers {
  readonly #around: Around;
  #unanswered = 0;
  #sent = 0;
  /** Identities of all that the city has said to have. */
  readonly acknowledged = new Set<string>();

  constructor(around: Around) {
    this.#around = around;
  }

  /** Messages whose sender still waits. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Tries so far. */
  get sent(): number {
    return this.#sent;
  }

  send(message: Message): void {
    this.#unanswered++;
    this.#try(message, { isAnswered: false }, PATIENCE_MS);
  }

  #try(message: Message, progress: { isAnswered: boolean }, patience: number): void {
    const { scheduler, network } = this.#around;
    if (progress.isAnswered) return;
    this.#sent++;
    network.carry(message.sender, () => this.#arrive(message, progress));
    scheduler.after(patience, () => this.#try(message, progress, Math.min(2 * patience, PATIENCE_MAX_MS)));
  }

  #arrive(message: Message, progress: { isAnswered: boolean }): void {
    const host = this.#around.reach();
    if (host === null) return;
    this.#ingest(host, message)
      .then((isTaken) => {
        if (!isTaken) return;
        for (const identity of message.identities) this.acknowledged.add(identity);
        this.#around.network.carry(message.sender, () => {
          if (!progress.isAnswered) this.#unanswered--;
          progress.isAnswered = true;
        });
      })
      .catch((error: unknown) => this.#around.complain(`the door failed: ${String(error)}`));
  }

  /** As the routes do it: the door first, then the city; `false` = it takes nothing at present. */
  async #ingest(host: Host, message: Message): Promise<boolean> {
    const intake = intakeOf(host.door, message, Math.floor(host.live.now()));
    try {
      await host.port.ingest(intake);
      return true;
    } catch (error) {
      if (error instanceof PortError && error.kind === "unavailable") return false;
      throw error;
    }
  }
}
