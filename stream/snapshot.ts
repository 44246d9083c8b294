/**
 * The folded state at a log position. A snapshot is a promise: it names its version, the registry it belongs to and the
 * rules under which it was folded; the policy packs are in the state.
 */

/** Rises whenever the form of the state changes; older snapshots are then skipped and the log is folded from its start. */
export const SNAPSHOT_VERSION = 11;

export interface Snapshot {
  readonly version: number;
  /** Names the registry whose ordinals the state counts in. */
  readonly registry: number;
  /** The rules in force (`ruleStamps`). */
  readonly rules: readonly string[];
  /** First log position that is not in the state. */
  readonly position: number;
  readonly state: unknown;
}
