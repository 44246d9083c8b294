/** Alert levels (DOMAIN §5.1): L1 red is the gravest, L4 blue a reminder. */
import type { KitchenType } from "../city/kitchen.ts";
import type { Level } from "../events/fields.ts";

export const LEVELS = ["L1", "L2", "L3", "L4"] as const;

/** 1 (gravest) … 4. */
export function severity(level: Level): number {
  return LEVELS.indexOf(level) + 1;
}

export function isGraver(level: Level, than: Level): boolean {
  return severity(level) < severity(than);
}

export function graver(a: Level, b: Level): Level {
  return isGraver(a, b) ? a : b;
}

/** One level up, at most L1. */
export function oneUp(level: Level): Level {
  return LEVELS[Math.max(0, severity(level) - 2)] ?? "L1";
}

const VULNERABLE: ReadonlySet<KitchenType> = new Set(["school", "nursery", "elder-care", "hospital"]);

/** Whether pupils, infants, the elderly or patients eat there: ★ rows of the catalogue rise by one level. */
export function servesVulnerable(type: KitchenType): boolean {
  return VULNERABLE.has(type);
}
