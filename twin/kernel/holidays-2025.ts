/** Public holidays and make-up workdays of 2025: 国务院办公厅关于2025年部分节假日安排的通知 (12 November 2024). */
import type { HolidayYear } from "./holiday-year.ts";

export const holidays2025: HolidayYear = {
  year: 2025,
  source: "国务院办公厅关于2025年部分节假日安排的通知, 2024-11-12",
  arranged: true,
  holidays: [
    { zh: "元旦", en: "New Year", from: "2025-01-01", to: "2025-01-01" },
    { zh: "春节", en: "Spring Festival", from: "2025-01-28", to: "2025-02-04" },
    { zh: "清明节", en: "Tomb-Sweeping Day", from: "2025-04-04", to: "2025-04-06" },
    { zh: "劳动节", en: "Labour Day", from: "2025-05-01", to: "2025-05-05" },
    { zh: "端午节", en: "Dragon Boat Festival", from: "2025-05-31", to: "2025-06-02" },
    {
      zh: "国庆节、中秋节",
      en: "National Day and Mid-Autumn Festival",
      from: "2025-10-01",
      to: "2025-10-08",
    },
  ],
  makeUpWorkdays: ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
};
