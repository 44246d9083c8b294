/**
 * One command for many cases. A command on the log cannot be taken back, so it waits for some seconds first, in which it
 * can be; then the cases get it one after the other, and who refuses it is said.
 */
import type { CaseOrder, CaseView } from "./wire-types.ts";

export const UNDO_MS = 8_000;

export interface BulkState {
  readonly phase: "waiting" | "sending" | "done";
  readonly order: CaseOrder;
  readonly cases: readonly string[];
  /** `performance.now()` at which it goes out. */
  readonly sendsAt: number;
  readonly done: number;
  readonly refused: readonly { readonly case: string; readonly why: unknown }[];
}

export class BulkSend {
  readonly #send: (id: string, order: CaseOrder) => Promise<CaseView>;
  readonly #changed: (state: BulkState | null) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: BulkState | null = null;

  /** `changed` hears how it stands; `null` = there is nothing. */
  constructor(
    send: (id: string, order: CaseOrder) => Promise<CaseView>,
    changed: (state: BulkState | null) => void,
  ) {
    this.#send = send;
    this.#changed = changed;
  }

  /** Whether something waits or goes out: leaving now would lose it. */
  get isBusy(): boolean {
    return this.#state?.phase === "waiting" || this.#state?.phase === "sending";
  }

  /** `false` = another one is on its way, or there is nothing to send. */
  begin(cases: readonly string[], order: CaseOrder): boolean {
    if (this.isBusy || cases.length === 0) return false;
    const sendsAt = performance.now() + UNDO_MS;
    this.#tell({ phase: "waiting", order, cases, sendsAt, done: 0, refused: [] });
    this.#timer = setTimeout(() => void this.#sendAll(), UNDO_MS);
    return true;
  }

  /** Takes back what waits, or puts away the report of what was done. Nothing stops what is going out. */
  dismiss(): void {
    if (this.#state?.phase === "sending") return;
    clearTimeout(this.#timer);
    this.#tell(null);
  }

  async #sendAll(): Promise<void> {
    let state = this.#state;
    if (state === null) return;
    for (const id of state.cases) {
      state = { ...state, phase: "sending" };
      this.#tell(state);
      try {
        await this.#send(id, state.order);
        state = { ...state, done: state.done + 1 };
      } catch (why) {
        state = { ...state, refused: [...state.refused, { case: id, why }] };
      }
    }
    this.#tell({ ...state, phase: "done" });
  }

  #tell(state: BulkState | null): void {
    this.#state = state;
    this.#changed(state);
  }
}
