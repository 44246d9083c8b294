/**
 * What one kitchen gave out ahead of the watermark and the ordered fold has not confirmed yet. A change stays the same
 * change though a late input moves its time and so its id: what is said of the same alert, case or region again is a
 * repeat, unless the fold says it more often than before. So nothing rings twice.
 */
import { isGraver } from "../twin/alerts/level.ts";
import type { Level } from "../twin/events/fields.ts";
import { type Output, type OutputOf, outputId } from "./output.ts";

interface Given {
  readonly output: Output;
  /** Time of the input or timer that made it: past the watermark it must have been confirmed. */
  readonly foldedAt: number;
}

export interface SavedEarlyOutputs {
  readonly given: readonly (readonly [word: string, given: readonly Given[]])[];
  readonly levels: readonly (readonly [alert: string, level: Level])[];
  readonly takenBack: readonly (readonly [notification: string, times: number])[];
}

export class EarlyOutputs {
  /** Word -> what was given out and is not confirmed, in order. */
  readonly #given: Map<string, Given[]>;
  /** Word -> how often the early state has said it since it left the settled one. */
  readonly #said = new Map<string, number>();
  /** Open alert -> the gravest level that went out early: L1 may ring before the ordered fold has come by way of L3. */
  readonly #levels: Map<string, Level>;
  /** Notification -> how often it went out for nothing: the next one in earnest needs a name that nobody knows yet. */
  readonly #takenBack: Map<string, number>;

  constructor(saved: SavedEarlyOutputs = { given: [], levels: [], takenBack: [] }) {
    this.#given = new Map(saved.given.map(([word, given]) => [word, [...given]]));
    this.#levels = new Map(saved.levels);
    this.#takenBack = new Map(saved.takenBack);
  }

  get isEmpty(): boolean {
    return this.#given.size === 0;
  }

  /** The early state is folded anew, from the settled one. */
  begin(): void {
    this.#said.clear();
  }

  /** The early state says this; returns whether it has to go out. */
  say(output: Output, foldedAt: number): boolean {
    const word = wordOf(output);
    const nth = this.#said.get(word) ?? 0;
    this.#said.set(word, nth + 1);
    const given = this.#given.get(word) ?? [];
    const isNew = nth >= given.length;
    given[nth] = { output, foldedAt };
    this.#given.set(word, given);
    if (!isNew || this.#isBelowWhatWasTold(output)) return false;
    if (output.type === "warmcity.alert.raised" || output.type === "warmcity.alert.level-changed")
      this.#levels.set(output.data.alert, output.data.level);
    else if (output.type === "warmcity.alert.resolved") this.#levels.delete(output.data.alert);
    return true;
  }

  #isBelowWhatWasTold({ type, data }: Output): boolean {
    if (type !== "warmcity.alert.level-changed") return false;
    const told = this.#levels.get(data.alert);
    return told !== undefined && !isGraver(data.level, told);
  }

  /** The early state is folded again after a restart, and says what it said when it went out: that stands as it was given. */
  sayAgain(output: Output): void {
    const word = wordOf(output);
    this.#said.set(word, (this.#said.get(word) ?? 0) + 1);
  }

  /** The ordered fold says this; returns whether it had gone out already. */
  confirm(output: Output): boolean {
    const word = wordOf(output);
    const given = this.#given.get(word);
    if (output.type === "warmcity.alert.resolved") this.#levels.delete(output.data.alert);
    if (given === undefined) return this.#isBelowWhatWasTold(output);
    given.shift();
    if (given.length === 0) this.#given.delete(word);
    this.#said.set(word, Math.max(0, (this.#said.get(word) ?? 0) - 1));
    return true;
  }

  /** When the first of them was folded: once the watermark has passed that, it is not so, or comes later. */
  get earliest(): number {
    let earliest = Number.POSITIVE_INFINITY;
    if (this.isEmpty) return earliest;
    for (const given of this.#given.values())
      for (const { foldedAt } of given) if (foldedAt < earliest) earliest = foldedAt;
    return earliest;
  }

  /** Takes away what the watermark has passed and the ordered fold did not confirm. */
  takeUnconfirmed(watermark: number): Output[] {
    const unconfirmed: Output[] = [];
    for (const [word, given] of this.#given) {
      const kept = given.filter(({ foldedAt }) => foldedAt > watermark);
      if (kept.length === given.length) continue;
      for (const { output, foldedAt } of given) {
        if (foldedAt > watermark) continue;
        unconfirmed.push(output);
        this.#takeBack(output);
      }
      if (kept.length === 0) this.#given.delete(word);
      else this.#given.set(word, kept);
    }
    return unconfirmed;
  }

  #takeBack(output: Output): void {
    if (output.type !== "warmcity.notification.requested") return;
    const { notification } = output.data;
    this.#takenBack.set(notification, (this.#takenBack.get(notification) ?? 0) + 1);
  }

  /** The output as it goes out: a notification that went out for nothing before has a new name, or nobody would ring. */
  named(output: Output): Output {
    if (output.type !== "warmcity.notification.requested") return output;
    const times = this.#takenBack.get(output.data.notification);
    if (times === undefined) return output;
    const notification = `${output.data.notification}-${times + 1}`;
    const data = { ...output.data, notification };
    return { ...output, id: outputId(output.type, notification), data };
  }

  /** The last change of the case that went out and waits to be confirmed; `null` = none. */
  lastOf(id: string): OutputOf<"warmcity.case.changed"> | null {
    let last: { readonly output: OutputOf<"warmcity.case.changed">; readonly foldedAt: number } | null = null;
    for (const given of this.#given.values()) {
      for (const { output, foldedAt } of given) {
        if (output.type !== "warmcity.case.changed" || output.data.case !== id) continue;
        if (last === null || foldedAt >= last.foldedAt) last = { output, foldedAt };
      }
    }
    return last?.output ?? null;
  }

  /** The case never was: takes away whatever else went out of it, and returns its last change; `null` = nothing more. */
  takeCase(id: string): OutputOf<"warmcity.case.changed"> | null {
    const last = this.lastOf(id);
    for (const [word, given] of this.#given) {
      const kept = given.filter(
        ({ output }) => !("case" in output.data) || output.data.case !== id || "raisedAt" in output.data,
      );
      for (const one of given) if (!kept.includes(one)) this.#takeBack(one.output);
      if (kept.length === 0) this.#given.delete(word);
      else this.#given.set(word, kept);
    }
    return last;
  }

  /**
   * Alerts that were told at a graver level than is settled, and of which nothing waits to be confirmed any more; from
   * here on they count as told at the settled one. `levelOf`: `null` = not firing.
   */
  takeTooGrave(levelOf: (alert: string) => Level | null): string[] {
    const waiting = new Set<string>();
    for (const given of this.#given.values())
      for (const { output } of given) if ("raisedAt" in output.data) waiting.add(output.data.alert);
    const tooGrave: string[] = [];
    for (const [alert, told] of this.#levels) {
      const level = waiting.has(alert) ? null : levelOf(alert);
      if (level === null || !isGraver(told, level)) continue;
      this.#levels.set(alert, level);
      tooGrave.push(alert);
    }
    return tooGrave;
  }

  save(): SavedEarlyOutputs {
    return { given: [...this.#given], levels: [...this.#levels], takenBack: [...this.#takenBack] };
  }
}

/** What an output says, but for when. */
function wordOf({ type, id, data }: Output): string {
  switch (type) {
    case "warmcity.alert.raised":
    case "warmcity.alert.resolved":
    case "warmcity.alert.suppressed":
      return `${type} ${data.alert}`;
    case "warmcity.alert.level-changed":
      return `${type} ${data.alert} ${data.level}`;
    case "warmcity.case.changed":
      return `${type} ${data.case} ${data.from} ${data.to}`;
    case "warmcity.notification.requested":
      return `${type} ${data.notification}`;
    case "warmcity.kitchen.changed":
      return `${type} ${data.region} ${data.from} ${data.to}`;
    default:
      return `${type} ${id}`;
  }
}
