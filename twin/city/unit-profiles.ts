/**
 * What an average unit of each type is like (DOMAIN §2; modelling assumptions except the counts, which are those of the
 * city's plan and add up to 11,266).
 */
import { HOUR_MS, MINUTE_MS } from "../kernel/time.ts";
import type { DaySpan, KitchenType, OperatingCalendar } from "./kitchen.ts";

export interface UnitProfile {
  /** Units of this type in the full city. */
  readonly count: number;
  readonly zh: string;
  readonly en: string;
  /** Seats of a restaurant, diners of a canteen, heads of a banquet. */
  readonly seats: { readonly average: number; readonly min: number; readonly max: number };
  /** Meals (drinks: cups) on an operating day; a mobile unit's is per event. */
  readonly mealsPerDay: number;
  readonly staff: number;
  readonly cameras: number;
  readonly opens: readonly DaySpan[];
  /** Meal peaks: the registry's default for `meals`. */
  readonly meals: readonly DaySpan[];
  readonly calendar: OperatingCalendar;
  /** Share of the meals that leave by a delivery platform, 0…1. */
  readonly deliveryShare: number;
  /** Percent of the units in risk grade A, B, C, D. */
  readonly risk: readonly [number, number, number, number];
  readonly suppliers: number;
  /** A canteen feeds a closed group: school, nursery, elder care, hospital, office. */
  readonly canteen: boolean;
}

const at = (hour: number, minute = 0) => hour * HOUR_MS + minute * MINUTE_MS;

/** A span of the day from clock numbers: `span(11.5, 13.25)` = 11:30–13:15. */
export function span(from: number, to: number): DaySpan {
  return { fromMs: at(from), toMs: at(to) };
}

const RESTAURANT_PEAKS = [span(11.5, 13.5), span(17.5, 20.5)];
const CARE_PEAKS = [span(7, 8), span(11.5, 12.5), span(17.5, 18.5)];

export const unitProfiles: { readonly [T in KitchenType]: UnitProfile } = {
  "very-large": {
    count: 28,
    zh: "特大型餐饮",
    en: "very large restaurant",
    seats: { average: 1200, min: 1001, max: 3000 },
    mealsPerDay: 900,
    staff: 90,
    cameras: 16,
    opens: [span(9, 22)],
    meals: RESTAURANT_PEAKS,
    calendar: "daily",
    deliveryShare: 0.02,
    risk: [5, 35, 40, 20],
    suppliers: 30,
    canteen: false,
  },
  large: {
    count: 232,
    zh: "大型餐饮",
    en: "large restaurant",
    seats: { average: 400, min: 251, max: 1000 },
    mealsPerDay: 350,
    staff: 35,
    cameras: 8,
    opens: [span(9, 22)],
    meals: RESTAURANT_PEAKS,
    calendar: "daily",
    deliveryShare: 0.04,
    risk: [10, 45, 35, 10],
    suppliers: 20,
    canteen: false,
  },
  medium: {
    count: 1589,
    zh: "中型餐饮",
    en: "medium restaurant",
    seats: { average: 130, min: 76, max: 250 },
    mealsPerDay: 150,
    staff: 12,
    cameras: 4,
    opens: [span(9.5, 22)],
    meals: [span(11, 13.5), span(17, 21)],
    calendar: "daily",
    deliveryShare: 0.12,
    risk: [20, 50, 25, 5],
    suppliers: 12,
    canteen: false,
  },
  small: {
    count: 8059,
    zh: "小型餐饮",
    en: "small restaurant",
    seats: { average: 32, min: 6, max: 75 },
    mealsPerDay: 55,
    staff: 4,
    cameras: 2,
    opens: [span(9.5, 22)],
    meals: [span(7, 9), span(11, 13.5), span(17, 22)],
    calendar: "daily",
    deliveryShare: 0.22,
    risk: [35, 47, 15, 3],
    suppliers: 6,
    canteen: false,
  },
  drinks: {
    count: 115,
    zh: "饮品店",
    en: "drinks shop",
    seats: { average: 10, min: 2, max: 40 },
    mealsPerDay: 130,
    staff: 4,
    cameras: 1,
    opens: [span(10, 22)],
    meals: [span(13, 17), span(19, 21)],
    calendar: "daily",
    deliveryShare: 0.45,
    risk: [75, 22, 3, 0],
    suppliers: 4,
    canteen: false,
  },
  school: {
    count: 463,
    zh: "学校食堂",
    en: "school canteen",
    seats: { average: 700, min: 60, max: 3500 },
    mealsPerDay: 850,
    staff: 14,
    cameras: 6,
    opens: [span(5, 19)],
    meals: [
      { fromMs: at(6, 40), toMs: at(7, 40) },
      { fromMs: at(11, 30), toMs: at(12, 40) },
      { fromMs: at(17, 20), toMs: at(18, 30) },
    ],
    calendar: "school",
    deliveryShare: 0,
    risk: [0, 10, 35, 55],
    suppliers: 8,
    canteen: true,
  },
  "elder-care": {
    count: 54,
    zh: "养老机构食堂",
    en: "elder-care canteen",
    seats: { average: 80, min: 20, max: 400 },
    mealsPerDay: 230,
    staff: 5,
    cameras: 3,
    opens: [span(5.5, 18.5)],
    meals: CARE_PEAKS,
    calendar: "daily",
    deliveryShare: 0,
    risk: [0, 15, 45, 40],
    suppliers: 6,
    canteen: true,
  },
  hospital: {
    count: 10,
    zh: "医疗机构食堂",
    en: "hospital canteen",
    seats: { average: 300, min: 80, max: 1500 },
    mealsPerDay: 800,
    staff: 18,
    cameras: 6,
    opens: [span(5, 20)],
    meals: CARE_PEAKS,
    calendar: "daily",
    deliveryShare: 0.05,
    risk: [0, 10, 45, 45],
    suppliers: 10,
    canteen: true,
  },
  office: {
    count: 597,
    zh: "机关事业单位食堂",
    en: "office canteen",
    seats: { average: 120, min: 20, max: 900 },
    mealsPerDay: 150,
    staff: 6,
    cameras: 3,
    opens: [span(6, 14)],
    meals: [span(7.5, 8.5), span(12, 13)],
    calendar: "workday",
    deliveryShare: 0,
    risk: [10, 50, 35, 5],
    suppliers: 6,
    canteen: true,
  },
  nursery: {
    count: 17,
    zh: "托育机构食堂",
    en: "nursery canteen",
    seats: { average: 50, min: 15, max: 200 },
    mealsPerDay: 110,
    staff: 3,
    cameras: 2,
    opens: [span(6.5, 17.5)],
    meals: [span(8, 8.75), span(11.25, 12.25), span(15, 15.5)],
    calendar: "school",
    deliveryShare: 0,
    risk: [0, 10, 40, 50],
    suppliers: 5,
    canteen: true,
  },
  "mobile-banquet": {
    count: 102,
    zh: "大型聚餐流动餐馆",
    en: "mobile banquet caterer",
    seats: { average: 300, min: 80, max: 900 },
    mealsPerDay: 300,
    staff: 6,
    cameras: 2,
    opens: [span(5, 16)],
    meals: [span(12, 14)],
    calendar: "event",
    deliveryShare: 0,
    risk: [0, 10, 50, 40],
    suppliers: 5,
    canteen: false,
  },
};

/** The registry's default for `calendar` (CONTRACT §1). */
export function defaultCalendar(type: KitchenType): OperatingCalendar {
  return unitProfiles[type].calendar;
}

/** The registry's default for `meals`: the type's peaks. */
export function defaultMeals(type: KitchenType): readonly DaySpan[] {
  return unitProfiles[type].meals;
}
