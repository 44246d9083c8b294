/** What the server answers (CONTRACT §5), as far as the pages read it. */
import type { KitchenType } from "../../twin/city/kitchen.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Alert, CaseState } from "../../twin/events/output-events.ts";

export type { Alert, CaseState };
export type Level = Alert["level"];

/** `GET /v1/kitchens/positions`: columns in registry order. */
export interface KitchenPositions {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly types: readonly KitchenType[];
  readonly banners: readonly string[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
}

export interface DeviceNow {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly zone: string | null;
  readonly online: boolean;
  readonly value: { readonly number: number; readonly unit: string } | null;
  /** When the value was measured; `null` = never heard. */
  readonly at: string | null;
}

export interface CaseBrief {
  readonly case: string;
  readonly code: string;
  readonly level: Level;
  readonly state: CaseState;
  readonly due: string | null;
  /** Role whose turn it is; `null` = nobody's. */
  readonly owner: string | null;
  /** Ids of its alerts. */
  readonly alerts: readonly string[];
}

/** `GET /v1/kitchens/{id}` */
export interface KitchenDetail {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: KitchenType;
  readonly banner: string;
  readonly office: string;
  readonly address: string | null;
  readonly position: { readonly lon: number; readonly lat: number };
  /** Risk grade A (lowest) to D; `null` = not graded. */
  readonly risk: string | null;
  readonly capacity: number | null;
  readonly opens: readonly (readonly [string, string])[];
  readonly licence: { readonly number: string | null; readonly validTo: string };
  readonly state: string;
  /** Region of the kitchen's machine -> its state: operation, licence, connection, … */
  readonly regions: Readonly<Record<string, string>>;
  readonly alerts: readonly Alert[];
  readonly cases: readonly CaseBrief[];
  readonly devices: readonly DeviceNow[];
}

/** `GET /v1/kitchens/{id}/history` */
export interface KitchenHistory {
  readonly kitchen: string;
  readonly series: readonly DeviceSeries[];
}

export interface DeviceSeries {
  readonly device: string;
  readonly unit: string | null;
  readonly points: readonly {
    readonly time: string;
    readonly min: number;
    readonly mean: number;
    readonly max: number;
  }[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** One CloudEvent of `GET /v1/alerts/stream`. */
export interface AlertEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: Alert;
}
