/** The state of a fold as plain JSON: what a snapshot holds. */
import type { PolicyStamp } from "../twin/policy/policy-book.ts";
import type { Absence } from "./detectors/absence.ts";
import type { Crossings } from "./detectors/crossings.ts";
import type { LimitBank } from "./detectors/limit-bank.ts";
import type { SeriesWatch } from "./detectors/series-watch.ts";
import type { SavedDuties } from "./duties/duty-stage.ts";
import type { FoldCounts } from "./fold-counts.ts";
import type { SavedSlot } from "./kitchen-slot.ts";
import type { SavedLateSamples } from "./late-samples.ts";
import type { DeviceOrder } from "./order/device-order.ts";
import type { IdentityDays } from "./order/identity-days.ts";
import type { ReceiptClock } from "./order/receipt-clock.ts";
import type { Quarantine } from "./quarantine.ts";
import type { SavedRating } from "./rating/rating-stage.ts";
import type { SampleReader } from "./sample-reader.ts";
import type { SavedStage } from "./second-stage/city-stage.ts";

export interface SavedFold {
  /** The policy packs in force so far. */
  readonly policies: readonly PolicyStamp[];
  readonly begun: boolean;
  readonly ahead: boolean;
  /** `null` = not finite yet. */
  readonly earliest: number | null;
  readonly shownTo: number | null;
  readonly settledTo: number | null;
  readonly clock: ReturnType<ReceiptClock["save"]>;
  readonly counts: FoldCounts;
  readonly identities: ReturnType<IdentityDays["save"]>;
  readonly order: ReturnType<DeviceOrder["save"]>;
  readonly limits: ReturnType<LimitBank["save"]>;
  readonly late: SavedLateSamples;
  readonly crossings: ReturnType<Crossings["save"]>;
  /** `null` = no rule asks for it. */
  readonly series: ReturnType<SeriesWatch["save"]> | null;
  readonly quarantine: ReturnType<Quarantine["save"]>;
  readonly absence: ReturnType<Absence["save"]>;
  readonly reader: ReturnType<SampleReader["save"]>;
  readonly stage: SavedStage;
  readonly rating: SavedRating;
  readonly duties: SavedDuties;
  readonly slots: readonly SavedSlot[];
}
