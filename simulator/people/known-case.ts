/** What people know of a case: what they heard of it, and no more. */
import type { Role } from "../../twin/case-file.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { CaseState } from "../../twin/events/output-events.ts";

export interface KnownCase {
  readonly id: string;
  /** Kitchen id; `null` = it belongs to no one kitchen. */
  readonly kitchen: string | null;
  readonly code: string;
  readonly assignee: Role;
  readonly reviewer: Role;
  level: Level;
  /** Rests on hits of a camera alone, and nobody confirmed it yet. */
  lead: boolean;
  /** `null` = nothing was heard yet but the alert. */
  state: CaseState | null;
  /** The state before; `null` = there was none. */
  from: string | null;
  /** Steps that were heard of. */
  steps: number;
  /** The unit said once that it is wrong. */
  isDisputed: boolean;
  /** Somebody means to look at the reminder. */
  isLookedAt: boolean;
}
