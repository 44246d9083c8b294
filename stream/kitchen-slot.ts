/**
 * One kitchen in the fold: what is settled up to the watermark, what waits, and - live - an early state that runs ahead
 * to the clock so that nobody waits ten minutes for an alert. When an older input comes, the early state is thrown away
 * and folded again from the settled one (Time Warp, Jefferson 1985); what the ordered fold settles wins, and an alert
 * given out early that it does not confirm is withdrawn (CONTRACT §8).
 */

import type { Kitchen } from "../twin/city/kitchen.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { formatTime } from "../twin/kernel/time.ts";
import type { KitchenFold } from "./kitchen-fold.ts";
import { copyKitchenState, initialKitchenState, type KitchenState } from "./kitchen-state.ts";
import { type Output, outputId } from "./output.ts";
import { insert, type Pending } from "./pending.ts";
import { savedNumber } from "./saved-number.ts";

interface Early {
  readonly state: KitchenState;
  /** Items of the queue folded into it. */
  used: number;
  /** The clock up to which its timers have fired. */
  to: number;
}

interface Sent {
  readonly output: Output;
  /** Time of the input or timer that made it: past the watermark it must have been confirmed. */
  readonly foldedAt: number;
}

export interface SavedSlot {
  readonly settled: Omit<KitchenState, "to"> & { readonly to: number | null };
  /** With what is shown provisionally. */
  readonly queue: readonly Pending[];
  readonly sent: readonly [string, Sent][];
  /** How far the early state had run; folded again at once, it need not be kept itself. */
  readonly early: Pick<Early, "used" | "to"> | null;
}

export class KitchenSlot {
  readonly #kitchen: number;
  readonly #fold: KitchenFold;
  #settled: KitchenState;
  #queue: Pending[] = [];
  #early: Early | null = null;
  /** Outputs given out early and not yet confirmed, by id. */
  #sent = new Map<string, Sent>();

  constructor(kitchen: number, definition: Kitchen, fold: KitchenFold) {
    this.#kitchen = kitchen;
    this.#fold = fold;
    this.#settled = initialKitchenState(definition);
  }

  begin(time: number, emit: (output: Output) => void): void {
    this.#fold.begin(this.#kitchen, this.#settled, time, emit);
  }

  /** The newest state known: the early one where there is one. */
  get state(): KitchenState {
    return this.#early?.state ?? this.#settled;
  }

  /** The state settled up to the watermark. */
  get settled(): KitchenState {
    return this.#settled;
  }

  /** Earliest event time at which `settle` has something to do; Infinity = nothing. */
  get nextSettled(): number {
    const timer = this.#settled.timers[0]?.due ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#queue[0]?.time ?? Number.POSITIVE_INFINITY, timer);
  }

  /** Earliest event time at which `runAhead` has something to do. */
  get nextEarly(): number {
    const { state, used } = this.#early ?? { state: this.#settled, used: 0 };
    const timer = state.timers[0]?.due ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#queue[used]?.time ?? Number.POSITIVE_INFINITY, timer);
  }

  insert(item: Pending): void {
    const at = insert(this.#queue, item);
    if (this.#early === null) return;
    const isNew = at >= this.#early.used && item.time > this.#early.state.to;
    if (!isNew) this.#early = null;
  }

  /** Takes back what was inserted provisionally under this name. */
  retract(name: string): void {
    const at = this.#queue.findIndex((item) => item.provisional === name);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    if (this.#early !== null && at < this.#early.used) this.#early = null;
  }

  /** Folds for good everything up to the watermark. */
  settle(watermark: number, emit: (output: Output) => void): void {
    const due = this.#queue.findIndex((item) => item.time > watermark);
    const count = due < 0 ? this.#queue.length : due;
    const head = this.#queue.slice(0, count);
    const firm = head.filter((item) => item.provisional === null);
    if (firm.length !== head.length) this.#early = null;
    this.#fold.advance(this.#kitchen, this.#settled, firm, 0, watermark, (output) => {
      if (!this.#sent.delete(output.id)) emit(output);
    });
    this.#queue.splice(0, count);
    if (this.#early !== null) this.#early.used = Math.max(0, this.#early.used - count);
    this.#withdraw(watermark, emit);
    this.#rest();
  }

  /** Nothing waits and nothing was given out early: the settled state speaks for itself. */
  #rest(): void {
    if (this.#early !== null && this.#queue.length === 0 && this.#sent.size === 0) this.#early = null;
  }

  #withdraw(watermark: number, emit: (output: Output) => void): void {
    for (const [id, { output, foldedAt }] of this.#sent) {
      if (foldedAt > watermark) continue;
      this.#sent.delete(id);
      if (output.type === "warmcity.alert.raised") emit(withdrawalOf(output.data, output.subject, watermark));
    }
  }

  /** Live: folds ahead up to the clock and gives out what has not been given out yet. */
  runAhead(clock: number, emit: (output: Output) => void): void {
    if (this.nextEarly > clock) return;
    this.#early ??= { state: copyKitchenState(this.#settled), used: 0, to: clock };
    const early = this.#early;
    early.to = clock;
    early.used = this.#fold.advance(this.#kitchen, early.state, this.#queue, early.used, clock, (output) => {
      if (this.#sent.has(output.id)) return;
      this.#sent.set(output.id, { output, foldedAt: early.state.to });
      emit(output);
    });
  }

  save(): SavedSlot {
    return {
      settled: { ...this.#settled, to: savedNumber(this.#settled.to) },
      queue: this.#queue,
      sent: [...this.#sent],
      early: this.#early === null ? null : { used: this.#early.used, to: this.#early.to },
    };
  }

  /** What the early state gave out before is either in `sent` or settled, so folding it again tells nothing new. */
  restore({ settled, queue, sent, early }: SavedSlot): void {
    this.#settled = { ...settled, to: settled.to ?? Number.NEGATIVE_INFINITY };
    this.#queue = [...queue];
    this.#sent = new Map(sent);
    this.#early = null;
    if (early === null) return;
    const state = copyKitchenState(this.#settled);
    const head = this.#queue.slice(0, early.used);
    this.#fold.advance(this.#kitchen, state, head, 0, early.to, () => undefined);
    this.#early = { state, ...early };
  }
}

function withdrawalOf(alert: Alert, subject: string | null, at: number): Output {
  const resolved: Alert = { ...alert, state: "resolved", resolvedAt: formatTime(at), reason: "withdrawn" };
  return {
    type: "warmcity.alert.resolved",
    id: outputId("warmcity.alert.resolved", alert.alert, "withdrawn", at),
    time: at,
    subject,
    data: resolved,
  };
}
