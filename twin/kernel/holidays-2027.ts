/**
 * Public holidays of 2027 as far as they are certain: the 13 days of 全国年节及纪念日放假办法 (as of 2025-01-01). The State
 * Council's arrangement (longer holidays, make-up workdays, days off in lieu of those on weekends) was not to be had when
 * this was written: enter it here and set `arranged`.
 */
import type { HolidayYear } from "./holiday-year.ts";

export const holidays2027: HolidayYear = {
  year: 2027,
  source: "全国年节及纪念日放假办法 Art. 2, 国务院令第795号",
  arranged: false,
  holidays: [
    { zh: "元旦", en: "New Year", from: "2027-01-01", to: "2027-01-01" },
    { zh: "春节", en: "Spring Festival", from: "2027-02-05", to: "2027-02-08" },
    { zh: "清明节", en: "Tomb-Sweeping Day", from: "2027-04-05", to: "2027-04-05" },
    { zh: "劳动节", en: "Labour Day", from: "2027-05-01", to: "2027-05-02" },
    { zh: "端午节", en: "Dragon Boat Festival", from: "2027-06-09", to: "2027-06-09" },
    { zh: "中秋节", en: "Mid-Autumn Festival", from: "2027-09-15", to: "2027-09-15" },
    { zh: "国庆节", en: "National Day", from: "2027-10-01", to: "2027-10-03" },
  ],
  makeUpWorkdays: [],
};
