/** What many runs come to. */
import type { FaultKind } from "./fault-plan.ts";
import type { Verdict } from "./swarm-run.ts";

export class Tally {
  seeds = 0;
  readonly faults: Partial<Record<FaultKind, number>> = {};
  readonly sums = { crashes: 0, starts: 0, takeOvers: 0, refusals: 0, events: 0, alerts: 0, notices: 0 };

  add({ counts, events, alerts, notices }: Verdict): void {
    this.seeds++;
    for (const [kind, count] of Object.entries(counts.faults) as [FaultKind, number][])
      this.faults[kind] = (this.faults[kind] ?? 0) + count;
    const { crashes, starts, takeOvers, refusals } = counts;
    const more = { crashes, starts, takeOvers, refusals, events, alerts, notices };
    for (const name of Object.keys(more) as (keyof typeof more)[]) this.sums[name] += more[name];
  }

  /** `kind count, kind count, …`, the most frequent first. */
  get faultWords(): string {
    const sorted = Object.entries(this.faults).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return sorted.map(([kind, count]) => `${kind} ${count}`).join(", ");
  }
}
