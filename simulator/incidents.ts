/**
 * The closed set of things that can go wrong. Scenarios plan them exactly, the background draws them by chance; both go
 * the same way (`effects/`). All times are event time, ms since epoch. Kitchens and devices are named by their ids.
 */
import type { InputData } from "../twin/events/catalogue.ts";
import type { EventType } from "../twin/events/event.ts";

/** A cold unit whose compressor stops: a straight rise to the air around, a straight way back after the repair. */
export interface ColdFailure {
  readonly kind: "cold-failure";
  readonly device: string;
  readonly at: number;
  /** °C at the beginning; default: the middle of the unit's band. */
  readonly start?: number;
  readonly slopePerMin: number;
  /** °C that it does not exceed. */
  readonly ambient: number;
  /** `null` = not within this run. */
  readonly repairAt: number | null;
  /** Default 0.25 °C per minute. */
  readonly recoveryPerMin?: number;
  /** Deviation of the noise, °C; default 0.15. */
  readonly sigma?: number;
}

/** What a sensor shows, whatever is true: straight lines between points, its own value again after the last. */
export interface SensorProfile {
  readonly kind: "sensor-profile";
  readonly device: string;
  readonly points: readonly (readonly [at: number, value: number])[];
  /** Deviation of the noise in the sensor's unit; default 0. */
  readonly sigma?: number;
  /** The alert that it deserves; default "" (none). */
  readonly code?: string;
}

/** Gas in steps of %LEL. A sensor slower than 5 s reports every 5 s while it reads 5 %LEL or more. */
export interface GasRelease {
  readonly kind: "gas-release";
  readonly device: string;
  readonly steps: readonly (readonly [at: number, lel: number])[];
  readonly until: number;
}

export interface InfraredTriggers {
  readonly kind: "infrared";
  readonly device: string;
  readonly at: number;
  readonly triggers: number;
}

/** A camera sees nothing, or something else than it should. */
export interface CameraView {
  readonly kind: "camera-view";
  readonly camera: string;
  readonly state: "covered" | "blurred" | "shifted" | "frozen";
  readonly from: number;
  readonly to: number;
}

/** What a camera's model reports; `real` false = a false alarm. */
export interface CameraHits {
  readonly kind: "camera-hits";
  readonly camera: string;
  readonly class: InputData<"warmcity.detection">["class"];
  readonly hits: readonly { readonly at: number; readonly confidence: number; readonly lastedMs?: number }[];
  readonly code?: string;
  readonly real?: boolean;
}

/** A device without power, or broken: silent, then a new boot. `warned` = the broker says at once that it is gone. */
export interface DeviceOff {
  readonly kind: "device-off";
  readonly device: string;
  readonly from: number;
  readonly to: number | null;
  readonly warned?: boolean;
}

/** A gateway without network: it stores what its devices say and pushes it afterwards. */
export interface GatewayCut {
  readonly kind: "gateway-cut";
  readonly kitchen: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A feeder without power, or a network segment, office or banner without network. It ends between `to` and `lastTo`,
 * kitchen by kitchen. Without power, cold units warm up, and a share of the sensors goes on by battery.
 */
export interface AreaCut {
  readonly kind: "area-cut";
  readonly area: { readonly by: "feeder" | "isp" | "office" | "banner"; readonly id: string };
  readonly what: "power" | "network";
  readonly from: number;
  /** It begins between `from` and this, kitchen by kitchen; default: at once. */
  readonly lastFrom?: number;
  readonly to: number;
  readonly lastTo?: number;
  /** Exactly these of the area's kitchens are hit; default: by `share`. */
  readonly kitchens?: readonly string[];
  /** Share of the kitchens that are hit; default 1. */
  readonly share?: number;
  /** Share of the sensors with a battery; default 0.25. Power only. */
  readonly battery?: number;
}

/**
 * The lines of some kitchens come and go, in a storm for hours: cameras are heard while they are up, but no line stays up
 * long enough for a gateway to push what it stores. They hold again between `to` and `lastTo`, kitchen by kitchen.
 */
export interface LinkFlaps {
  readonly kind: "link-flaps";
  readonly kitchens: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly lastTo?: number;
  /** A line is down, and then up, between so long and so long, ms. */
  readonly spellMs: readonly [least: number, most: number];
}

export interface ClockSkew {
  readonly kind: "clock-skew";
  readonly kitchen: string;
  readonly from: number;
  readonly to: number;
  /** How far the gateway's clock runs ahead. */
  readonly offsetMs: number;
}

/** Exactly these cycles, and no others between the first and `until`. */
export interface DishCycles {
  readonly kind: "dish-cycles";
  readonly device: string;
  readonly cycles: readonly ({ readonly at: number } & InputData<"warmcity.dish.cycle">)[];
  readonly until: number;
}

/** Something that a process would do does not happen, or not well. `device` only for `dish-cold`. */
export interface Neglect {
  readonly kind: "neglect";
  readonly what: "dish-cold" | "unwashed" | "no-samples" | "no-lamps" | "no-self-checks";
  readonly kitchen: string;
  readonly device?: string;
  readonly from: number;
  readonly to: number;
}

/** Signs of trading, where there should be none. */
export interface Trading {
  readonly kind: "trading";
  readonly kitchen: string;
  readonly at: readonly number[];
  readonly as: "pay" | "order" | "cooking";
}

/** A kitchen that does not work, announced or not; its devices are switched off. */
export interface Closing {
  readonly kind: "closing";
  readonly kitchen: string;
  readonly from: number;
  readonly to: number;
  readonly declared: boolean;
}

/** Goods of a lot, and what becomes of them. */
export interface Goods {
  readonly kind: "goods";
  readonly kitchen: string;
  readonly at: number;
  readonly step: "received" | "issued" | "discarded" | "returned";
  readonly data: InputData<"warmcity.goods.received">;
}

export interface Recall {
  readonly kind: "recall";
  readonly at: number;
  readonly data: InputData<"warmcity.recall.issued">;
  readonly amended?: boolean;
}

export interface IllnessReports {
  readonly kind: "illness";
  readonly kitchen: string;
  readonly reports: readonly ({
    readonly at: number;
    readonly portal?: string;
  } & InputData<"warmcity.illness.reported">)[];
}

/** Orders of some kitchens carried by some riders of a station; the first `breaches` arrive with broken seals. */
export interface SealBreaches {
  readonly kind: "seal-breaches";
  readonly kitchens: readonly string[];
  readonly station: string;
  readonly riders: readonly string[];
  readonly platform: string;
  readonly from: number;
  readonly to: number;
  readonly orders: number;
  readonly breaches: number;
}

/** What a platform shows of a shop; with a code it is wrong until `until`. */
export interface PlatformListing {
  readonly kind: "platform-listing";
  readonly kitchen: string;
  readonly platform: string;
  readonly at: number;
  readonly data: InputData<"warmcity.platform.listing">;
  readonly code?: string;
  readonly until?: number;
}

/** Many ratings of one kitchen at an even pace: shares of them come from new accounts, without an order, with one text. */
export interface ReviewStorm {
  readonly kind: "review-storm";
  readonly kitchen: string;
  readonly platform: string;
  readonly from: number;
  readonly to: number;
  readonly ratings: number;
  readonly stars: number;
  readonly newShare: number;
  readonly noOrderShare: number;
  /** Share of the ratings that say `text`, but for a mark or two; the rest says one of `otherTexts`. */
  readonly copiedShare: number;
  readonly text: string;
  readonly otherTexts: readonly string[];
  readonly code?: string;
}

export interface Banquet {
  readonly kind: "banquet";
  readonly kitchen: string;
  readonly at: number;
  readonly data: InputData<"warmcity.banquet.filed">;
  readonly changed?: boolean;
  /** The alert that it deserves; default: none. */
  readonly code?: string;
}

/** Where a mobile unit's GPS is for a while. */
export interface Route {
  readonly kind: "route";
  readonly device: string;
  readonly from: number;
  readonly to: number;
  readonly place: { readonly lon: number; readonly lat: number };
  /** Default 5 min. */
  readonly everyMs?: number;
  readonly code?: string;
}

/** Anything that anybody says: for what has no incident of its own. */
export type Message = {
  [T in EventType]: {
    readonly kind: "message";
    readonly at: number;
    readonly type: T;
    /** CloudEvents source; what a device says (`/devices/<id>`) gets its bootid and sequence. */
    readonly source: string;
    readonly kitchen: string | null;
    readonly data: InputData<T>;
  };
}[EventType];

export type Incident =
  | ColdFailure
  | SensorProfile
  | GasRelease
  | InfraredTriggers
  | CameraView
  | CameraHits
  | DeviceOff
  | GatewayCut
  | AreaCut
  | LinkFlaps
  | ClockSkew
  | DishCycles
  | Neglect
  | Trading
  | Closing
  | Goods
  | Recall
  | IllnessReports
  | SealBreaches
  | PlatformListing
  | ReviewStorm
  | Banquet
  | Route
  | Message;

/** Ids of the kitchens that an incident is about, area-wide ones apart. */
export function kitchensOf(incident: Incident): readonly string[] {
  switch (incident.kind) {
    case "cold-failure":
    case "sensor-profile":
    case "gas-release":
    case "infrared":
    case "device-off":
    case "dish-cycles":
    case "route":
      return [kitchenOfDevice(incident.device)];
    case "camera-view":
    case "camera-hits":
      return [kitchenOfDevice(incident.camera)];
    case "seal-breaches":
    case "link-flaps":
      return incident.kitchens;
    case "recall":
    case "area-cut":
      return [];
    case "message":
      return incident.kitchen === null ? [] : [incident.kitchen];
    default:
      return [incident.kitchen];
  }
}

function kitchenOfDevice(id: string): string {
  const slash = id.indexOf("/");
  return slash < 0 ? id : id.slice(0, slash);
}
