/**
 * Who has fallen silent in the last 5 min and is silent still, counted per area, and how many of them lie in areas that
 * are known to be down. All counts are kept up in a few steps per device, for a power cut takes 60,000 devices at once.
 */
import { minutes } from "../../twin/kernel/time.ts";
import type { AreaCounts } from "./area-counts.ts";
import { SlidingWindow } from "./sliding-window.ts";

const WITHIN_MS = minutes(5);

interface Silence {
  readonly device: number;
  /** When it fell silent, ms since epoch. */
  readonly time: number;
}

interface Fresh {
  readonly time: number;
  /** It lies in an area that is down. */
  isCovered: boolean;
}

interface AreaSilence {
  fresh: number;
  covered: number;
}

export interface SavedSilences {
  readonly window: Silence[];
  readonly fresh: [number, Fresh][];
  readonly byArea: [string, AreaSilence][];
}

export class AreaSilences {
  readonly #window: SlidingWindow<Silence>;
  /** Device ordinal -> its silence, while it lasts and is younger than 5 min. */
  readonly #fresh = new Map<number, Fresh>();
  readonly #byArea = new Map<string, AreaSilence>();

  constructor(silences: readonly Silence[] = []) {
    this.#window = new SlidingWindow(silences);
  }

  fell(device: number, time: number, isDown: (area: string) => boolean, areas: AreaCounts): void {
    if (this.#fresh.has(device)) return;
    this.#window.add({ device, time });
    this.#enter(device, time, isDown, areas);
  }

  #enter(device: number, time: number, isDown: (area: string) => boolean, areas: AreaCounts): void {
    const own = areas.areasOf(device);
    const isCovered = own.some(isDown);
    this.#fresh.set(device, { time, isCovered });
    for (const area of own) {
      let counts = this.#byArea.get(area);
      if (counts === undefined) {
        counts = { fresh: 0, covered: 0 };
        this.#byArea.set(area, counts);
      }
      counts.fresh++;
      if (isCovered) counts.covered++;
    }
  }

  /** The device is back, or left the counts. */
  ended(device: number, areas: AreaCounts): void {
    const fresh = this.#fresh.get(device);
    if (fresh === undefined) return;
    this.#fresh.delete(device);
    for (const area of areas.areasOf(device)) {
      const counts = this.#byArea.get(area)!;
      counts.fresh--;
      if (fresh.isCovered) counts.covered--;
    }
  }

  /** Silences that began more than 5 min before `now` count no more. */
  expire(now: number, areas: AreaCounts): void {
    this.#window.expire(now - WITHIN_MS, ({ device, time }) => {
      if (this.#fresh.get(device)?.time === time) this.ended(device, areas);
    });
  }

  /** Devices of the area that fell silent in the last 5 min. */
  fresh(area: string): number {
    return this.#byArea.get(area)?.fresh ?? 0;
  }

  /** How many of these lie in areas that are down. */
  covered(area: string): number {
    return this.#byArea.get(area)?.covered ?? 0;
  }

  /** One more area is down: the silences in it are covered. */
  cover(down: string, areas: AreaCounts): void {
    for (const [device, fresh] of this.#fresh) {
      const own = areas.areasOf(device);
      if (fresh.isCovered || !own.includes(down)) continue;
      fresh.isCovered = true;
      for (const area of own) this.#byArea.get(area)!.covered++;
    }
  }

  /** Areas are down no more: every silence is looked at again. */
  uncover(isDown: (area: string) => boolean, areas: AreaCounts): void {
    this.#byArea.clear();
    for (const [device, { time }] of [...this.#fresh]) this.#enter(device, time, isDown, areas);
  }

  /** The silences counted in an area, oldest first. */
  *of(area: string, areas: AreaCounts): Generator<Silence> {
    for (const silence of this.#window) {
      if (this.#fresh.get(silence.device)?.time !== silence.time) continue;
      if (areas.areasOf(silence.device).includes(area)) yield silence;
    }
  }

  save(): SavedSilences {
    return {
      window: this.#window.save(),
      fresh: [...this.#fresh].map(([device, fresh]) => [device, { ...fresh }]),
      byArea: [...this.#byArea].map(([area, counts]) => [area, { ...counts }]),
    };
  }

  static restore({ window, fresh, byArea }: SavedSilences): AreaSilences {
    const silences = new AreaSilences(window);
    for (const [device, one] of fresh) silences.#fresh.set(device, one);
    for (const [area, counts] of byArea) silences.#byArea.set(area, counts);
    return silences;
  }
}
