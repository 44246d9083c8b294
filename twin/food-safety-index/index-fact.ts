/**
 * What the food-safety index (食安指数, DOMAIN §6.1) counts: facts that a person or an official result stands behind.
 * Nothing that rests on AI alone is ever made into one (DOMAIN fact 5, SCENARIOS I5).
 */
import type { Level } from "../events/fields.ts";

export const INDEX_COMPONENTS = [
  "process",
  "behaviour",
  "self-control",
  "papers",
  "inspection",
  "complaints",
  "trace",
] as const;
export type IndexComponent = (typeof INDEX_COMPONENTS)[number];

/** Facts that come from no alert: an official finding, a failed accredited test, a verified complaint, tied ratings. */
export type OtherFact = "inspection" | "test" | "complaint" | "rating";

export interface IndexFact {
  /** What it is about: the case, or the id of the event; with `code` it names the fact. */
  readonly about: string;
  /** Alert code, or the kind of another fact. */
  readonly code: string;
  readonly level: Level;
  /** From when it ages, ms since epoch. */
  readonly at: number;
  /** How it was put right. */
  readonly fixed: "open" | "on-time" | "late";
  /** The kitchen said so itself before anybody else did. */
  readonly selfReported: boolean;
  /** The same key within 90 d. */
  readonly repeat: boolean;
  /** e of DOMAIN §6.1, at least 1: many devices must not make a kitchen look worse. */
  readonly exposure: number;
}

const BY_CODE: Readonly<Record<string, IndexComponent>> = {
  D01: "papers",
  D02: "papers",
  D03: "papers",
  D04: "self-control",
  D05: "self-control",
  D06: "self-control",
  D07: "trace",
  D08: "trace",
  D09: "trace",
  D10: "inspection",
  W01: "trace",
  W02: "papers",
  B01: "inspection",
  B02: "inspection",
  C02: "complaints",
  inspection: "inspection",
  test: "inspection",
  complaint: "complaints",
  rating: "complaints",
};

/**
 * Where a fact counts; `null` = nowhere: what speaks of devices and networks (O*), of the clocks of offices (C01, S01,
 * S02) or of ratings that are still looked at (C03), and reminders before a paper ends (D01, D02 at L4).
 */
export function componentOf(code: string, level: Level): IndexComponent | null {
  if ((code === "D01" || code === "D02") && level === "L4") return null;
  if (/^T\d/.test(code)) return "process";
  if (/^P\d/.test(code)) return "behaviour";
  return BY_CODE[code] ?? null;
}

/** e = max(1, √(assets of the kind ÷ median of the type)). `median` 0 or absent counts as 1. */
export function exposureOf(assets: number, median: number): number {
  return Math.max(1, Math.sqrt(assets / Math.max(1, median)));
}
