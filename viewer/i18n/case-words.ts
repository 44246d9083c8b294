/** What people do with cases, and who was told how: commands, recipients, channels, fates of notifications. */
import { areaName } from "../../twin/words/area-names.ts";
import type { CaseCommand, IndexComponent } from "../live/wire-types.ts";
import type { Lang } from "./dictionary.ts";
import { type Label, label, roleName } from "./enum-labels.ts";

const COMMANDS: Readonly<Record<CaseCommand, Label>> = {
  "review-confirm": label("核实属实", "Confirm"),
  "review-false": label("判为误报", "False alarm"),
  dispatch: label("派发", "Dispatch"),
  acknowledge: label("签收", "Acknowledge"),
  start: label("开始整改", "Start the fix"),
  submit: label("提交整改", "Submit the fix"),
  "recheck-start": label("开始复查", "Start the recheck"),
  "recheck-pass": label("复查通过", "Recheck passed"),
  "recheck-fail": label("复查不通过", "Recheck failed"),
  extend: label("延长时限", "Extend the limit"),
  dispute: label("提出异议", "Dispute"),
  file: label("立案", "File"),
  decide: label("作出决定", "Decide"),
  transfer: label("移送", "Transfer"),
  appeal: label("申诉", "Appeal"),
  audit: label("抽查复核", "Audit"),
  close: label("办结", "Close"),
  assign: label("接手", "Take over"),
  comment: label("备注", "Note"),
};

/** A command that the page does not know is shown as it is. */
export function commandName(command: string, lang: Lang): string {
  return isCommand(command) ? COMMANDS[command][lang] : command;
}

function isCommand(text: string): text is CaseCommand {
  return Object.hasOwn(COMMANDS, text);
}

/** What the system notes in a case without moving it. */
const NOTED: Readonly<Record<string, Label>> = {
  "limit-passed": label("时限已过", "limit passed"),
  "level-raised": label("级别提高", "level raised"),
  recurred: label("再次出现", "came again"),
  "found-late": label("迟到数据", "late data"),
  suppressed: label("抑制", "suppressed"),
};

/** What was done in a step that left the state as it was. */
export function stepName(what: string, lang: Lang): string {
  return NOTED[what]?.[lang] ?? commandName(what, lang);
}

const RECIPIENTS: Readonly<Record<string, Label>> = {
  "C-duty": label("市局值班", "city duty desk"),
  "Q-board": label("旗区看板", "banner board"),
  "Q-head": label("旗区局负责人", "head of the banner bureau"),
  "C-head": label("市局负责人", "head of the city bureau"),
  E: label("应急部门", "emergency authority"),
  "pest-contractor": label("有害生物防制单位", "pest contractor"),
  "gas-company": label("燃气公司", "gas company"),
  "fire-service": label("消防救援", "fire service"),
  utility: label("供电通信单位", "utility"),
};

export function recipientName(to: string, lang: Lang): string {
  return RECIPIENTS[to]?.[lang] ?? roleName(to, lang);
}

const CHANNELS: Readonly<Record<string, Label>> = {
  "in-app": label("站内消息", "in the app"),
  voice: label("后厨语音", "voice in the kitchen"),
  push: label("推送", "push"),
  sms: label("短信", "text message"),
  call: label("电话", "phone call"),
  "recorded-call": label("录音电话", "recorded call"),
};

export function channelName(channel: string, lang: Lang): string {
  return CHANNELS[channel]?.[lang] ?? channel;
}

const FATES: Readonly<Record<string, Label>> = {
  waiting: label("待发送", "waiting to be sent"),
  sent: label("已送出", "sent"),
  shown: label("仅在此显示，未接通该渠道", "shown here only: the channel is not connected"),
  failed: label("发送失败", "failed"),
  "no-address": label("没有联系方式", "no address known"),
  capped: label("当日条数已满，未发", "not sent: the day's number was reached"),
  expired: label("已过时，未发", "not sent: out of date"),
};

export function noticeState(state: string, lang: Lang): string {
  return FATES[state]?.[lang] ?? state;
}

const COMPONENTS: Readonly<Record<IndexComponent, Label>> = {
  process: label("过程控制", "Process"),
  behaviour: label("行为规范", "Behaviour"),
  "self-control": label("自查自控", "Self-control"),
  papers: label("证照", "Papers"),
  inspection: label("监督检查", "Inspection"),
  complaints: label("投诉评价", "Complaints"),
  trace: label("追溯", "Trace"),
};

export function componentName(component: IndexComponent, lang: Lang): string {
  return COMPONENTS[component][lang];
}

const STANDINGS = {
  rated: label("已评级", "rated"),
  insufficient: label("数据不足", "too little data"),
  "not-rated": label("未评级", "not rated"),
} as const;

export function standingName(standing: keyof typeof STANDINGS, lang: Lang): string {
  return STANDINGS[standing][lang];
}

/** An account's area (`banner:150602`) in words. */
export function areaText(area: string, lang: Lang): string {
  if (!area.startsWith("kitchens:")) return areaName(area)[lang];
  const ids = area.slice("kitchens:".length).split(",");
  if (ids.length === 1) return ids[0] ?? "";
  return lang === "zh" ? `${ids.length} 家单位` : `${ids.length} kitchens`;
}
