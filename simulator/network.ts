/**
 * What the network does to messages on their way: delay, repeats, loss, disorder. One stream of chance for the whole
 * run, drawn in the order of sending. Outages and skewed clocks are incidents, see `gateways.ts`.
 */
import type { Dice } from "./dice.ts";

export interface NetworkOptions {
  /** ms that a message needs at least, and up to how much more. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** Share of the messages that come twice. */
  readonly duplicates?: number;
  /** Share of a gateway's polls that never come. */
  readonly loss?: number;
  /** Share of the messages that come late, after their successors. */
  readonly reorder?: number;
}

export type Network = { readonly [K in keyof Required<NetworkOptions>]: number };

/** Nothing happens but the delay: what tests and scenarios like to have. */
export const QUIET_NETWORK: Network = { delayMs: 200, jitterMs: 0, duplicates: 0, loss: 0, reorder: 0 };
export const USUAL_NETWORK: Network = {
  delayMs: 200,
  jitterMs: 300,
  duplicates: 1e-4,
  loss: 1e-4,
  reorder: 1e-4,
};

/** The usual network, changed by what is given. Throws a RangeError for shares beyond 0 … 1 and delays below 0. */
export function networkOf(options: NetworkOptions = {}): Network {
  const network = { ...USUAL_NETWORK, ...options };
  for (const [name, value] of Object.entries(network)) {
    const most = name.endsWith("Ms") ? Number.MAX_SAFE_INTEGER : 1;
    if (!(value >= 0 && value <= most)) {
      throw new RangeError(`Cannot use a network with ${name} = ${value}: expected 0 to ${most}`);
    }
  }
  return network;
}

/** When a message sent at `sentAt` arrives, whole ms. */
export function arrivalTime(network: Network, dice: Dice, sentAt: number): number {
  const late = network.reorder > 0 && dice.chance(network.reorder) ? dice.int(5_000, 45_000) : 0;
  return Math.ceil(sentAt) + network.delayMs + Math.floor(dice.next() * network.jitterMs) + late;
}

/** When its repeat arrives; `null` if there is none. */
export function repeatTime(network: Network, dice: Dice, arrivesAt: number): number | null {
  return network.duplicates > 0 && dice.chance(network.duplicates) ? arrivesAt + dice.int(100, 8_000) : null;
}
