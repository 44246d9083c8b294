/** Rows of wanted and seen for readers of Chinese: the few words of `happenings.ts` put over, all else as it is. */
import type { Bilingual } from "../../twin/events/output-events.ts";
import { CASE_STATE_NAMES, LEVEL_NAMES } from "./report-words.ts";

const RECIPIENTS: Readonly<Record<string, string>> = {
  O: "经营单位",
  S: "监管所",
  Q: "旗区局",
  "Q-board": "旗区看板",
  "Q-head": "旗区局负责人",
  C: "市局",
  "C-duty": "市局值班",
  "C-head": "市局负责人",
  B: "包保干部",
  H: "卫健部门",
  E: "教育部门",
  PL: "平台",
  OPS: "运维单位",
  utility: "供电企业",
  "gas-company": "燃气公司",
  "fire-service": "消防",
  "pest-contractor": "灭鼠公司",
};

const CHANNELS: Readonly<Record<string, string>> = {
  sms: "短信",
  push: "推送",
  call: "电话",
  voice: "现场语音",
  "in-app": "站内",
  "recorded-call": "录音电话",
};

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\braised (?=L\d)/, "发出 "],
  [/\brose to (?=L\d)/, "升为 "],
  [/\bresolved (?=L\d)/, "解除 "],
  [/\bsuppressed (?=L\d)/, "抑制 "],
  [/\(retro, delayed\)/, "（事后、延迟）"],
  [/\(delayed\)/, "（延迟）"],
  [/\(human\)/, "（由人）"],
  [/\(outage\)/, "（区域中断）"],
  [/\(closed-unit\)/, "（停业）"],
  [/\(ramp\)/, "（降温期）"],
  [/\(silent\)/, "（静默）"],
  [/\(from ([-\d :]+)\)/, "（$1 起）"],
  [/^whenever /, "任何时刻 "],
  [/(±[\d.]+) min/, "$1 分钟"],
];

const NOTICE = /\b(L[1-4]) to ([A-Za-z-]+) by ([a-z-]+)/;
const STEP = new RegExp(
  `(^|\\d |min |whenever )(${Object.keys(CASE_STATE_NAMES).join("|")})( by ([A-Z]+))?$`,
);

export function rowText(row: string): Bilingual {
  const noticed = row.replace(NOTICE, (_, level, to, channel) => {
    return `${levelName(level)} 通知${RECIPIENTS[to] ?? ` ${to} `}：${CHANNELS[channel] ?? channel}`;
  });
  const stepped = noticed.replace(STEP, (_, before, state, by, role) => {
    const name = Object.entries(CASE_STATE_NAMES).find(([key]) => key === state)?.[1].zh ?? state;
    return `${before}${name}${by === undefined ? "" : `（${RECIPIENTS[role] ?? role}）`}`;
  });
  const worded = WORDS.reduce((text, [english, chinese]) => text.replace(english, chinese), stepped);
  return { zh: worded.replace(/\bL[1-4](?= |$)/, levelName), en: row };
}

function levelName(level: string): string {
  return LEVEL_NAMES[level]?.zh ?? level;
}
