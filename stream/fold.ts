import type { CityEvent } from "../twin/events/event.ts";
import { SECOND_MS } from "../twin/kernel/time.ts";
import type { PolicyBook } from "../twin/policy/policy-book.ts";
import { spanOf } from "./columns-span.ts";
import { Absence } from "./detectors/absence.ts";
import { Crossings } from "./detectors/crossings.ts";
import type { Finding } from "./detectors/finding.ts";
import { LimitBank } from "./detectors/limit-bank.ts";
import { SeriesWatch } from "./detectors/series-watch.ts";
import { DutyStage } from "./duties/duty-stage.ts";
import { type FoldCounts, noCounts } from "./fold-counts.ts";
import type { FoldOptions } from "./fold-options.ts";
import { InputPlaces } from "./input-places.ts";
import { KitchenFold } from "./kitchen-fold.ts";
import { KitchenSlots } from "./kitchen-slots.ts";
import type { KitchenState } from "./kitchen-state.ts";
import { LateSamples } from "./late-samples.ts";
import { DeviceOrder } from "./order/device-order.ts";
import type { ColumnsMessage, OrderCounts } from "./order/device-sink.ts";
import { DeviceTable } from "./order/device-table.ts";
import { IdentityDays } from "./order/identity-days.ts";
import { LATENESS_MS, ReceiptClock } from "./order/receipt-clock.ts";
import type { Sample } from "./order/sample.ts";
import { sampleOfEvent } from "./order/sample-of-event.ts";
import type { Output } from "./output.ts";
import { pendingAhead } from "./pending-of.ts";
import { PolicyInForce } from "./policy-in-force.ts";
import { Quarantine } from "./quarantine.ts";
import { RatingStage } from "./rating/rating-stage.ts";
import { RuleSet } from "./rules/rule-set.ts";
import { SampleReader } from "./sample-reader.ts";
import type { SavedFold } from "./saved-fold.ts";
import { savedNumber } from "./saved-number.ts";
import { AREA_REPORT_WAITS_MS } from "./second-stage/area-reports.ts";
import { CityStage } from "./second-stage/city-stage.ts";

/** The watermark settles in steps of this much: cheaper, and the same results. */
const SETTLE_STEP_MS = 10 * SECOND_MS;

export class CityFold {
  readonly #early: boolean;
  #ahead: boolean;
  readonly #rules: RuleSet;
  readonly #policies: PolicyInForce;
  readonly #clock = new ReceiptClock();
  readonly #order: DeviceOrder;
  readonly #limits: LimitBank;
  readonly #late: LateSamples;
  readonly #crossings: Crossings;
  readonly #series: SeriesWatch | null;
  readonly #quarantine: Quarantine;
  readonly #absence: Absence;
  readonly #reader: SampleReader;
  readonly #stage: CityStage;
  readonly rating: RatingStage;
  readonly duties = new DutyStage();
  readonly #slots: KitchenSlots;
  readonly #places: InputPlaces;
  #identities = new IdentityDays();
  #counts = noCounts();
  #outputs: Output[] = [];
  /** Event time of the earliest input, until time has begun. */
  #earliest = Number.POSITIVE_INFINITY;
  #begun = false;
  #isEnded = false;
  /** The clock up to which due timers were shown. */
  #shownTo = Number.NEGATIVE_INFINITY;
  /** Everything up to here is settled. */
  #settledTo = Number.NEGATIVE_INFINITY;
  readonly #emit = (output: Output): void => {
    this.#stage.note(output);
    this.#outputs.push(output);
  };

  constructor(options: FoldOptions) {
    const { city } = options;
    this.#early = options.early;
    this.#ahead = options.early;
    this.#rules = new RuleSet(options.rules);
    const tickAfter = (time: number) => this.#clock.tickAfter(time);
    const clock = () => this.#clock.now;
    const settledTo = () => this.#settledTo;
    const policies = new PolicyInForce(options.policies, [...options.rules, ...options.cityRules]);
    this.#policies = policies;
    const ground = { city, policies, tickAfter, clock, settledTo };
    const fold = new KitchenFold({ ...ground, rules: this.#rules });
    this.#slots = new KitchenSlots(city, fold, this.#emit, (before, suspects) =>
      this.#quarantine.follow(before, suspects),
    );
    this.rating = new RatingStage(city, (kitchen, finding) => this.#places.tell(kitchen, finding, false));
    this.#stage = new CityStage({
      ...ground,
      rules: options.cityRules,
      tell: (kitchen, finding, isLate) => this.#places.tell(kitchen, finding, isLate),
    });
    this.#places = new InputPlaces({
      ...ground,
      rules: this.#rules,
      slots: this.#slots,
      stage: this.#stage,
      rating: this.rating,
      duties: this.duties,
    });
    const found = (device: number, finding: Finding) => this.#places.found(device, finding);
    const table = new DeviceTable(city);
    const limits = [...policies.limits, ...(options.limits ?? [])];
    this.#limits = new LimitBank(table, limits, (device, finding) => {
      this.#late.note(finding);
      found(device, finding);
    });
    this.#late = new LateSamples(city, limits, {
      bank: this.#limits,
      nextSeen: (device, boot, sequence) => this.#order.nextSeen(device, boot, sequence),
      newestAt: (device) => this.#reader.valueOf(device).at,
      found,
    });
    this.#crossings = new Crossings(table, policies.borders, found);
    this.#series = this.#rules.readsFinding("flat") ? new SeriesWatch(table, found, policies.series) : null;
    this.#quarantine = new Quarantine(table, (device) => this.#limits.doubt(device));
    this.#absence = new Absence(table, {
      emit: found,
      provisional: (device, finding) => this.#places.showSilence(device, finding),
      retract: (device, isBack) => this.#places.takeBackSilence(device, isBack),
      waiting: (device) => this.#order.waitingOf(device),
    });
    this.#reader = new SampleReader(table, {
      limits: this.#limits,
      crossings: this.#crossings,
      series: this.#series,
      quarantine: this.#quarantine,
      quarantined: (sample) => this.#countQuarantined(sample),
      absence: this.#absence,
      found,
      event: (event, sample) => this.#places.event(event, sample.receivedAt, sample.late),
      provisional: (device, finding) => this.#places.provisional(device, finding, `express/${device}`),
      ahead: (event, { receivedAt }) => this.#slots.insert(event.kitchen, pendingAhead(event, receivedAt)),
      waiting: (device) => this.#order.waitingOf(device),
      late: (sample) => this.#late.take(sample, this.#clock.now),
    });
    this.#order = new DeviceOrder(table, this.#reader, { eager: options.early, skew: policies.skew });
  }

  /** What is late already is counted there. */
  #countQuarantined({ late }: Sample): void {
    if (!late) this.#counts.quarantined++;
  }

  /** Event time of the fold's clock, ms since epoch; -Infinity before the first record. */
  get now(): number {
    return this.#clock.now;
  }

  /** Event time at which the log begins; Infinity before its first record. */
  get begunAt(): number {
    return this.#earliest;
  }

  get watermark(): number {
    return this.#clock.watermark;
  }

  /** Values that came too late, and too many, to be judged: they are in the history alone. */
  get droppedLate(): number {
    return this.#late.dropped;
  }

  get counts(): Readonly<FoldCounts> {
    return this.#counts;
  }

  /**
   * Repeats that left no record of their own, as a recovery reads them from the log: all that they changed is the count,
   * and the clock, which goes by every receipt.
   */
  repeats(duplicates: number, receivedAt: number | null): void {
    this.#counts.duplicates += duplicates;
    if (receivedAt !== null) this.#receive(receivedAt);
  }

  get stage(): CityStage {
    return this.#stage;
  }

  get policies(): PolicyBook {
    return this.#policies.book;
  }

  /** The newest known state of a kitchen. */
  kitchen(index: number): KitchenState {
    return this.#slots.of(index).state;
  }

  /** A number that changes whenever the newest known state of a kitchen may have. */
  foldsOf(kitchen: number): number {
    return this.#slots.foldsOf(kitchen);
  }

  /** The state of a kitchen settled up to the watermark. */
  settled(index: number): KitchenState {
    return this.#slots.of(index).settled;
  }

  /** Newest value and connection of every device, for read models. */
  get devices(): SampleReader {
    return this.#reader;
  }

  /**
   * Folds an event; false = a repeat, which changed nothing. `lateBefore`: what is older was late already where it
   * arrived, though this clock has not got there yet (replay).
   */
  event(event: CityEvent, lateBefore = Number.NEGATIVE_INFINITY): boolean {
    this.#advanceClock(event.receivedAt, event.time);
    const late = event.time < Math.max(lateBefore, this.#clock.watermark);
    if (!this.#isNew(event, late)) {
      this.#counts.duplicates++;
      return false;
    }
    this.#counts.accepted++;
    if (late) this.#counts.late++;
    this.#earliest = Math.min(this.#earliest, event.time);
    this.#turn();
    return true;
  }

  #isNew(event: CityEvent, late: boolean): boolean {
    const sample = event.device < 0 ? null : sampleOfEvent(event, late);
    if (sample !== null && sample.sequence >= 0) return this.#order.message(sample);
    if (!this.#identities.admit(event.source, event.id, event.time, this.#clock.now)) return false;
    if (sample !== null) return this.#order.message(sample);
    this.#places.event(event, event.receivedAt, late);
    return true;
  }

  /** Folds a columns message; one that holds nothing but repeats changes nothing but the clock and the counts. */
  columns(message: ColumnsMessage, lateBefore = Number.NEGATIVE_INFINITY): OrderCounts {
    // Once time has begun, and where the receipt is known, nobody asks for the span of the message.
    const span = this.#begun && message.receivedAt !== null ? null : spanOf(message.columns);
    this.#advanceClock(message.receivedAt, span?.newest ?? Number.NEGATIVE_INFINITY);
    const counts = this.#order.columns(message, Math.max(lateBefore, this.#clock.watermark));
    this.#counts.duplicates += counts.duplicates;
    if (counts.accepted === 0) return counts;
    this.#counts.accepted += counts.accepted;
    this.#counts.late += counts.late;
    this.#earliest = Math.min(this.#earliest, span?.oldest ?? Number.POSITIVE_INFINITY);
    this.#turn();
    return counts;
  }

  /**
   * The host says that it is `time`, and whether alerts go out ahead of the watermark from now on: while it catches up
   * with the past nobody waits for them, so it saves the work.
   */
  tick(time: number, ahead = this.#early): void {
    this.#ahead = ahead && this.#early;
    this.#receive(time);
    this.#earliest = Math.min(this.#earliest, time);
    this.#turn();
  }

  #advanceClock(receivedAt: number | null, time: number): void {
    if (receivedAt === null) this.#clock.assume(time);
    else this.#receive(receivedAt);
  }

  /** Live, a gap in the clock is our own fault; in a file it is the silence of those who speak there. */
  #receive(time: number): void {
    this.#clock.receive(time);
    if (this.#early) this.#absence.listenFrom(this.#clock.listeningSince);
  }

  /** Takes the outputs made since the last call, in order of time: after a gap the timers of all kitchens come at once. */
  take(): Output[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs.length < 2 ? outputs : outputs.sort((a, b) => a.time - b.time);
  }

  /** The end of a replay: all that waits is folded, and every timer due up to and including `end` fires. */
  finish(end: number): void {
    this.#begin();
    this.#clock.bound(this.#earliest, this.#clock.now);
    this.#isEnded = true;
    this.#settle(end, null);
  }

  #begin(): void {
    if (this.#begun || this.#earliest === Number.POSITIVE_INFINITY) return;
    this.#begun = true;
    this.#clock.bound(this.#earliest, Number.POSITIVE_INFINITY);
    this.#slots.begin(this.#earliest);
  }

  /** After each record: settle what the watermark has passed, and live, run ahead to the clock. */
  #turn(): void {
    const { now, watermark } = this.#clock;
    const ahead = this.#ahead ? now : null;
    if (this.#early) this.#begin();
    const isStep = watermark >= this.#settledTo + SETTLE_STEP_MS && watermark >= this.#earliest;
    if (isStep) {
      this.#begin();
      this.#settle(watermark, ahead);
    }
    // While it catches up nobody waits for what a single record brings.
    if (!this.#begun || (this.#early && !this.#ahead && !isStep)) return;
    if (this.#ahead) this.#absence.show(now);
    if (this.#early) this.#stage.advance(now, this.#emit);
    this.#slots.turn(this.#settledTo, ahead);
    if (this.#ahead && now >= this.#shownTo + SECOND_MS) {
      this.#shownTo = now;
      this.#slots.runAhead(now);
    }
    if (this.#early) this.#stage.tellAreas(now - AREA_REPORT_WAITS_MS, this.#emit);
  }

  /** Settles up to the watermark; what is rated once a day is rated from exactly what is settled at its moment. */
  #settle(watermark: number, ahead: number | null): void {
    const from = Math.max(this.#settledTo, this.#earliest);
    for (const moment of this.rating.momentsBetween(from, watermark)) {
      this.#settleTo(moment, ahead);
      this.rating.rate(moment, (kitchen) => this.settled(kitchen), this.#emit);
    }
    this.#settleTo(watermark, ahead);
  }

  #settleTo(watermark: number, ahead: number | null): void {
    this.#order.advance(watermark);
    this.#limits.advance(watermark);
    this.#series?.twins.advance(watermark);
    this.#late.advance(this.#isEnded ? Number.POSITIVE_INFINITY : this.#clock.now);
    // At the end of a replay nobody speaks any more.
    this.#absence.advance(watermark, this.#isEnded ? Number.POSITIVE_INFINITY : this.#clock.now);
    if (!this.#early) this.#stage.advance(watermark, this.#emit);
    this.#slots.settle(watermark, ahead);
    this.rating.advance(watermark, this.#emit);
    this.duties.advance(watermark);
    this.#settledTo = watermark;
    if (!this.#early)
      this.#stage.tellAreas(this.#isEnded ? watermark - 1 : watermark - LATENESS_MS, this.#emit);
  }

  save(): SavedFold {
    return {
      policies: this.policies.stampsUpTo(this.#clock.now),
      begun: this.#begun,
      ahead: this.#ahead,
      earliest: savedNumber(this.#earliest),
      shownTo: savedNumber(this.#shownTo),
      settledTo: savedNumber(this.#settledTo),
      clock: this.#clock.save(),
      counts: { ...this.#counts },
      identities: this.#identities.save(),
      order: this.#order.save(),
      limits: this.#limits.save(),
      late: this.#late.save(),
      crossings: this.#crossings.save(),
      series: this.#series?.save() ?? null,
      quarantine: this.#quarantine.save(),
      absence: this.#absence.save(),
      reader: this.#reader.save(),
      stage: this.#stage.save(),
      rating: this.rating.save(),
      duties: this.duties.save(),
      slots: this.#slots.save(),
    };
  }

  /**
   * Takes up what `save` gave (after a round through JSON): from there on the same records give the same outputs in the
   * same turns as if there had been no restart. Throws a RangeError if it is of another city, or of other policies.
   */
  restore(saved: SavedFold): void {
    const refusal = this.policies.refusal(saved.policies, saved.clock.now ?? Number.NEGATIVE_INFINITY);
    if (refusal !== null) throw new RangeError(refusal);
    this.#clock.restore(saved.clock);
    this.#slots.restore(saved.slots);
    this.#begun = saved.begun;
    this.#ahead = saved.ahead;
    this.#earliest = saved.earliest ?? Number.POSITIVE_INFINITY;
    this.#shownTo = saved.shownTo ?? Number.NEGATIVE_INFINITY;
    this.#settledTo = saved.settledTo ?? Number.NEGATIVE_INFINITY;
    this.#counts = { ...saved.counts };
    this.#identities = IdentityDays.restore(saved.identities);
    this.#order.restore(saved.order);
    this.#limits.restore(saved.limits);
    this.#late.restore(saved.late);
    this.#crossings.restore(saved.crossings);
    if (saved.series !== null) this.#series?.restore(saved.series);
    this.#quarantine.restore(saved.quarantine);
    this.#absence.restore(saved.absence);
    if (this.#early) this.#absence.listenFrom(this.#clock.listeningSince);
    this.#reader.restore(saved.reader);
    this.#stage.restore(saved.stage);
    this.rating.restore(saved.rating);
    this.duties.restore(saved.duties);
  }
}
