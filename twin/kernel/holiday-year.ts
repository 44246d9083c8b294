/**
 * One year of public holidays. To add a year, or what is announced of one: its file `holidays-<year>.ts`, and for a new
 * one a line in `calendar.ts`. Dates are `YYYY-MM-DD`, both ends of a holiday belong to it.
 */
export interface HolidayYear {
  readonly year: number;
  readonly source: string;
  /**
   * Whether the State Council's arrangement of the year is on file. `false` = only the days off that the law itself
   * fixes: what is added to them and which weekends are worked is not known, so dates counted over the year may move.
   */
  readonly arranged: boolean;
  readonly holidays: readonly {
    readonly zh: string;
    readonly en: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** 调休: weekend days on which people work. */
  readonly makeUpWorkdays: readonly string[];
}
