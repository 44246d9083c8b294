/**
 * Findings: what detectors and the second stage conclude from many readings, rare enough to reach the rules one by one.
 * A finding has the event time at which it became true; who reads it need not know how it was found.
 */
import type { Case } from "../../twin/case.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";

interface FindingBase {
  /** Event time at which it became true, ms since epoch. */
  readonly time: number;
  /** When the datum that proves it was received; `null` = not known or found by time alone. */
  readonly receivedAt: number | null;
  /** Any cause is a drill. */
  readonly exercise: boolean;
  readonly because: readonly Cause[];
}

/** A limit of rule `code` was held long enough by one device. */
export interface HeldFinding extends FindingBase {
  readonly kind: "held";
  readonly code: string;
  readonly device: number;
  readonly level: Level;
  /** When the condition began, ms since epoch. */
  readonly since: number;
  readonly value: number;
}

/** The clearing of rule `code` was held long enough by one device. */
export interface ClearedFinding extends FindingBase {
  readonly kind: "cleared";
  readonly code: string;
  readonly device: number;
}

/** A device that holds a limit of rule `code` came back within its clearing limit (`eased`), or left it again. */
export interface EasedFinding extends FindingBase {
  readonly kind: "eased";
  readonly code: string;
  readonly device: number;
  readonly eased: boolean;
  readonly value: number;
}

/** A device's value went from one zone between the borders of a rule to another (`border.ts`). */
export interface CrossedFinding extends FindingBase {
  readonly kind: "crossed";
  readonly device: number;
  /** Number of borders that the value lies beyond. */
  readonly zone: number;
  readonly value: number;
}

/**
 * What a series of values shows of itself (O04): `flat` = no life for `flatMs`, `lively` = flat no longer, `cloned` = the
 * same values as another device, `jumped` = faster than any store of food can be.
 */
export interface SeriesFinding extends FindingBase {
  readonly kind: "flat" | "lively" | "cloned" | "jumped";
  readonly device: number;
  /** When the flat stretch, or the copying, began; the value before a jump has this time. ms since epoch. */
  readonly since: number;
  /** Deviation of a flat stretch, K; values in common; K per minute of a jump. */
  readonly value: number;
  /** Flat: when the meter of its compressor last switched, ms since epoch; `null` = never, or none. */
  readonly switchedAt: number | null;
  /** Cloned: ordinal of the device that says the same; else -1. */
  readonly like: number;
}

/** No message of the device for its silence limit (CONTRACT §9, O01), or it said that it goes. */
export interface SilentFinding extends FindingBase {
  readonly kind: "silent";
  readonly device: number;
  /** Time of its last message. */
  readonly since: number;
}

/** A device speaks: the first message ever, or the first after a silence. */
export interface HeardFinding extends FindingBase {
  readonly kind: "heard";
  readonly device: number;
  readonly first: boolean;
}

/** A single reading that matters by itself: an infrared trigger, an oil measurement. */
export interface ReadFinding extends FindingBase {
  readonly kind: "read";
  readonly device: number;
  readonly value: number;
}

/** Ten messages in a row of a gateway lay more than 120 s ahead of their receipt; or its clock was right for 1 h. */
export interface SkewFinding extends FindingBase {
  readonly kind: "skewed" | "clock-right";
  readonly gateway: string;
  /** ms that the gateway's clock is ahead. */
  readonly offsetMs: number;
}

/** The second stage saw an area lose, or regain, its devices (O06); kitchens mute their own O01 meanwhile. */
export interface OutageFinding extends FindingBase {
  readonly kind: "outage-began" | "outage-ended";
  readonly area: string;
  /** The parent alert's id. */
  readonly parent: string;
  /** Ordinals of this kitchen's devices in the area. */
  readonly devices: readonly number[];
}

/** The second stage found a condition of rule `code` that belongs to this kitchen (a recalled lot, broken seals). */
export interface ConcernFinding extends FindingBase {
  readonly kind: "concern";
  readonly code: string;
  readonly asset: string | null;
  readonly level: Level;
  readonly value: { readonly number: number; readonly unit: string } | null;
  /** `false` = the condition is over. */
  readonly holds: boolean;
}

/** The food-safety index of the kitchen was reckoned anew. */
export interface RatedFinding extends FindingBase {
  readonly kind: "rated";
  /** 0 … 100; `null` = not rated. */
  readonly index: number | null;
}

/** A case of the kitchen has taken a step; told once the rules have folded what moved it. */
export interface CaseFinding extends FindingBase {
  readonly kind: "case-moved";
  readonly case: Case;
  /** The rule of its code says that what it asks for was not done in time. */
  readonly overdue: boolean;
}

export type Finding =
  | HeldFinding
  | ClearedFinding
  | EasedFinding
  | CrossedFinding
  | SeriesFinding
  | SilentFinding
  | HeardFinding
  | ReadFinding
  | SkewFinding
  | OutageFinding
  | ConcernFinding
  | RatedFinding
  | CaseFinding;
export type FindingKind = Finding["kind"];
