/** What a kitchen (餐饮服务单位, one catering unit of any type) is, as the registry states it (CONTRACT §1). */
import type { DeviceKind } from "../devices/device-kind.ts";

export const KITCHEN_TYPES = [
  "very-large",
  "large",
  "medium",
  "small",
  "drinks",
  "school",
  "elder-care",
  "hospital",
  "office",
  "nursery",
  "mobile-banquet",
] as const;
export type KitchenType = (typeof KITCHEN_TYPES)[number];

export const ZONE_KINDS = [
  "cooking",
  "cold-store",
  "rte-room",
  "prep",
  "cutting",
  "wash",
  "serving",
  "sample-store",
  "warehouse",
  "receiving",
  "waste",
  "dining",
] as const;
export type ZoneKind = (typeof ZONE_KINDS)[number];

export const JOBS = ["rte", "cook", "wash", "server", "cashier", "officer", "director", "owner"] as const;
export type Job = (typeof JOBS)[number];

/** What a device may watch besides another device (`of`). */
export const WATCHED_THINGS = ["mains", "compressor", "stove", "purifier", "uv-lamp", "entrance"] as const;

/** A span of the day, ms since Shanghai midnight; `to` may be smaller than `from`: the span then crosses midnight. */
export interface DaySpan {
  readonly fromMs: number;
  readonly toMs: number;
}

export type OperatingCalendar = "daily" | "workday" | "school" | "event";

export interface Zone {
  readonly id: string;
  readonly kind: ZoneKind;
}

export interface Device {
  /** `<kitchen>/<name>` */
  readonly id: string;
  readonly kind: DeviceKind;
  /** Zone id, or a zone kind where the kitchen lists no such zone; `zoneKindOf` tells the kind of either. */
  readonly zone: string | null;
  /** What the device watches: a device id, or mains, compressor, stove, purifier, uv-lamp, entrance. */
  readonly of: string | null;
  /** ms; `null` = speaks only when something happens and is never counted as silent. */
  readonly reportEveryMs: number | null;
  readonly gateway: string | null;
  readonly feeder: string | null;
  readonly isp: string | null;
}

export interface StaffMember {
  readonly id: string;
  readonly job: Job;
  /** Dates or RFC 3339 times, as a licence's `validTo`. */
  readonly certificateValidTo: string | null;
  readonly trainingDue: string | null;
}

export interface Kitchen {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: KitchenType;
  /** Six-digit division code of the banner (旗区). */
  readonly banner: string;
  /** The market office (所) in charge. */
  readonly office: string;
  readonly street: string | null;
  readonly position: { readonly lon: number; readonly lat: number };
  readonly capacity: number | null;
  readonly opens: readonly DaySpan[];
  readonly risk: "A" | "B" | "C" | "D" | null;
  readonly address: string | null;
  readonly calendar: OperatingCalendar;
  readonly meals: readonly DaySpan[];
  readonly tableware: "own" | "central";
  readonly connect: "none" | "surveyed" | "installed" | "online";
  readonly cadre: {
    readonly id: string;
    readonly tier: "A" | "B" | "C" | "D";
  } | null;
  readonly permit: {
    readonly center: { readonly lon: number; readonly lat: number };
    readonly radiusM: number;
    readonly hours: readonly DaySpan[];
  } | null;
  readonly licence: {
    readonly number: string | null;
    /** A date, to whose end (Asia/Shanghai) the licence holds, or an RFC 3339 time: `endOf` reads both. */
    readonly validTo: string;
    readonly renewal: "none" | "accepted" | "refused" | null;
  };
  readonly zones: readonly Zone[];
  readonly devices: readonly Device[];
  readonly staff: readonly StaffMember[];
}

/** The kind of a zone that a device or a detection names; `null` if the kitchen has no such zone. */
export function zoneKindOf(kitchen: Kitchen, zone: string): ZoneKind | null {
  const listed = kitchen.zones.find(({ id }) => id === zone);
  return listed?.kind ?? ZONE_KINDS.find((kind) => kind === zone) ?? null;
}
