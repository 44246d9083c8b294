/** Times as the city's clocks show them: Asia/Shanghai, whatever the browser's zone. */
import type { Lang } from "./dictionary.ts";

const ZONE = "Asia/Shanghai";
const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});
const short = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});
const days = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
const weekdays: Readonly<Record<Lang, Intl.DateTimeFormat>> = {
  zh: new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, weekday: "short" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, weekday: "short" }),
};

/** `20:14:51` */
export function clockTime(ms: number): string {
  return Number.isFinite(ms) ? clock.format(ms) : "--:--:--";
}

/** `20:14` */
export function shortTime(ms: number): string {
  return short.format(ms);
}

/** `2026-06-01 周一` */
export function dateWithWeekday(ms: number, lang: Lang): string {
  return Number.isFinite(ms) ? `${days.format(ms)} ${weekdays[lang].format(ms)}` : "";
}

/** `20:14:51`, with the date in front if it is not that of `now`. */
export function momentText(iso: string, now: number): string {
  const ms = Date.parse(iso);
  const day = days.format(ms);
  return Number.isFinite(now) && day !== days.format(now)
    ? `${day.slice(5)} ${short.format(ms)}`
    : clock.format(ms);
}

/** `2026-06-01` */
export function dayText(iso: string): string {
  return days.format(Date.parse(iso));
}

/** Whole days from now to the end of a day (`2027-06-30`); below zero = it is past. */
export function daysLeft(day: string, now: number): number {
  return Math.round((Date.parse(day.slice(0, 10)) - Date.parse(days.format(now))) / 86_400_000);
}

/** How long ago in words: `刚刚`, `8 分前` / `8 min ago`. */
export function ago(iso: string, now: number, lang: Lang): string {
  if (now - Date.parse(iso) < 60_000) return lang === "zh" ? "刚刚" : "just now";
  const span = elapsed(iso, now, lang);
  return lang === "zh" ? `${span}前` : `${span} ago`;
}

/** How long, roughly: `8 分` / `8 min`. */
export function elapsed(iso: string, now: number, lang: Lang): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / 60_000));
  if (minutes < 60) return lang === "zh" ? `${minutes} 分` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const rest = minutes % 60;
    return lang === "zh" ? `${hours} 时 ${rest} 分` : `${hours} h ${rest} min`;
  }
  return lang === "zh" ? `${Math.floor(hours / 24)} 天` : `${Math.floor(hours / 24)} d`;
}
