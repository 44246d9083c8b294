/** 环境设施管理: when each device was last repaired, calibrated or replaced, and when pests, oil and dirt were last dealt with. */
import { defineDuty } from "./duty.ts";

export const CARE_KINDS = ["pest-control", "oil-change", "cleaning"] as const;
export type CareKind = (typeof CARE_KINDS)[number];
export type MaintenanceKind = "repair" | "calibration" | "replacement";

export interface EquipmentState {
  /** Device ordinal -> kind of work -> when it was last done, ms since epoch. */
  maintained: Record<string, Partial<Record<MaintenanceKind, number>>>;
  care: Partial<Record<CareKind, number>>;
}

export const equipment = defineDuty<EquipmentState>({
  name: "equipment",
  version: 1,
  events: ["warmcity.device.maintained", "warmcity.record.filed"],
  initial: () => ({ maintained: {}, care: {} }),
  fold(state, event) {
    if (event.type === "warmcity.device.maintained") {
      if (event.device < 0) return;
      const known = state.maintained[event.device] ?? {};
      const { kind } = event.data;
      state.maintained[event.device] = { ...known, [kind]: Math.max(known[kind] ?? 0, event.time) };
      return;
    }
    if (event.type !== "warmcity.record.filed") return;
    const kind = CARE_KINDS.find((one) => one === event.data.kind);
    if (kind !== undefined) state.care[kind] = Math.max(state.care[kind] ?? 0, event.time);
  },
});
