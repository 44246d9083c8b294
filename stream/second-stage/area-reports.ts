/**
 * Tells what changed in the city, its banners and its offices: devices heard of open units, how many of them are online,
 * and the open alerts by level (`warmcity.area.changed`, CONTRACT §4). Time goes by whole minutes of event time: at the
 * end of each, every area that is not as it was last told is told once, as it stood at that moment.
 *
 *   counts touched  --+                  minute ends
 *   alerts given out -+-> what changed --------------> one report per area that differs
 *
 * Counts come with the stage and alerts from the kitchens, which fold after it; so a minute is told when both have passed
 * it: live after 10 s, in a replay after the lateness, since nobody waits there: so alerts dated back a little fall into
 * their own minute, and the order of arrival does not show.
 */
import type { City } from "../../twin/city/city.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { MINUTE_MS, SECOND_MS } from "../../twin/kernel/time.ts";
import { type Output, outputId } from "../output.ts";
import type { AreaCounts } from "./area-counts.ts";

type ByLevel = Readonly<Record<Level, number>>;

interface Figures {
  readonly devices: number;
  readonly online: number;
  readonly kitchens: number;
  readonly alerts: ByLevel;
}

/** What changes at the end of a minute. */
interface Change {
  /** End of the minute, ms since epoch. */
  readonly minute: number;
  /** Area -> its devices. */
  readonly counts: [area: string, devices: Omit<Figures, "alerts">][];
  /** Alert -> what became of it; level `null` = it is open no more. */
  readonly alerts: [alert: string, areas: readonly string[], level: Level | null][];
}

export interface SavedReports {
  /** Minutes up to here are told. */
  readonly toldTo: number | null;
  readonly told: [area: string, figures: Figures][];
  readonly now: [area: string, figures: Figures][];
  readonly open: [alert: string, level: Level][];
  readonly touched: string[];
  readonly changes: Change[];
}

/** Live, a minute is told so long after its end: what is under way still belongs to it. */
export const AREA_REPORT_WAITS_MS = 10 * SECOND_MS;

const NONE: ByLevel = { L1: 0, L2: 0, L3: 0, L4: 0 };
const NOTHING: Figures = { devices: 0, online: 0, kitchens: 0, alerts: NONE };
const REPORTED = /^(city$|banner:|office:)/;

export class AreaReports {
  readonly #city: City;
  readonly #counts: AreaCounts;
  readonly #bannerOfOffice: ReadonlyMap<string, string>;
  #toldTo = Number.NEGATIVE_INFINITY;
  readonly #told = new Map<string, Figures>();
  readonly #now = new Map<string, Figures>();
  readonly #open = new Map<string, Level>();
  /** Areas whose devices changed since the last minute was closed. */
  readonly #touched = new Set<string>();
  /** Minutes that are not told yet, in order. */
  #changes: Change[] = [];

  constructor(city: City, counts: AreaCounts) {
    this.#city = city;
    this.#counts = counts;
    this.#bannerOfOffice = new Map(city.kitchens.map(({ office, banner }) => [office, banner]));
  }

  /** The counts of these areas changed. */
  touch(areas: Iterable<string>): void {
    for (const area of areas) if (REPORTED.test(area)) this.#touched.add(area);
  }

  /** The stage has folded everything before `next`, and goes on there: notes the counts at the end of the minute passed. */
  pass(next: number, lastFolded: number): void {
    if (this.#touched.size === 0) return;
    const minute = endOfMinute(lastFolded);
    if (next <= minute) return;
    const { counts } = this.#changeAt(minute);
    for (const area of this.#touched) {
      const { known: devices = 0, online = 0, kitchens = 0 } = this.#counts.count(area) ?? {};
      counts.push([area, { devices, online, kitchens }]);
    }
    this.#touched.clear();
  }

  /** Takes note of an alert that is given out. */
  note({ type, data, time }: Output): void {
    const isOpen = type === "warmcity.alert.raised" || type === "warmcity.alert.level-changed";
    if (!isOpen && type !== "warmcity.alert.resolved") return;
    const level = isOpen ? data.level : null;
    this.#changeAt(endOfMinute(time)).alerts.push([data.alert, this.#areasOf(data), level]);
  }

  #areasOf({ kitchen, asset }: Alert): string[] {
    if (kitchen !== null) {
      const { banner, office } = this.#city.kitchens[this.#city.kitchenIndex(kitchen)]!;
      return ["city", `banner:${banner}`, `office:${office}`];
    }
    if (asset === null || !REPORTED.test(asset) || asset === "city") return ["city"];
    const banner = asset.startsWith("office:")
      ? this.#bannerOfOffice.get(asset.slice("office:".length))
      : undefined;
    return banner === undefined ? ["city", asset] : ["city", `banner:${banner}`, asset];
  }

  /** The change of that minute, or of the first one that is not told yet. */
  #changeAt(minute: number): Change {
    const at = Math.max(minute, this.#toldTo + MINUTE_MS);
    let index = this.#changes.length;
    while (index > 0 && this.#changes[index - 1]!.minute > at) index--;
    const before = this.#changes[index - 1];
    if (before !== undefined && before.minute === at) return before;
    const change: Change = { minute: at, counts: [], alerts: [] };
    this.#changes.splice(index, 0, change);
    return change;
  }

  /** Tells all minutes that ended up to and including `until`. */
  tell(until: number, emit: (output: Output) => void): void {
    let used = 0;
    for (; used < this.#changes.length && this.#changes[used]!.minute <= until; used++) {
      this.#tellMinute(this.#changes[used]!, emit);
    }
    if (used > 0) this.#changes.splice(0, used);
    if (until >= this.#toldTo + MINUTE_MS) this.#toldTo = Math.floor(until / MINUTE_MS) * MINUTE_MS;
  }

  #tellMinute({ minute, counts, alerts }: Change, emit: (output: Output) => void): void {
    const changed = new Set<string>();
    for (const [area, devices] of counts) {
      changed.add(area);
      this.#now.set(area, { ...this.#figuresOf(area), ...devices });
    }
    for (const [alert, areas, level] of alerts) {
      const before = this.#open.get(alert) ?? null;
      if (level === null) this.#open.delete(alert);
      else this.#open.set(alert, level);
      for (const area of areas) {
        changed.add(area);
        const figures = this.#figuresOf(area);
        this.#now.set(area, { ...figures, alerts: moved(figures.alerts, before, level) });
      }
    }
    for (const area of [...changed].sort()) this.#tellArea(area, minute, emit);
  }

  #figuresOf(area: string): Figures {
    return this.#now.get(area) ?? NOTHING;
  }

  #tellArea(area: string, minute: number, emit: (output: Output) => void): void {
    const figures = this.#figuresOf(area);
    if (isSame(figures, this.#told.get(area) ?? NOTHING)) return;
    this.#told.set(area, figures);
    emit({
      type: "warmcity.area.changed",
      id: outputId("warmcity.area.changed", area, minute),
      time: minute,
      subject: null,
      data: { area, ...figures, alerts: { ...figures.alerts } },
    });
  }

  save(): SavedReports {
    return {
      toldTo: this.#toldTo === Number.NEGATIVE_INFINITY ? null : this.#toldTo,
      told: [...this.#told],
      now: [...this.#now],
      open: [...this.#open],
      touched: [...this.#touched],
      changes: this.#changes,
    };
  }

  /** Takes up what `save` gave. */
  restore(saved: SavedReports): void {
    this.#toldTo = saved.toldTo ?? Number.NEGATIVE_INFINITY;
    for (const [area, figures] of saved.told) this.#told.set(area, figures);
    for (const [area, figures] of saved.now) this.#now.set(area, figures);
    for (const [alert, level] of saved.open) this.#open.set(alert, level);
    for (const area of saved.touched) this.#touched.add(area);
    this.#changes = saved.changes;
  }
}

/** A moment on the minute belongs to the minute that ends there. */
function endOfMinute(time: number): number {
  return Math.ceil(time / MINUTE_MS) * MINUTE_MS;
}

function moved(alerts: ByLevel, from: Level | null, to: Level | null): ByLevel {
  const moving = { ...alerts };
  if (from !== null) moving[from]--;
  if (to !== null) moving[to]++;
  return moving;
}

function isSame(a: Figures, b: Figures): boolean {
  return (
    a.devices === b.devices &&
    a.online === b.online &&
    a.kitchens === b.kitchens &&
    (["L1", "L2", "L3", "L4"] as const).every((level) => a.alerts[level] === b.alerts[level])
  );
}
