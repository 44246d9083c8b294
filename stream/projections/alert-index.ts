/** Alerts by id and newest first, as a read model of the outputs; old resolved ones fall out, the log has them all. */
import type { Alert } from "../../twin/events/output-events.ts";
import type { Output } from "../output.ts";

/** Resolved alerts kept for lists. */
const RESOLVED_MAX = 20_000;

export interface IndexedAlert {
  readonly alert: Alert;
  /** Log position of its newest change. */
  readonly position: number;
}

export class AlertIndex {
  readonly #alerts = new Map<string, IndexedAlert>();
  /** Resolved ones in the order in which they ended. */
  #ended: string[] = [];

  /** `saved`: what `save` gave. */
  constructor(saved: readonly IndexedAlert[] = []) {
    for (const { alert, position } of saved) this.put(alert, position);
  }

  hear(output: Output, position: number): void {
    switch (output.type) {
      case "warmcity.alert.raised":
      case "warmcity.alert.level-changed":
      case "warmcity.alert.resolved":
      case "warmcity.alert.suppressed":
        this.put(output.data, position);
        return;
      default:
        return;
    }
  }

  put(alert: Alert, position: number): void {
    const before = this.#alerts.get(alert.alert)?.alert.state;
    this.#alerts.set(alert.alert, { alert, position });
    if (alert.state !== "resolved" || before === "resolved") return;
    this.#ended.push(alert.alert);
    if (this.#ended.length < 2 * RESOLVED_MAX) return;
    for (const id of this.#ended.slice(0, RESOLVED_MAX)) {
      if (this.#alerts.get(id)?.alert.state === "resolved") this.#alerts.delete(id);
    }
    this.#ended = this.#ended.slice(RESOLVED_MAX);
  }

  get(id: string): IndexedAlert | undefined {
    return this.#alerts.get(id);
  }

  /** Newest first: by the time raised, then by id. */
  newestFirst(): IndexedAlert[] {
    return [...this.#alerts.values()].sort((a, b) => {
      if (a.alert.raisedAt !== b.alert.raisedAt) return a.alert.raisedAt < b.alert.raisedAt ? 1 : -1;
      return a.alert.alert < b.alert.alert ? -1 : 1;
    });
  }

  /** Open and firing, per code and level, for the metrics. */
  firing(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { alert } of this.#alerts.values()) {
      if (alert.state !== "firing") continue;
      const key = `${alert.code} ${alert.level}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  /** Plain JSON for a snapshot, in the order of the newest changes. */
  save(): IndexedAlert[] {
    return [...this.#alerts.values()].sort((a, b) => a.position - b.position);
  }
}
