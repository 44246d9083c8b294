/**
 * Who has fallen silent in the last minutes (`withinMs` of O06), counted per area, back since or not (a line that flaps takes its devices down
 * by turns), and how many of them lie in areas that are known to be down. All counts are kept up in a few steps per
 * device, for a power cut takes 60,000 devices at once.
 */
import type { AreaCounts } from "./area-counts.ts";
import { SlidingWindow } from "./sliding-window.ts";

interface Silence {
  readonly device: number;
  /** When it fell silent, ms since epoch. */
  readonly time: number;
}

/** A device that fell silent, once at least; the newest time counts. */
interface Fallen {
  time: number;
  isBack: boolean;
  /** It lies in an area that is down. */
  isCovered: boolean;
}

interface AreaSilence {
  fallen: number;
  /** Of these, silent still. */
  silent: number;
  /** Of these, in areas that are down. */
  covered: number;
}

export interface SavedSilences {
  readonly window: Silence[];
  readonly fallen: [number, Fallen][];
  readonly byArea: [string, AreaSilence][];
}

export class AreaSilences {
  readonly #window: SlidingWindow<Silence>;
  readonly #fallen: Map<number, Fallen>;
  readonly #byArea: Map<string, AreaSilence>;

  constructor({ window, fallen, byArea }: SavedSilences = { window: [], fallen: [], byArea: [] }) {
    this.#window = new SlidingWindow(window);
    this.#fallen = new Map(fallen);
    this.#byArea = new Map(byArea);
  }

  fell(device: number, time: number, isDown: (area: string) => boolean, areas: AreaCounts): void {
    this.gone(device, areas);
    this.#window.add({ device, time });
    this.#count(device, { time, isBack: false, isCovered: areas.areasOf(device).some(isDown) }, areas);
  }

  #count(device: number, fallen: Fallen, areas: AreaCounts): void {
    this.#fallen.set(device, fallen);
    for (const area of areas.areasOf(device)) {
      let counts = this.#byArea.get(area);
      if (counts === undefined) {
        counts = { fallen: 0, silent: 0, covered: 0 };
        this.#byArea.set(area, counts);
      }
      counts.fallen++;
      if (!fallen.isBack) counts.silent++;
      if (fallen.isCovered) counts.covered++;
    }
  }

  /** The device speaks again: it fell silent all the same. */
  back(device: number, areas: AreaCounts): void {
    const fallen = this.#fallen.get(device);
    if (fallen === undefined || fallen.isBack) return;
    fallen.isBack = true;
    for (const area of areas.areasOf(device)) this.#byArea.get(area)!.silent--;
  }

  /** The device counts no more. */
  gone(device: number, areas: AreaCounts): void {
    const fallen = this.#fallen.get(device);
    if (fallen === undefined) return;
    this.#fallen.delete(device);
    for (const area of areas.areasOf(device)) {
      const counts = this.#byArea.get(area)!;
      counts.fallen--;
      if (!fallen.isBack) counts.silent--;
      if (fallen.isCovered) counts.covered--;
    }
  }

  /** Silences that began before `from` count no more. */
  expire(from: number, areas: AreaCounts): void {
    this.#window.expire(from, ({ device, time }) => {
      if (this.#fallen.get(device)?.time === time) this.gone(device, areas);
    });
  }

  /** Devices of the area that fell silent in the window. */
  fallen(area: string): number {
    return this.#byArea.get(area)?.fallen ?? 0;
  }

  /** How many of these are silent still. */
  silent(area: string): number {
    return this.#byArea.get(area)?.silent ?? 0;
  }

  /** How many of the fallen lie in areas that are down. */
  covered(area: string): number {
    return this.#byArea.get(area)?.covered ?? 0;
  }

  /** One more area is down: the silences in it are covered. */
  cover(down: string, areas: AreaCounts): void {
    for (const [device, fallen] of this.#fallen) {
      const own = areas.areasOf(device);
      if (fallen.isCovered || !own.includes(down)) continue;
      fallen.isCovered = true;
      for (const area of own) this.#byArea.get(area)!.covered++;
    }
  }

  /** Areas are down no more: every silence is looked at again. */
  uncover(isDown: (area: string) => boolean, areas: AreaCounts): void {
    this.#byArea.clear();
    for (const [device, fallen] of this.#fallen) {
      this.#count(device, { ...fallen, isCovered: areas.areasOf(device).some(isDown) }, areas);
    }
  }

  /** The silences counted in an area, oldest first. */
  *of(area: string, areas: AreaCounts): Generator<Silence> {
    for (const silence of this.#window) {
      if (this.#fallen.get(silence.device)?.time !== silence.time) continue;
      if (areas.areasOf(silence.device).includes(area)) yield silence;
    }
  }

  save(): SavedSilences {
    return {
      window: this.#window.save(),
      fallen: [...this.#fallen].map(([device, fallen]) => [device, { ...fallen }]),
      byArea: [...this.#byArea].map(([area, counts]) => [area, { ...counts }]),
    };
  }
}
