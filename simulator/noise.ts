/**
 * How much the world disturbs what is measured, as factors of the usual: 1 everywhere gives the very bytes of a run that
 * says nothing of noise.
 */
import { type Network, USUAL_NETWORK } from "./network.ts";

export interface Noise {
  /** Of what sensors read beside the truth (deviation of their noise). */
  readonly sensors: number;
  /** Of the shares of messages lost, repeated and out of order, and of the spread of their delay. */
  readonly network: number;
  /** Of the rate at which cameras' models see what is not there. */
  readonly falseHits: number;
}

export const NOISE_LEVELS = {
  low: { sensors: 0.5, network: 0.2, falseHits: 0.5 },
  normal: { sensors: 1, network: 1, falseHits: 1 },
  high: { sensors: 2, network: 10, falseHits: 3 },
} as const satisfies Readonly<Record<string, Noise>>;
export type NoiseLevel = keyof typeof NOISE_LEVELS;
export const NOISE_NAMES = ["low", "normal", "high"] as const satisfies readonly NoiseLevel[];

export const USUAL_NOISE: Noise = NOISE_LEVELS.normal;

/** The usual network under noise. */
export function noisyNetwork({ network: factor }: Noise): Network {
  const { delayMs, jitterMs, duplicates, loss, reorder } = USUAL_NETWORK;
  const share = (usual: number) => Math.min(1, usual * factor);
  return {
    delayMs,
    jitterMs: Math.round(jitterMs * factor),
    duplicates: share(duplicates),
    loss: share(loss),
    reorder: share(reorder),
  };
}

/** A rate of hits of which a share is true, and that share, when false ones are `factor` times as many. */
export function withFalseHits(
  rate: number,
  precision: number,
  factor: number,
): { rate: number; precision: number } {
  if (factor === 1) return { rate, precision };
  const spread = precision + (1 - precision) * factor;
  return { rate: rate * spread, precision: precision / spread };
}
