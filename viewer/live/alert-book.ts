/** The open alerts of the city, in the order a regulator wants them: highest level first, then the newest. */
import type { Alert, Level } from "./wire-types.ts";

const RANK: Readonly<Record<Level, number>> = { L1: 0, L2: 1, L3: 2, L4: 3 };
const GONE = new Set(["resolved", "suppressed"]);

export class AlertBook {
  readonly #open = new Map<string, Alert>();
  #sorted: Alert[] | null = [];
  /** Grows with every change. */
  version = 0;

  get size(): number {
    return this.#open.size;
  }

  /** An open alert by its id. */
  get(alert: string): Alert | undefined {
    return this.#open.get(alert);
  }

  /** Takes an alert over as it now stands; says whether it is one that was not open before. */
  put(alert: Alert): boolean {
    const before = this.#open.get(alert.alert);
    if (GONE.has(alert.state)) {
      if (this.#open.delete(alert.alert)) this.#change();
      return false;
    }
    if (before !== undefined && before.levelAt > alert.levelAt) return false;
    this.#open.set(alert.alert, alert);
    this.#change();
    return before === undefined;
  }

  /** Forgets what a fresh list of all open alerts does not hold any more. */
  keepOnly(alerts: ReadonlySet<string>): void {
    for (const id of this.#open.keys())
      if (!alerts.has(id)) {
        this.#open.delete(id);
        this.#change();
      }
  }

  #change(): void {
    this.#sorted = null;
    this.version++;
  }

  counts(): Record<Level, number> {
    const counts = { L1: 0, L2: 0, L3: 0, L4: 0 };
    for (const { level } of this.#open.values()) counts[level]++;
    return counts;
  }

  /** All open alerts, worst and newest first. */
  list(): readonly Alert[] {
    this.#sorted ??= [...this.#open.values()].sort(
      (a, b) =>
        RANK[a.level] - RANK[b.level] || newestFirst(a.levelAt, b.levelAt) || (a.alert < b.alert ? -1 : 1),
    );
    return this.#sorted;
  }
}

/** Times come in one form (+08:00, ms), so they compare as texts. */
function newestFirst(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}
