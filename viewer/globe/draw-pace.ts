/**
 * Draws for changes of the city no more often than the machine can bear: after each frame it rests at least as long as the
 * frame took. With a graphics card that is at once; without one the page stays usable. Camera moves do not come here.
 */
const SHORTEST_MS = 80;
const LONGEST_MS = 3_000;

export class DrawPace {
  readonly #draw: () => void;
  #restUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawing = false;
  #wanted = false;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Asks for a frame; several wishes before it become one. */
  want(): void {
    this.#wanted = true;
    if (this.#drawing || this.#timer !== undefined) return;
    const wait = this.#restUntil - performance.now();
    if (wait <= 0) this.#go();
    else this.#timer = setTimeout(() => this.#go(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#drawing = true;
  }

  #go(): void {
    this.#timer = undefined;
    this.#wanted = false;
    this.#drawing = true;
    const begun = performance.now();
    this.#draw();
    // The frame is drawn at the first callback; the second comes when the screen has taken it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const took = performance.now() - begun;
        this.#restUntil =
          performance.now() + Math.min(LONGEST_MS, Math.max(SHORTEST_MS, took > 100 ? took : 0));
        this.#drawing = false;
        if (this.#wanted) this.want();
      }),
    );
  }
}
