/** The report's own words, in both languages. */
import type { CommandName, Role } from "../../twin/case.ts";
import type { Bilingual, CaseState } from "../../twin/events/output-events.ts";

const word = (zh: string, en: string): Bilingual => ({ zh, en });

export const TITLE = word("暖城孪生 · 情景演练报告", "Warm City Twin · scenario report");
export const SAYS = {
  about: word(
    "每个情景是一段事先写明结果的故事：事件真实经过接入、排序、规则与办案，再与应有结果逐条对照。",
    "Each scenario is a story whose outcome is written down beforehand: its events go the real way through door, order, rules and cases, and what comes of them is held against what must.",
  ),
  stories: word("情景", "stories"),
  expectations: word("应有结果", "expectations"),
  invariants: word("不变量", "invariants"),
  duration: word("用时", "time taken"),
  told: word("讲法", "told"),
  wanted: word("应有", "expected"),
  seen: word("实见", "seen"),
  truth: word("真相", "truth"),
  people: word("人与系统", "people, systems"),
  findings: word("依据", "findings"),
  alerts: word("告警", "alerts"),
  cases: word("案件", "cases"),
  further: word("其余未画出", "further ones are not drawn"),
  seed: word("种子", "seed"),
  theme: word("明 / 暗", "light / dark"),
} as const;

export const WAY_NAMES: Readonly<Record<string, Bilingual>> = {
  alone: word("单独", "alone"),
  background: word("背景负荷之上", "on top of the load"),
  live: word("实时", "live"),
  flooded: word("三份乱序", "three shuffled copies"),
  program: word("真实程序", "the real program"),
};

export const LEVEL_NAMES: Readonly<Record<string, Bilingual>> = {
  L1: word("一级", "L1"),
  L2: word("二级", "L2"),
  L3: word("三级", "L3"),
  L4: word("四级", "L4"),
};

/** Colours of the page (report-style.ts) and what they stand for, beside those of the levels. */
export const LEGEND: readonly { readonly colour: string; readonly name: Bilingual }[] = [
  { colour: "truth", name: word("真实发生的问题", "what really goes wrong") },
  { colour: "accent", name: word("人的处置", "what people do") },
  { colour: "blue", name: word("已派发；系统消息", "dispatched; messages of systems") },
  { colour: "teal", name: word("已签收、整改中", "acknowledged, being fixed") },
  { colour: "violet", name: word("已提交、复查中", "submitted, being rechecked") },
  { colour: "ok", name: word("已办结；符合应有结果", "closed; as expected") },
  { colour: "bad", name: word("与应有结果不符", "not as expected") },
];

export const CASE_STATE_NAMES: Readonly<Record<CaseState, Bilingual>> = {
  new: word("预警", "new"),
  suppressed: word("抑制", "suppressed"),
  merged: word("并案", "merged"),
  verifying: word("核实中", "verifying"),
  false: word("误报", "false"),
  confirmed: word("已核实", "confirmed"),
  dispatched: word("已派发", "dispatched"),
  escalated: word("已升级", "escalated"),
  acked: word("已签收", "acknowledged"),
  rectifying: word("整改中", "rectifying"),
  submitted: word("已提交", "submitted"),
  recheck: word("复查中", "recheck"),
  closed: word("已办结", "closed"),
  filed: word("已立案", "filed"),
  decided: word("已决定", "decided"),
  "no-penalty": word("不予处罚", "no penalty"),
  transferred: word("已移送", "transferred"),
  appealed: word("申诉中", "appealed"),
  reopened: word("再次打开", "reopened"),
};

export const COMMAND_NAMES: Partial<Record<CommandName, Bilingual>> = {
  "review-confirm": word("核实属实", "confirms"),
  "review-false": word("判为误报", "judges it false"),
  acknowledge: word("签收", "acknowledges"),
  dispatch: word("派发", "dispatches"),
  start: word("开始整改", "starts the fix"),
  submit: word("提交整改", "submits the fix"),
  "recheck-start": word("开始复查", "starts the recheck"),
  "recheck-pass": word("复查通过", "passes the recheck"),
  dispute: word("提出异议", "disputes"),
  transfer: word("移送", "transfers"),
};

export const ROLE_NAMES: Partial<Record<Role, Bilingual>> = {
  O: word("经营单位", "operator"),
  S: word("监管所", "market office"),
  Q: word("旗区局", "banner bureau"),
  H: word("卫健部门", "health authority"),
  PL: word("平台", "platform"),
};

/** What the simulator's truth calls the causes. */
export const CAUSE_NAMES: Readonly<Record<string, Bilingual>> = {
  "cold-failure": word("制冷失效", "refrigeration fails"),
  "sensor-profile": word("传感器示值", "what a sensor shows"),
  "gas-release": word("燃气泄漏", "gas escapes"),
  infrared: word("红外触发", "infrared triggers"),
  "camera-view": word("镜头被遮、模糊", "camera covered, blurred"),
  "camera-hits": word("镜头所见", "what cameras see"),
  "device-off": word("设备停机", "device off"),
  "gateway-cut": word("网关断线", "gateway cut off"),
  "area-cut": word("区域断电、断网", "area cut off"),
  "link-flaps": word("线路时断时续", "lines flap"),
  "clock-skew": word("时钟偏差", "clock skewed"),
  "dish-cycles": word("洗消循环", "wash cycles"),
  neglect: word("未尽职责", "duty neglected"),
  trading: word("违规经营", "trading on"),
  closing: word("停业", "closed"),
  goods: word("货品", "goods"),
  recall: word("召回", "recall"),
  illness: word("食用后发病", "diners fall ill"),
  "seal-breaches": word("封签破损", "seals broken"),
  "review-storm": word("刷评", "ordered reviews"),
  banquet: word("聚餐", "banquet"),
  route: word("车辆行驶", "a vehicle's route"),
  message: word("消息", "message"),
};
