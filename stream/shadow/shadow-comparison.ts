/**
 * Holds the alerts of shadow rules against those of the live rules as both come in. What cannot change any more is counted
 * and forgotten, so it keeps no more than what is open or recent, whatever the length of the log.
 */
import { episodeKey } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import { HOUR_MS } from "../../twin/kernel/time.ts";
import type { Output } from "../output.ts";
import { CodeTally } from "./code-tally.ts";
import { PAIR_WINDOW_MS, type Pair, pairEpisodes } from "./episode-pairs.ts";
import { type RungAlert, rungAlertOf } from "./rung-alert.ts";
import type { CodeReport } from "./shadow-report.ts";

export type Side = "live" | "shadow";

type Group = Record<Side, RungAlert[]>;

/** How often it is looked through what cannot change any more. */
const SWEEP_MS = HOUR_MS;
/** One key that rings more often while something of it stays open: its closed episodes are paired as they stand. */
const GROUP_MAX = 64;
const FAULTS_SHOWN = 5;
/** The area of what belongs to no banner. */
const WHOLE_CITY = "";

export class ShadowComparison {
  readonly #city: City;
  readonly #bannerOfOffice: ReadonlyMap<string, string>;
  /** By key (code, kitchen, asset). */
  readonly #groups = new Map<string, Group>();
  /** By banner and code: what cannot change any more. */
  readonly #settled = new Map<string, Map<string, CodeTally>>();
  #faults = 0;
  readonly #faultReasons: string[] = [];
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(city: City) {
    this.#city = city;
    this.#bannerOfOffice = new Map(city.kitchens.map(({ office, banner }) => [office, banner]));
  }

  /** Takes an output of either side. Only what rings counts: what is suppressed does not, nor what is withdrawn. */
  hear(side: Side, output: Output): void {
    switch (output.type) {
      case "warmcity.alert.raised":
        this.#put(side, rungAlertOf(output.data), true);
        return;
      case "warmcity.alert.level-changed":
        this.#put(side, rungAlertOf(output.data), false);
        return;
      case "warmcity.alert.resolved":
        if (output.data.reason === "withdrawn") this.#remove(side, rungAlertOf(output.data));
        else this.#put(side, rungAlertOf(output.data), false);
        return;
      case "warmcity.deadletter":
        if (side === "shadow") this.#fault(output.data.reasons.map(({ reason }) => reason));
        return;
      default:
        return;
    }
  }

  /** How often a rule has thrown in shadow, and what it said first: what it should have raised is missing then. */
  get faults(): { readonly count: number; readonly reasons: readonly string[] } {
    return { count: this.#faults, reasons: this.#faultReasons };
  }

  #fault(reasons: readonly string[]): void {
    this.#faults++;
    if (this.#faultReasons.length < FAULTS_SHOWN) this.#faultReasons.push(reasons.join("; "));
  }

  /** Both sides are settled up to `watermark`, ms since epoch. */
  advance(watermark: number): void {
    if (watermark < this.#sweptAt + SWEEP_MS) return;
    this.#sweptAt = watermark;
    for (const [key, group] of this.#groups) this.#sweep(key, group, watermark - PAIR_WINDOW_MS);
  }

  /** By code, as it stands; `banner` = only what is of that banner, `null` = all. */
  codes(banner: string | null): Record<string, CodeReport> {
    const tallies = new Map<string, CodeTally>();
    for (const [area, codes] of this.#settled) {
      if (banner !== null && area !== banner) continue;
      for (const [code, settled] of codes) tallyOf(tallies, code).addAll(settled);
    }
    for (const { live, shadow } of this.#groups.values()) {
      const one = live[0] ?? shadow[0];
      if (one === undefined || (banner !== null && this.#areaOf(one) !== banner)) continue;
      for (const pair of pairEpisodes(live, shadow)) tallyOf(tallies, one.code).add(pair);
    }
    const sorted = [...tallies].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([code, tally]) => [code, tally.report()]));
  }

  /** Alerts that are still looked at. */
  get pending(): number {
    let count = 0;
    for (const { live, shadow } of this.#groups.values()) count += live.length + shadow.length;
    return count;
  }

  #put(side: Side, alert: RungAlert, isNew: boolean): void {
    const key = keyOf(alert);
    let group = this.#groups.get(key);
    if (group === undefined) {
      if (!isNew) return;
      group = { live: [], shadow: [] };
      this.#groups.set(key, group);
    }
    const at = group[side].findIndex((known) => known.alert === alert.alert);
    if (at >= 0) group[side][at] = alert;
    else if (isNew) group[side].push(alert);
  }

  #remove(side: Side, alert: RungAlert): void {
    const group = this.#groups.get(keyOf(alert));
    if (group === undefined) return;
    group[side] = group[side].filter((known) => known.alert !== alert.alert);
    if (group.live.length + group.shadow.length === 0) this.#groups.delete(keyOf(alert));
  }

  /** `before`: what ended before cannot find another partner. */
  #sweep(key: string, group: Group, before: number): void {
    const isOver = ({ endedAt }: RungAlert) => endedAt !== null && endedAt < before;
    const all = [...group.live, ...group.shadow];
    if (!all.every(isOver) && all.length <= GROUP_MAX) return;
    const left: Group = { live: [], shadow: [] };
    for (const pair of pairEpisodes(group.live, group.shadow)) {
      const { live, shadow } = pair;
      if ((live === null || isOver(live)) && (shadow === null || isOver(shadow))) {
        this.#settle(pair);
        continue;
      }
      if (live !== null) left.live.push(live);
      if (shadow !== null) left.shadow.push(shadow);
    }
    if (left.live.length + left.shadow.length === 0) this.#groups.delete(key);
    else this.#groups.set(key, left);
  }

  #settle(pair: Pair<RungAlert>): void {
    const one = pair.live ?? pair.shadow;
    if (one === null) return;
    const area = this.#areaOf(one);
    const codes = this.#settled.get(area) ?? new Map<string, CodeTally>();
    this.#settled.set(area, codes);
    tallyOf(codes, one.code).add(pair);
  }

  /** The banner whose business it is: that of the kitchen, or of the banner or office that the alert is about. */
  #areaOf({ kitchen, asset }: RungAlert): string {
    if (kitchen !== null) return this.#city.kitchens[this.#city.kitchenIndex(kitchen)]?.banner ?? WHOLE_CITY;
    if (asset?.startsWith("banner:")) return asset.slice("banner:".length);
    if (asset?.startsWith("office:"))
      return this.#bannerOfOffice.get(asset.slice("office:".length)) ?? WHOLE_CITY;
    return WHOLE_CITY;
  }
}

function keyOf({ code, kitchen, asset }: RungAlert): string {
  return episodeKey(code, kitchen ?? "", asset);
}

function tallyOf(tallies: Map<string, CodeTally>, code: string): CodeTally {
  const known = tallies.get(code);
  if (known !== undefined) return known;
  const tally = new CodeTally();
  tallies.set(code, tally);
  return tally;
}
