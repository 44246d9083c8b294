/** Spans of event time in which a device's limit was held, as far as they were found: so that none is found twice. */

/** Remembered of one device, the newest. */
const KEPT = 16;

interface Phase {
  readonly from: number;
  /** When it had cleared, ms since epoch; `null` = it lasts. */
  readonly to: number | null;
}

export class KnownPhases {
  readonly #of = new Map<number, readonly Phase[]>();

  /** The limit is held since `from`; nothing new while a phase of the device lasts. */
  begin(device: number, from: number): void {
    const known = this.#of.get(device) ?? [];
    if (known.some(({ to }) => to === null)) return;
    this.#keep(device, [...known, { from, to: null }]);
  }

  /** The phase that lasts is over. */
  end(device: number, to: number): void {
    const known = this.#of.get(device);
    if (known === undefined) return;
    this.#keep(
      device,
      known.map((phase) => (phase.to === null ? { from: phase.from, to } : phase)),
    );
  }

  /** Adds a phase from `from` to `to` (`null` = it lasts); `false` if it touches a known one, from `reach` on. */
  add(device: number, reach: number, from: number, to: number | null): boolean {
    const known = this.#of.get(device) ?? [];
    const touches = known.some((phase) => (to === null || phase.from <= to) && (phase.to ?? from) >= reach);
    if (touches) return false;
    this.#keep(device, [...known, { from, to }]);
    return true;
  }

  #keep(device: number, phases: readonly Phase[]): void {
    this.#of.set(device, [...phases].sort((a, b) => a.from - b.from).slice(-KEPT));
  }

  save(): (readonly [device: number, phases: readonly Phase[]])[] {
    return [...this.#of];
  }

  restore(saved: ReturnType<KnownPhases["save"]>): void {
    for (const [device, phases] of saved) this.#of.set(device, phases);
  }
}
