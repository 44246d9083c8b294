/** 留样: which dishes of which meals were retained, and which of these samples are gone (DOMAIN R13). */
import { defineDuty } from "./duty.ts";

export interface RetainedSample {
  readonly at: number;
  readonly meal: string;
  readonly dish: string;
  /** ms since epoch; `null` = it is still there. */
  readonly removedAt: number | null;
}

/** Without the names of the fields: canteens keep 12,000 samples a day. */
type PackedSample = [at: number, meal: string, dish: string, removedAt: number | null];

export interface SampleState {
  /** Newest first. */
  samples: PackedSample[];
}

/** Four days of a canteen's: by law a sample is kept for two. */
const KEPT = 40;

export const samples = defineDuty<SampleState>({
  name: "samples",
  version: 1,
  events: ["warmcity.sample.retained", "warmcity.sample.removed"],
  initial: () => ({ samples: [] }),
  fold(state, event) {
    if (event.type === "warmcity.sample.retained") {
      const { meal, dish } = event.data;
      const retained: PackedSample = [event.time, meal, dish, null];
      state.samples = [retained, ...state.samples].sort(([a], [b]) => b - a).slice(0, KEPT);
      return;
    }
    if (event.type !== "warmcity.sample.removed") return;
    const { meal, dish } = event.data;
    for (const one of state.samples) {
      const [at, itsMeal, itsDish, removedAt] = one;
      if (itsMeal === meal && itsDish === dish && at <= event.time && removedAt === null) one[3] = event.time;
    }
  },
});

/** Newest first. */
export function samplesIn(state: SampleState | undefined): RetainedSample[] {
  return (state?.samples ?? []).map(([at, meal, dish, removedAt]) => ({ at, meal, dish, removedAt }));
}
