/**
 * The life of alerts and of their cases for one subject (a kitchen, or the city): rules say that a condition begins,
 * worsens, clears; the desk makes episodes, suppresses what is muted, opens and moves cases, and gives out the changes.
 */

import {
  alertId,
  alertOf,
  type Episode,
  type EpisodeReason,
  episodeKey,
  isOpen,
} from "../twin/alerts/episode.ts";
import { isGraver, oneUp, servesVulnerable } from "../twin/alerts/level.ts";
import {
  type Case,
  type CaseCommand,
  type CaseInput,
  type CaseStep,
  openCase,
  stepCase,
} from "../twin/case.ts";
import { untold } from "../twin/case-notices.ts";
import type { CasePolicy } from "../twin/case-policy.ts";
import type { Level } from "../twin/events/fields.ts";
import type { Cause } from "../twin/events/output-events.ts";
import { DAY_MS, SECOND_MS } from "../twin/kernel/time.ts";
import { awaitBacklog, holdRings, releaseRings } from "./belated-rings.ts";
import { caseOpening } from "./case-opening.ts";
import { caseChanged, notificationRequested } from "./case-outputs.ts";
import type { DeskRule, DeskScene, DeskState, Mute } from "./desk-scene.ts";
import { newEpisode } from "./new-episode.ts";
import { type AlertType, outputId } from "./output.ts";
import { mergeCauses } from "./rules/cause.ts";
import { type Condition, ruleName } from "./rules/rule.ts";
import { cancelTimer, setTimer } from "./timers.ts";

export type { DeskRule, DeskScene, DeskState, Mute };

const REOPEN_WITHIN_MS = 7 * DAY_MS;
const OVER: ReadonlySet<Case["state"]> = new Set(["closed", "false", "merged"]);
/** Found later than this after the trigger, an alert is `delayed` (CONTRACT §8); L1 has 5 s. */
const DELAYED_MS = 60 * SECOND_MS;
const DELAYED_L1_MS = 5 * SECOND_MS;

export class AlertDesk {
  readonly #state: DeskState;
  readonly #scene: DeskScene;

  constructor(state: DeskState, scene: DeskScene) {
    this.#state = state;
    this.#scene = scene;
  }

  openLevel(code: string, asset: string | null): Level | null {
    const episode = this.#state.episodes[this.#key(code, asset)];
    return isOpen(episode) ? episode.level : null;
  }

  caseOf(code: string, asset: string | null): Case | null {
    const episode = this.#state.episodes[this.#key(code, asset)];
    return episode === undefined ? null : (this.#state.cases[episode.case] ?? null);
  }

  /** Begins an episode or raises its level. `mute` = why it may not ring now. */
  raise(rule: DeskRule, condition: Condition, mute: Mute | null): void {
    const key = this.#key(rule.code, condition.asset);
    const level = rule.star === true && this.#isVulnerable ? oneUp(condition.level) : condition.level;
    const current = this.#state.episodes[key];
    if (isOpen(current)) {
      if (isGraver(level, current.level)) this.#worsen(rule, current, level, condition);
      else this.#stepCaseOf(current, { type: "seen-again" }, condition.at ?? this.#scene.now);
      return;
    }
    this.#begin(rule, key, level, condition, current, mute);
  }

  #begin(
    rule: DeskRule,
    key: string,
    level: Level,
    condition: Condition,
    before: Episode | undefined,
    mute: Mute | null,
  ): void {
    const at = condition.at ?? this.#scene.now;
    const number = (before?.number ?? 0) + 1;
    const caseSince = before !== undefined && this.#goesOn(rule, before, at) ? before.caseSince : number;
    const episode = newEpisode(
      rule,
      { key, number, caseSince, level, at, delayed: this.#isDelayed(level, at, condition) },
      condition,
      mute,
      this.#scene,
    );
    this.#put(episode);
    this.#tell(mute === null ? "warmcity.alert.raised" : "warmcity.alert.suppressed", episode, at);
    this.#openOrRecur(rule, episode, at);
  }

  /** A new episode belongs to the case of the one before: soon after it, or while that case is open (I1: one per key). */
  #goesOn(rule: DeskRule, before: Episode, at: number): boolean {
    const since = before.resolvedAt === null ? Number.POSITIVE_INFINITY : at - before.resolvedAt;
    const known = this.#state.cases[before.case];
    return (
      since <= (rule.reopenWithinMs ?? REOPEN_WITHIN_MS) || (known !== undefined && !OVER.has(known.state))
    );
  }

  #isDelayed(level: Level, at: number, condition: Condition): boolean {
    const received = condition.receivedAt === undefined ? this.#scene.receivedAt : condition.receivedAt;
    const found = received ?? this.#scene.tickAfter(at);
    if (found === null || this.#scene.tickAfter(at) === null) return false;
    return found - at > (level === "L1" ? DELAYED_L1_MS : DELAYED_MS);
  }

  #openOrRecur(rule: DeskRule, episode: Episode, at: number): void {
    const existing = this.#state.cases[episode.case];
    const suppressed = episode.state === "suppressed";
    if (existing !== undefined && this.#scene.retro && isClosedByPeople(existing)) {
      this.#step(existing, { type: "found-late" }, at);
      awaitBacklog(this.#state, existing.id, this.#scene.clock());
      return;
    }
    if (existing !== undefined) {
      this.#step(
        existing,
        { type: "recurred", alert: this.#id(episode), level: episode.level, suppressed },
        at,
      );
      return;
    }
    const opening = caseOpening(rule, episode, this.#id(episode), this.#scene);
    this.#apply(openCase(opening, this.#policyOf(opening)), at);
  }

  #worsen(rule: DeskRule, current: Episode, level: Level, condition: Condition): void {
    const at = condition.at ?? this.#scene.now;
    const episode: Episode = {
      ...current,
      level,
      levelAt: at,
      delayed: current.delayed || this.#isDelayed(level, at, condition),
      exercise: current.exercise || (condition.exercise ?? this.#scene.exercise),
      value: condition.value ?? current.value,
      because: mergeCauses(current.because, condition.because),
      rule: ruleName(rule),
      policy: this.#scene.policies.at(this.#scene.now).name,
    };
    this.#put(episode);
    if (episode.state === "firing") this.#tell("warmcity.alert.level-changed", episode, at);
    this.#stepCaseOf(episode, { type: "level-raised", level }, at);
  }

  /** The clearing has held: the episode ends; its case closes by itself only where DOMAIN §5.2 lets it. */
  clear(rule: DeskRule, asset: string | null, because: readonly Cause[]): void {
    const current = this.#state.episodes[this.#key(rule.code, asset)];
    if (!isOpen(current)) return;
    this.#end(rule, { ...current, because: mergeCauses(current.because, because) }, "cleared");
  }

  #end(rule: DeskRule, current: Episode, reason: EpisodeReason, parent = current.parent): void {
    const at = this.#scene.now;
    const episode: Episode = { ...current, state: "resolved", resolvedAt: at, reason, parent };
    this.#put(episode);
    this.#tell("warmcity.alert.resolved", episode, at);
    if (reason === "cleared") {
      this.#stepCaseOf(episode, { type: "cleared", withRecord: this.#hasRecord(rule, episode) }, at);
    }
  }

  #hasRecord(rule: DeskRule, episode: Episode): boolean {
    if (rule.autoClose !== "condition+record") return true;
    return episode.recordAt !== null || !(rule.recordFor ?? [episode.level]).includes(episode.level);
  }

  /** A record was filed: it counts for every episode whose rule asks for that kind and whose asset it fits. */
  record(
    rules: ReadonlyMap<string, DeskRule>,
    kind: string,
    about: { device: string | null; case: string | null },
  ): void {
    for (const episode of Object.values(this.#state.episodes)) {
      const rule = rules.get(episode.code);
      if (rule?.records?.includes(kind) !== true || episode.recordAt !== null) continue;
      if (about.case !== null && about.case !== episode.case) continue;
      if (about.device !== null && episode.asset !== null && about.device !== episode.asset) continue;
      const proved: Episode = { ...episode, recordAt: this.#scene.now };
      this.#put(proved);
      if (proved.reason === "cleared")
        this.#stepCaseOf(proved, { type: "cleared", withRecord: true }, this.#scene.now);
    }
  }

  /** What mutes may have begun to speak, or ended: `muteOf` says why an episode may not ring now. */
  recheck(
    rules: ReadonlyMap<string, DeskRule>,
    muteOf: (rule: DeskRule, episode: Episode) => Mute | null,
  ): void {
    for (const episode of Object.values(this.#state.episodes)) {
      if (episode.state !== "suppressed") continue;
      const rule = rules.get(episode.code);
      if (rule === undefined || muteOf(rule, episode) !== null) continue;
      const at = this.#scene.now;
      const firing: Episode = {
        ...episode,
        state: "firing",
        reason: null,
        suppressedBy: null,
        parent: null,
        raisedAt: at,
        levelAt: at,
      };
      this.#put(firing);
      this.#tell("warmcity.alert.raised", firing, at);
      this.#stepCaseOf(firing, { type: "unsuppressed" }, at);
    }
  }

  /** Ends open episodes for a reason of the system (a unit presumed closed takes over its devices' alerts). */
  retire(
    rules: ReadonlyMap<string, DeskRule>,
    which: (episode: Episode) => boolean,
    reason: EpisodeReason,
    parent: string | null,
  ): void {
    for (const episode of Object.values(this.#state.episodes)) {
      const rule = rules.get(episode.code);
      if (rule === undefined || !isOpen(episode) || !which(episode)) continue;
      this.#end(rule, episode, reason, parent ?? episode.parent);
      this.#stepCaseOf(episode, { type: "suppressed", reason }, this.#scene.now);
    }
  }

  /** A command of a person, decided against the case as it stands; refusals change nothing here. */
  command(rules: ReadonlyMap<string, DeskRule>, caseIdGiven: string, input: CaseCommand): void {
    const current = this.#state.cases[caseIdGiven];
    if (current === undefined) return;
    const step = stepCase(current, input, this.#scene.now, this.#policyOf(current));
    if ("refused" in step) return;
    this.#apply(step, this.#scene.now);
    this.#endByHuman(rules, step.next);
  }

  /** A case that people closed or judged false ends its episode where no clearing of its own would. */
  #endByHuman(rules: ReadonlyMap<string, DeskRule>, closed: Case): void {
    if (closed.state !== "closed" && closed.state !== "false") return;
    for (const episode of Object.values(this.#state.episodes)) {
      const rule = rules.get(episode.code);
      if (episode.case !== closed.id || !isOpen(episode) || rule === undefined) continue;
      const waitsForPeople = rule.autoClose === "human" || rule.autoClose === "never";
      if (waitsForPeople || closed.state === "false") this.#end(rule, episode, "human");
    }
  }

  /** The case's time limit has passed. */
  caseDue(id: string): void {
    const current = this.#state.cases[id];
    if (current !== undefined) this.#step(current, { type: "timer" }, this.#scene.now);
  }

  #policyOf({ policy }: Pick<Case, "policy">): CasePolicy {
    return this.#scene.policies.named(policy).cases;
  }

  #stepCaseOf(episode: Episode, input: CaseInput, at: number): void {
    const current = this.#state.cases[episode.case];
    if (current !== undefined) this.#step(current, input, at);
  }

  #step(current: Case, input: CaseInput, at: number): void {
    const step = stepCase(current, input, at, this.#policyOf(current));
    if (!("refused" in step)) this.#apply(step, at);
  }

  #apply(step: CaseStep, at: number): void {
    const { next, changes, notifications } = step;
    this.#state.cases[next.id] = next;
    if (next.due === null) cancelTimer(this.#state.timers, "case", next.id);
    else setTimer(this.#state.timers, { due: next.due, owner: "case", key: next.id });
    const place = this.#scene.place;
    for (const change of changes) this.#scene.emit(caseChanged(next, change, place, this.#policyOf(next)));
    const episode = Object.values(this.#state.episodes).find((one) => one.case === next.id);
    const title = episode?.title ?? { zh: next.code, en: next.code };
    const about = { title, at, place, name: this.#scene.placeName };
    const rings = notifications.map((request) => notificationRequested(next, request, about));
    if (this.#scene.retro) holdRings(this.#state, next.id, rings, this.#scene.clock());
    else for (const ring of rings) this.#scene.emit(ring);
  }

  /** Late data have been folded: what still holds rings now, and opens again what people had closed. */
  ringBelated(id: string): void {
    const { rings, dropped } = releaseRings(this.#state, id, this.#scene.now);
    for (const ring of rings) this.#scene.emit(ring);
    const about = this.#state.cases[id];
    if (about === undefined) return;
    const keys = dropped.map(({ data }) => data.notification);
    const known = untold(about, keys);
    this.#state.cases[id] = known;
    const firing = Object.values(this.#state.episodes).find(
      (one) => one.case === id && one.state === "firing",
    );
    if (firing === undefined || !isClosedByPeople(known)) return;
    const again = { alert: this.#id(firing), level: firing.level, suppressed: false };
    this.#step(known, { type: "recurred", ...again }, this.#scene.now);
  }

  #put(episode: Episode): void {
    this.#state.episodes[episode.key] = episode;
  }

  #key(code: string, asset: string | null): string {
    return episodeKey(code, this.#scene.place ?? "", asset);
  }

  #id(episode: Episode): string {
    return alertId(episode.key, episode.number);
  }

  get #isVulnerable(): boolean {
    return this.#scene.kitchenType !== null && servesVulnerable(this.#scene.kitchenType);
  }

  #tell(type: AlertType, episode: Episode, at: number): void {
    const id = outputId(type, this.#id(episode), episode.level, at);
    this.#scene.emit({
      type,
      id,
      time: at,
      subject: this.#scene.place,
      data: alertOf(episode, this.#scene.place),
    });
  }
}

/** People ended it, by a command or as a false alarm: late data alone do not open it again (SC11). */
function isClosedByPeople({ state, history }: Case): boolean {
  if (state !== "closed" && state !== "false") return false;
  return history.findLast(({ from, to }) => from !== to && to === state)?.role !== null;
}
