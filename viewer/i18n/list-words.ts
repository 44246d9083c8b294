/** What stands on the red and black lists and is done with them, in words. */
import { DESK_WORDS } from "./desk-words.ts";
import type { Lang } from "./dictionary.ts";
import { type Label, label } from "./enum-labels.ts";

const GROUNDS: Readonly<Record<string, Label>> = {
  "top-5-percent": label("同类前 5%", "best 5 % of its type"),
  penalty: label("行政处罚", "a penalty"),
  "confirmed-L1": label("已核实的一级告警", "a confirmed L1"),
  "three-L2-with-overdue": label("三次二级且有逾期", "three L2 with an overdue one"),
};

export function groundName(ground: string, lang: Lang): string {
  return GROUNDS[ground]?.[lang] ?? ground;
}

const LIST_ACTS = {
  notify: label("告知单位", "Notify"),
  appeal: label("申辩", "Appeal"),
  uphold: label("维持", "Uphold"),
  strike: label("剔除", "Strike off"),
  sign: label("签发", "Sign"),
  publish: label("公布", "Publish"),
  correct: label("更正", "Correct"),
} as const;

export function listActName(act: keyof typeof LIST_ACTS, lang: Lang): string {
  return LIST_ACTS[act][lang];
}

const REFUSALS: Readonly<Record<string, string>> = {
  "Who signed the list may not publish it": "签发人不得公布同一榜单",
  "An appeal is still open": "仍有未答复的申辩",
  "There is no open appeal": "没有待答复的申辩",
  "The 5 working days to appeal are not over": "五个工作日的申辩期未满",
  "The 5 working days to appeal are over": "五个工作日的申辩期已过",
};

/** Why a step of a list was refused, as the server says it in English. */
export function listRefusal(text: string, lang: Lang): string {
  if (lang === "en") return text;
  const [, now = "", wanted = ""] = /^The list is (\w+), not (\w+)$/.exec(text) ?? [];
  const states: Readonly<Record<string, string>> = DESK_WORDS.zh.listState;
  if (wanted !== "") return `榜单现为“${states[now] ?? now}”，需为“${states[wanted] ?? wanted}”`;
  return REFUSALS[text] ?? text;
}
