/**
 * Where kitchens stand: 62 % of the restaurants along a few food streets of their town (power law), the rest normal about
 * the town's centre; all of them 13 m off a street line and at least 12 m from the next.
 */
import type { Random } from "../kernel/random.ts";
import { shuffle } from "./composition.ts";
import type { Banner, Point, Town } from "./geography.ts";
import type { KitchenType } from "./kitchen.ts";
import { streetName } from "./street-names.ts";
import { BLOCK_M, FRONT_M, frameOf, type LocalPoint, type TownFrame } from "./town-frame.ts";

/** Kitchens stand at least this far apart, m. */
export const SPACING_M = 12;
const FOOD_STREET_SHARE = 0.62;
/** Shop fronts along a food street, m. */
const FRONTAGE_M = 12.8;
/** A degree of longitude where Ordos is narrowest, its north: distances reckoned with it are never too long. */
const METRES_PER_LON = 84_000;
const METRES_PER_LAT = 111_196;

/** A stretch of one street line with many restaurants. */
export interface FoodStreet {
  readonly name: string;
  readonly banner: Banner;
  readonly town: Town;
}

export interface Site {
  readonly position: Point;
  readonly street: string;
  readonly house: number;
  readonly foodStreet: FoodStreet | null;
}

/** A street line: `across` = its coordinate on the other axis. */
interface Line {
  readonly alongX: boolean;
  readonly across: number;
}

interface Strip extends FoodStreet {
  readonly line: Line;
  readonly weight: number;
  /** Places still free, in chance order. */
  readonly slots: LocalPoint[];
}

/** Sites one kitchen after another; remembers what is taken all over the city. */
export class Siting {
  readonly #taken = new Occupancy();

  /** A place chooser for one town with so many kitchens. */
  town(banner: Banner, town: Town, kitchens: number, random: Random): TownSiting {
    return new TownSiting(banner, town, kitchens, random, this.#taken);
  }
}

export class TownSiting {
  readonly #banner: Banner;
  readonly #frame: TownFrame;
  readonly #center: LocalPoint;
  readonly #spread: number;
  readonly #strips: Strip[];
  readonly #weights: number[];
  readonly #random: Random;
  readonly #taken: Occupancy;

  constructor(banner: Banner, town: Town, kitchens: number, random: Random, taken: Occupancy) {
    this.#banner = banner;
    this.#frame = frameOf(banner, town);
    this.#center = this.#frame.toLocal(town.center);
    this.#spread = 250 + 22 * Math.sqrt(kitchens);
    this.#random = random;
    this.#taken = taken;
    const count = Math.max(1, Math.min(10, Math.round(Math.sqrt(kitchens) / 2.5)));
    const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#strips = weights.map((weight) => this.#strip(town, weight, (weight / total) * kitchens));
    this.#weights = weights;
  }

  place(type: KitchenType): Site {
    if (this.#random.chance(foodStreetChance(type))) {
      const site = this.#onFoodStreet();
      if (site !== null) return site;
    }
    return this.#onAnyStreet();
  }

  #strip(town: Town, weight: number, expected: number): Strip {
    const line = this.#lineNear(this.#scatter(0.7));
    const places = Math.max(8, Math.ceil(expected * FOOD_STREET_SHARE * 0.8));
    const middle =
      (line.alongX ? this.#center.x : this.#center.y) + 0.5 * this.#spread * this.#random.normal();
    const start = middle - (places * FRONTAGE_M) / 2;
    const slots: LocalPoint[] = [];
    for (let i = 0; i < places; i++) {
      const along = start + i * FRONTAGE_M;
      for (const side of [-FRONT_M, FRONT_M]) slots.push(onLine(line, along, side));
    }
    const name = streetName(this.#banner, this.#frame, line.alongX, line.across);
    return { name, banner: this.#banner, town, line, weight, slots: shuffle(slots, this.#random) };
  }

  #onFoodStreet(): Site | null {
    const strip = this.#strips[this.#random.weighted(this.#weights)]!;
    for (let slot = strip.slots.pop(); slot !== undefined; slot = strip.slots.pop()) {
      const site = this.#take(slot, strip.line, strip);
      if (site !== null) return site;
    }
    return null;
  }

  #onAnyStreet(): Site {
    for (let spread = 1; ; spread *= 1.02) {
      const point = this.#scatter(spread);
      const line = this.#lineNear(point);
      const side = this.#random.chance(0.5) ? FRONT_M : -FRONT_M;
      const site = this.#take(onLine(line, line.alongX ? point.x : point.y, side), line, null);
      if (site !== null) return site;
    }
  }

  /** A point about the centre, never beyond three times the spread. */
  #scatter(scale: number): LocalPoint {
    const reach = () => Math.max(-3, Math.min(3, this.#random.normal())) * this.#spread * scale;
    return { x: this.#center.x + reach(), y: this.#center.y + reach() };
  }

  /** One of the two street lines nearest to a point. */
  #lineNear({ x, y }: LocalPoint): Line {
    const alongX = this.#random.chance(0.5);
    return { alongX, across: Math.round((alongX ? y : x) / BLOCK_M) * BLOCK_M };
  }

  #take(point: LocalPoint, line: Line, foodStreet: FoodStreet | null): Site | null {
    const position = this.#frame.toPoint(point);
    if (!this.#taken.take(position)) return null;
    return {
      position,
      street: streetName(this.#banner, this.#frame, line.alongX, line.across),
      house: houseNumber(line.alongX ? point.x : point.y),
      foodStreet,
    };
  }
}

/** Canteens stand where their school or office stands. */
function foodStreetChance(type: KitchenType): number {
  switch (type) {
    case "small":
    case "medium":
    case "drinks":
      return FOOD_STREET_SHARE;
    case "large":
    case "very-large":
      return FOOD_STREET_SHARE / 2;
    default:
      return 0;
  }
}

function onLine({ alongX, across }: Line, along: number, side: number): LocalPoint {
  return alongX ? { x: along, y: across + side } : { x: across + side, y: along };
}

/** Counted from the origin of the grid, even numbers on one half. */
function houseNumber(along: number): number {
  return 2 * Math.floor(Math.abs(along) / 12) + (along < 0 ? 1 : 2);
}

/** What is already built, in cells of the spacing. */
class Occupancy {
  readonly #cells = new Map<number, LocalPoint[]>();

  /** Takes a place unless another is nearer than the spacing. */
  take({ lon, lat }: Point): boolean {
    const point = { x: lon * METRES_PER_LON, y: lat * METRES_PER_LAT };
    const column = Math.floor(point.x / SPACING_M);
    const row = Math.floor(point.y / SPACING_M);
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const other of this.#cells.get(c * 1_000_000 + r) ?? []) {
          const [dx, dy] = [other.x - point.x, other.y - point.y];
          if (dx * dx + dy * dy < SPACING_M * SPACING_M) return false;
        }
      }
    }
    const key = column * 1_000_000 + row;
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [point]);
    else cell.push(point);
    return true;
  }
}
