/** What the server answers (CONTRACT §5), as far as the pages read it. */
import type { KitchenType } from "../../twin/city/kitchen.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Alert, CaseState } from "../../twin/events/output-events.ts";
import type { CASE_COMMANDS, ROLES } from "../../twin/events/public-events.ts";
import type { IndexComponent } from "../../twin/food-safety-index/index-fact.ts";

export type { Alert, CaseState, IndexComponent };
export type Level = Alert["level"];
export type CaseCommand = (typeof CASE_COMMANDS)[number];
export type Role = (typeof ROLES)[number];

/** `GET /v1/session` */
export interface Session {
  readonly id: string;
  readonly role: Role | "admin" | "source";
  /** `city`, `banner:150602`, `office:150602-03`, `kitchens:K-00001,K-00002`. */
  readonly area: string;
  /** Ids of the kitchens that one sees; `null` = all. */
  readonly kitchens: readonly string[] | null;
}

/** `GET /v1/kitchens/positions`: columns in registry order. */
export interface KitchenPositions {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly types: readonly KitchenType[];
  readonly banners: readonly string[];
  readonly offices: readonly string[];
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

export interface CaseStep {
  readonly time: string;
  /** `null` = it was opened. */
  readonly from: CaseState | null;
  /** The same as `from` where something was noted only. */
  readonly to: CaseState;
  readonly actor: string | null;
  /** `null` = the system. */
  readonly role: string | null;
  readonly reason: string | null;
  /** The command, or the move of the system. */
  readonly what: string;
  readonly evidence: readonly unknown[];
  /** SHA-256 of the evidence as JSON; `null` = there is none. */
  readonly evidenceHash: string | null;
  readonly inspectors: readonly string[] | null;
}

/** `GET /v1/cases/{id}` */
export interface CaseView {
  readonly case: string;
  readonly kitchen: string | null;
  readonly code: string;
  /** Policy pack under which it was opened, and under which it ends. */
  readonly policy: string;
  readonly asset: string | null;
  readonly level: Level;
  readonly state: CaseState;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly due: string | null;
  /** `due` counts working days that are not published yet. */
  readonly dueProvisional: boolean;
  /** Role whose turn it is; `null` = nobody's. */
  readonly owner: string | null;
  /** Ids of its alerts. */
  readonly alerts: readonly string[];
  /** What we may do with it now. */
  readonly allowed: readonly CaseCommand[];
  readonly lead: boolean;
  readonly exercise: boolean;
  /** What the law wants done by when, whoever has to act. */
  readonly clocks: readonly {
    readonly clock: "report" | "file" | "decide";
    readonly due: string;
    readonly basis: string;
  }[];
  /** Until when nothing it rests on is thrown away; `until` `null` = as long as it is open. */
  readonly hold: { readonly until: string | null; readonly reason: "open" | "filed" | "clip" };
  /** The oldest first. */
  readonly steps: readonly CaseStep[];
}

/** The body of `POST /v1/cases/{id}/commands`. */
export interface CaseOrder {
  readonly command: CaseCommand;
  readonly role: Role;
  readonly reason?: string;
  readonly evidence?: readonly string[];
  readonly inspectors?: readonly string[];
  readonly decision?: { readonly kind: "penalty" | "warning" | "none"; readonly fine?: number };
}

/** One of `GET /v1/notifications`. */
export interface Notice {
  readonly notification: string;
  readonly time: string;
  readonly to: string;
  readonly channel: string;
  readonly ring: boolean;
  readonly notBefore: string | null;
  readonly text: { readonly zh: string; readonly en: string };
  readonly state: string;
  readonly at: string;
  readonly reason: string | null;
}

export type Colour = "green" | "amber" | "red" | "grey";

/** `GET /v1/index/{id}` */
export interface KitchenIndex {
  /** 0 … 100; `null` = not rated. */
  readonly index: number | null;
  readonly standing: "rated" | "insufficient" | "not-rated";
  readonly version: string;
  /** The gravest first. */
  readonly reasons: readonly {
    readonly component: IndexComponent;
    readonly code: string;
    readonly level: Level;
    readonly about: string;
    readonly points: number;
    readonly since: string;
  }[];
  readonly risk: { readonly grade: "A" | "B" | "C" | "D"; readonly static: number; readonly dynamic: number };
  readonly nextInspection: string;
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
  readonly color: Colour | null;
  /** Region of the kitchen's machine -> its state: operation, licence, connection, … */
  readonly regions: Readonly<Record<string, string>>;
  readonly alerts: readonly Alert[];
  readonly cases: readonly CaseView[];
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

/** A step of a case, as the stream tells it. */
export interface CaseChange {
  readonly case: string;
  readonly alert: string;
  /** `null` = of no one kitchen. */
  readonly kitchen: string | null;
  readonly to: CaseState;
  readonly due: string | null;
}

/** One of `GET /v1/lists/{red|black}`: the list of a banner and month. */
export interface MonthlyList {
  readonly list: string;
  readonly colour: "red" | "black";
  readonly banner: string;
  readonly month: string;
  readonly state: "draft" | "notified" | "signed" | "published";
  readonly notifiedAt: string | null;
  readonly appealUntil: string | null;
  readonly publishedAt: string | null;
  readonly entries: readonly ListedKitchen[];
}

export interface ListedKitchen {
  readonly kitchen: string;
  readonly name: string;
  readonly type: KitchenType;
  /** `null` = not rated. */
  readonly index: number | null;
  readonly ground: string;
  readonly cases: readonly string[];
  readonly standing: "listed" | "appealed" | "struck" | "corrected";
  readonly reason: string | null;
}

/** The body of `POST /v1/lists/{list}/commands`. */
export interface ListOrder {
  readonly command: "notify" | "appeal" | "uphold" | "strike" | "sign" | "publish" | "correct";
  readonly role: "O" | "Q" | "C";
  readonly kitchen?: string;
  readonly reason?: string;
}

/** One CloudEvent of `GET /v1/alerts/stream` that tells of an alert. */
export interface AlertEvent {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: Alert;
}
