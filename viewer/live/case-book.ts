/** The cases of the alerts in sight: read when first wanted, and again when they have grown old. What was read is kept. */
import type { CaseView } from "./wire-types.ts";

const FRESH_MS = 20_000;

export class CaseBook {
  readonly #read: (id: string) => Promise<CaseView>;
  readonly #changed: () => void;
  readonly #known = new Map<string, { readonly brief: CaseView | null; readonly at: number }>();
  #wanted: readonly string[] = [];
  #isReading = false;

  /** `changed` is told whenever a case is known better than before. */
  constructor(read: (id: string) => Promise<CaseView>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** `undefined` = not read yet, or not to be had. */
  of(id: string): CaseView | undefined {
    return this.#known.get(id)?.brief ?? undefined;
  }

  /** What somebody has just done with a case. */
  put(view: CaseView): void {
    this.#known.set(view.case, { brief: view, at: performance.now() });
    this.#changed();
  }

  /** Reads what is not known or old, one after the other; what was wanted before and is not any more is let go. */
  want(ids: readonly string[]): void {
    this.#wanted = ids;
    if (!this.#isReading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    for (let id = this.#next(); id !== undefined; id = this.#next()) {
      const brief = await this.#read(id).catch((error: unknown) => {
        console.warn(`case ${id} could not be read`, error);
        return null;
      });
      const before = this.#known.get(id)?.brief ?? null;
      this.#known.set(id, { brief: brief ?? before, at: performance.now() });
      if (brief !== null && brief.state !== before?.state) this.#changed();
    }
    this.#isReading = false;
  }

  #next(): string | undefined {
    const now = performance.now();
    return this.#wanted.find((id) => {
      const known = this.#known.get(id);
      return known === undefined || now - known.at > FRESH_MS;
    });
  }
}
