/**
 * Delivers the notifications that the twin asks for. It reads the log at its own pace: a request is first in the journal,
 * then it is sent, so that a crash loses none; a repeat carries the same id. What no channel carries stands in the
 * journal for the desk.
 */
import type { City } from "../../twin/city/city.ts";
import { parseTime, shanghaiDay } from "../../twin/kernel/time.ts";
import type { OutputOf } from "../output.ts";
import type { PlacedOutput } from "../server/city-port.ts";
import { type HostTimers, hostTimers } from "../server/host-timers.ts";
import type { Notice } from "./notice.ts";
import { DeliveryError, type NoticeChannel } from "./notice-channel.ts";
import type { NoticeJournal } from "./notice-journal.ts";
import type { NotifyPlan } from "./notify-plan.ts";

export interface NotifierLimits {
  /** Requests read from the log at a time. */
  readonly batch: number;
  /** Deliveries under way at once. */
  readonly atOnce: number;
  readonly tries: number;
  /** Wait before the second try, ms; it doubles with each. */
  readonly backOffMs: number;
  /** What was asked for longer ago when it is found is told nobody any more, ms of the city's time. */
  readonly oldMs: number;
  /** How often it looks for what has become due, ms. */
  readonly lookMs: number;
}

export const NOTIFIER_LIMITS: NotifierLimits = {
  batch: 256,
  atOnce: 16,
  tries: 6,
  backOffMs: 5_000,
  oldMs: 3_600_000,
  lookMs: 1_000,
};

/** Reading positions without a notification that may pass before the journal notes how far it is. */
const NOTE_EVERY = 10_000;

export interface NotifierParts {
  readonly city: City;
  readonly source: {
    outputsAfter(position: number, limit: number): Promise<readonly PlacedOutput[]>;
    onOutputs(listener: () => void): () => void;
  };
  readonly journal: NoticeJournal;
  readonly plan: NotifyPlan;
  readonly channels: ReadonlyMap<string, NoticeChannel>;
  /** The city's time, ms since epoch. */
  readonly now: () => number;
  /** Whether this process may still speak for the city; once it may not, nothing is told or noted any more. Default: it may. */
  readonly isOwn?: () => boolean;
  /** Hears what became of what was handed to a channel, for the log. */
  readonly receipt: (notice: Notice) => Promise<void>;
  readonly report: (error: unknown) => void;
  readonly limits?: Partial<NotifierLimits>;
  /** Default: the machine's. */
  readonly timers?: HostTimers;
}

export class Notifier {
  readonly #parts: NotifierParts;
  readonly #limits: NotifierLimits;
  readonly #underWay = new Map<string, Promise<void>>();
  /** What became of those told, until journal and log have taken it: whatever the disk says, they are not told again. */
  readonly #unnoted = new Map<string, Notice>();
  /** When a failed one is tried again, ms of the city's time. */
  readonly #retryAt = new Map<string, number>();
  readonly #sentOfDay = new Map<string, number>();
  #day = Number.NaN;
  #position = -1;
  #pumping: Promise<void> | null = null;
  #again = false;
  #endLooking: () => void = () => undefined;
  #stop: () => void = () => undefined;
  #ended = false;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
    this.#limits = { ...NOTIFIER_LIMITS, ...parts.limits };
  }

  /** Takes up what the journal left, then follows the log. */
  async start(): Promise<void> {
    await this.#parts.journal.open();
    this.#position = this.#parts.journal.position;
    for (const notice of this.#parts.journal.newestFirst().reverse())
      if (notice.state === "waiting" || notice.state === "sent")
        this.#isWithin(Number.POSITIVE_INFINITY, notice);
    this.#stop = this.#parts.source.onOutputs(() => this.#wake());
    const timers = this.#parts.timers ?? hostTimers;
    this.#endLooking = timers.every(this.#limits.lookMs, () => this.#wake());
    this.#wake();
  }

  /** Log position of the newest output whose notification, if it asks for one, is in the journal; -1 = none is. */
  get position(): number {
    return this.#position;
  }

  /** Resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#stop();
    this.#endLooking();
    await this.#pumping;
    await Promise.all(this.#underWay.values());
    await this.#noteOutcomes();
  }

  get #isOwn(): boolean {
    return this.#parts.isOwn?.() ?? true;
  }

  #wake(): void {
    this.#again = true;
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null;
    });
  }

  async #pump(): Promise<void> {
    try {
      while (this.#again && !this.#ended && this.#isOwn) {
        this.#again = false;
        await this.#noteOutcomes();
        while (await this.#takeBatch());
        this.#deliverDue();
      }
    } catch (error) {
      this.#parts.report(error);
    }
  }

  async #takeBatch(): Promise<boolean> {
    const { source, journal, now } = this.#parts;
    const outputs = await source.outputsAfter(this.#position, this.#limits.batch);
    const newest = outputs.at(-1);
    if (newest === undefined || this.#ended || !this.#isOwn) return false;
    const notices = outputs.flatMap((output) => this.#noticeIn(output));
    await journal.write(notices);
    if (notices.length === 0 && newest.position - journal.position > NOTE_EVERY)
      await journal.advance(newest.position, now());
    this.#position = newest.position;
    return true;
  }

  #noticeIn({ position, output }: PlacedOutput): Notice[] {
    if (output.type !== "warmcity.notification.requested") return [];
    if (this.#parts.journal.get(output.data.notification) !== undefined) return [];
    const notice = noticeOf(position, output, this.#parts.now());
    return [{ ...notice, ...this.#fate(notice) }];
  }

  /** What it comes to without being sent, or that it waits to be. */
  #fate(notice: Notice): Pick<Notice, "state" | "reason"> {
    const { plan, channels, now } = this.#parts;
    if (!channels.has(notice.channel)) return { state: "shown", reason: null };
    if (now() - notice.time > this.#limits.oldMs)
      return { state: "expired", reason: "asked for too long ago" };
    if (this.#addressOf(notice) === null)
      return { state: "no-address", reason: `no ${notice.channel} address of ${notice.to} is known` };
    const cap = plan.caps.get(notice.channel);
    if (cap !== undefined && notice.level !== "L1" && notice.kitchen !== null && !this.#isWithin(cap, notice))
      return { state: "capped", reason: `more than ${cap} by ${notice.channel} to this kitchen today` };
    return { state: "waiting", reason: null };
  }

  /** Counts it against the kitchen's day. */
  #isWithin(cap: number, { time, channel, kitchen }: Notice): boolean {
    const day = shanghaiDay(time);
    if (day !== this.#day) this.#sentOfDay.clear();
    this.#day = day;
    const key = `${channel} ${kitchen}`;
    const sent = this.#sentOfDay.get(key) ?? 0;
    if (sent >= cap) return false;
    this.#sentOfDay.set(key, sent + 1);
    return true;
  }

  #addressOf({ to, channel, kitchen }: Notice): string | null {
    const { city, plan } = this.#parts;
    if (plan.channels.get(channel)?.kind === "voice") return kitchen;
    const place = kitchen === null ? null : (city.kitchens[city.kitchenIndex(kitchen)] ?? null);
    return plan.addressOf(to, channel, place);
  }

  /** The gravest first: an L1 waits behind nothing. */
  #deliverDue(): void {
    const { journal, now } = this.#parts;
    const due = journal
      .waiting()
      .filter(({ notification, notBefore }) => {
        const from = Math.max(notBefore ?? 0, this.#retryAt.get(notification) ?? 0);
        const isOpen = !this.#underWay.has(notification) && !this.#unnoted.has(notification);
        return from <= now() && isOpen;
      })
      .sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : a.position - b.position));
    for (const notice of due) {
      if (this.#underWay.size >= this.#limits.atOnce) return;
      const delivery = this.#deliver(notice).finally(() => {
        this.#underWay.delete(notice.notification);
        this.#wake();
      });
      this.#underWay.set(notice.notification, delivery);
    }
  }

  async #deliver(notice: Notice): Promise<void> {
    const { channels, now } = this.#parts;
    if (!this.#isOwn) return;
    const tries = notice.tries + 1;
    let outcome: Notice;
    try {
      await channels.get(notice.channel)?.deliver(notice, this.#addressOf(notice) ?? "");
      outcome = { ...notice, state: "sent", at: now(), tries, reason: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isOver = (error instanceof DeliveryError && !error.mayPass) || tries >= this.#limits.tries;
      outcome = { ...notice, state: isOver ? "failed" : "waiting", at: now(), tries, reason };
      this.#retryAt.set(notice.notification, now() + this.#limits.backOffMs * 2 ** (tries - 1));
    }
    this.#unnoted.set(notice.notification, outcome);
  }

  /** First into the journal, then onto the log; what cannot be noted now is tried again at the next look. */
  async #noteOutcomes(): Promise<void> {
    const { journal, receipt, report } = this.#parts;
    const outcomes = [...this.#unnoted.values()];
    if (outcomes.length === 0 || !this.#isOwn) return;
    try {
      await journal.write(outcomes.filter((outcome) => journal.get(outcome.notification) !== outcome));
      await Promise.all(
        outcomes.map(async (outcome) => {
          if (outcome.state !== "waiting") {
            await receipt(outcome);
            this.#retryAt.delete(outcome.notification);
          }
          this.#unnoted.delete(outcome.notification);
        }),
      );
    } catch (error) {
      report(error);
    }
  }
}

function noticeOf(position: number, output: OutputOf<"warmcity.notification.requested">, at: number): Notice {
  const { notification, case: about, level, to, channel, ring, notBefore, text } = output.data;
  return {
    notification,
    position,
    time: output.time,
    kitchen: output.subject,
    case: about,
    level,
    to,
    channel,
    ring,
    notBefore: notBefore === null ? null : parseTime(notBefore),
    text,
    state: "waiting",
    at,
    tries: 0,
    reason: null,
  };
}
