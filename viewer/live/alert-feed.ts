/** Keeps an `AlertBook` true: the list of open alerts once, then the stream, which the browser resumes by itself. */
import type { AlertBook } from "./alert-book.ts";
import { getFiringAlerts } from "./api.ts";
import type { Alert, AlertEvent } from "./wire-types.ts";

const EVENTS = ["raised", "level-changed", "resolved", "suppressed"].map((what) => `warmcity.alert.${what}`);
/** More than any screen shows; the totals tell the whole. */
const PAGES_MAX = 60;

export class AlertFeed {
  readonly #book: AlertBook;
  readonly #changed: (fresh: readonly Alert[]) => void;
  #source: EventSource | null = null;
  #waiting: Alert[] | null = [];

  /** `changed` is told after each change, with the alerts that are new. */
  constructor(book: AlertBook, changed: (fresh: readonly Alert[]) => void) {
    this.#book = book;
    this.#changed = changed;
  }

  /** The stream is opened before the list is read, so that nothing falls between; resolves when both are in. */
  async start(): Promise<void> {
    const source = new EventSource("/v1/alerts/stream");
    this.#source = source;
    for (const type of EVENTS) {
      source.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event: AlertEvent = JSON.parse(data);
        if (this.#waiting !== null) this.#waiting.push(event.data);
        else this.#changed(this.#book.put(event.data) ? [event.data] : []);
      });
    }
    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page++) {
      const { items, next } = await getFiringAlerts(cursor);
      for (const alert of items) {
        seen.add(alert.alert);
        this.#book.put(alert);
      }
      this.#changed([]);
      cursor = next;
      if (cursor === null) break;
    }
    if (cursor === null) this.#book.keepOnly(seen);
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const alert of waiting) this.#book.put(alert);
    this.#changed([]);
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
  }
}
