/** Public holidays and make-up workdays of 2026: 国务院办公厅关于2026年部分节假日安排的通知 (4 November 2025). */
import type { HolidayYear } from "./holiday-year.ts";

export const holidays2026: HolidayYear = {
  year: 2026,
  source: "国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04",
  arranged: true,
  holidays: [
    { zh: "元旦", en: "New Year", from: "2026-01-01", to: "2026-01-03" },
    { zh: "春节", en: "Spring Festival", from: "2026-02-15", to: "2026-02-23" },
    { zh: "清明节", en: "Tomb-Sweeping Day", from: "2026-04-04", to: "2026-04-06" },
    { zh: "劳动节", en: "Labour Day", from: "2026-05-01", to: "2026-05-05" },
    { zh: "端午节", en: "Dragon Boat Festival", from: "2026-06-19", to: "2026-06-21" },
    { zh: "中秋节", en: "Mid-Autumn Festival", from: "2026-09-25", to: "2026-09-27" },
    { zh: "国庆节", en: "National Day", from: "2026-10-01", to: "2026-10-07" },
  ],
  makeUpWorkdays: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
};
