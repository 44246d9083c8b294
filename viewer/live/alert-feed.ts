/** Keeps an `AlertBook` true: the list of open alerts once, then the stream, which goes on where it broke off. */
import type { AlertBook } from "./alert-book.ts";
import { getFiringAlerts, SIGNED_OUT } from "./api.ts";
import { ResumingEvents, type StreamStatus } from "./resuming-events.ts";
import type { Alert, AlertEvent, CaseChange } from "./wire-types.ts";

const ALERT = "warmcity.alert.";
const CASE = "warmcity.case.changed";
/** More than any screen shows; the totals tell the whole. */
const PAGES_MAX = 60;

export interface AlertFeedListener {
  /** Told after each change, with the alerts that are new. */
  readonly changed: (fresh: readonly Alert[]) => void;
  readonly status?: (status: StreamStatus) => void;
  /** Hears every alert of the stream as it now stands, closed ones too. */
  readonly alert?: (alert: Alert) => void;
  /** Hears every step of a case; without it the stream brings none. */
  readonly step?: (step: CaseChange) => void;
}

export class AlertFeed {
  readonly #book: AlertBook;
  readonly #listener: AlertFeedListener;
  #events: ResumingEvents | null = null;
  #waiting: Alert[] | null = [];

  constructor(book: AlertBook, listener: AlertFeedListener) {
    this.#book = book;
    this.#listener = listener;
  }

  /** The stream is opened before the list is read, so that nothing falls between; resolves when both are in. */
  async start(): Promise<void> {
    const { step, status } = this.#listener;
    const events = new ResumingEvents(`/v1/alerts/stream${step === undefined ? "" : "?cases=true"}`, {
      event: ({ type, data }) => {
        if (type === CASE) step?.(stepIn(data));
        else if (type.startsWith(ALERT)) this.#take(JSON.parse(data));
      },
      status: (now) => status?.(now),
      refused: () => window.dispatchEvent(new Event(SIGNED_OUT)),
    });
    this.#events = events;
    await events.start();
    const seen = new Set<string>();
    let cursor: string | null = null;
    for (let page = 0; page < PAGES_MAX; page++) {
      const { items, next } = await getFiringAlerts(cursor);
      for (const alert of items) {
        seen.add(alert.alert);
        this.#book.put(alert);
      }
      this.#listener.changed([]);
      cursor = next;
      if (cursor === null) break;
    }
    if (cursor === null) this.#book.keepOnly(seen);
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const alert of waiting) this.#book.put(alert);
    this.#listener.changed([]);
  }

  stop(): void {
    this.#events?.stop();
    this.#events = null;
  }

  #take({ data }: AlertEvent): void {
    this.#listener.alert?.(data);
    if (this.#waiting !== null) this.#waiting.push(data);
    else this.#listener.changed(this.#book.put(data) ? [data] : []);
  }
}

function stepIn(json: string): CaseChange {
  const { subject = null, data } = JSON.parse(json);
  return { ...data, kitchen: subject };
}
