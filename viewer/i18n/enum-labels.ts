/** Names of the city's enumerations in both languages, in one place. Device kinds bring their own (`twin/devices`). */
import type { MapState } from "../../stream/wire.ts";
import { bannerOf, officeOf } from "../../twin/city/geography.ts";
import type { KitchenType } from "../../twin/city/kitchen.ts";
import { deviceKinds } from "../../twin/devices/catalogue.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { CaseState } from "../../twin/events/output-events.ts";
import type { RegionName, RegionStates } from "../../twin/kitchen.machine.ts";
import { unitName } from "../../twin/words/unit-names.ts";
import { zoneName as zoneWords } from "../../twin/words/zone-names.ts";
import type { Lang } from "./dictionary.ts";

export type Label = Readonly<Record<Lang, string>>;
export const label = (zh: string, en: string): Label => ({ zh, en });

export const STATE_LABELS: Readonly<Record<MapState, Label>> = {
  normal: label("正常", "Normal"),
  L4: label("四级 提醒", "L4 notice"),
  L3: label("三级 一般", "L3 general"),
  L2: label("二级 严重", "L2 serious"),
  L1: label("一级 紧急", "L1 critical"),
  offline: label("离线", "Offline"),
  closed: label("休息歇业", "Closed"),
  never: label("未接入", "Never heard"),
};

export const LEVEL_WORDS: Readonly<Record<"L1" | "L2" | "L3" | "L4", Label>> = {
  L1: label("紧急", "Critical"),
  L2: label("严重", "Serious"),
  L3: label("一般", "General"),
  L4: label("提醒", "Notice"),
};

export const TYPE_LABELS: Readonly<Record<KitchenType, Label>> = {
  "very-large": label("特大型餐饮", "Very large restaurant"),
  large: label("大型餐饮", "Large restaurant"),
  medium: label("中型餐饮", "Medium restaurant"),
  small: label("小型餐饮", "Small restaurant"),
  drinks: label("饮品店", "Drinks shop"),
  school: label("学校（幼儿园）食堂", "School canteen"),
  "elder-care": label("养老机构食堂", "Elder-care canteen"),
  hospital: label("医疗机构食堂", "Hospital canteen"),
  office: label("机关事业单位食堂", "Office canteen"),
  nursery: label("托育机构食堂", "Nursery canteen"),
  "mobile-banquet": label("大型聚餐流动餐馆", "Mobile banquet caterer"),
};

/** Regions of the kitchen's machine, in the order they are shown; `attention` is the badge above them. */
export const REGION_LABELS: Readonly<Record<Exclude<RegionName, "attention">, Label>> = {
  operation: label("营业", "Operation"),
  licence: label("许可", "Licence"),
  connection: label("连接", "Connection"),
  colour: label("食安色", "Colour"),
  hygiene: label("卫生", "Hygiene"),
  "cold-chain": label("冷链与设备", "Cold chain"),
  "self-control": label("自查", "Self-control"),
};

const REGION_STATES: Readonly<Record<RegionStates[Exclude<RegionName, "attention">], Label>> = {
  open: label("正常经营", "in business"),
  closed: label("已打烊", "closed"),
  "rest-day": label("休息日", "rest day"),
  maintenance: label("维护中", "maintenance"),
  "presumed-closed": label("疑似歇业", "presumed closed"),
  valid: label("有效", "valid"),
  expiring: label("即将到期", "expiring"),
  expired: label("已过期", "expired"),
  pending: label("延续受理中", "pending"),
  revoked: label("已吊销", "revoked"),
  never: label("从未连接", "never"),
  online: label("在线", "online"),
  partial: label("部分离线", "partly offline"),
  dark: label("全部离线", "dark"),
  good: label("良好", "good"),
  watch: label("关注", "watch"),
  bad: label("异常", "bad"),
  green: label("绿", "green"),
  amber: label("黄", "amber"),
  red: label("红", "red"),
  grey: label("灰", "grey"),
};
/** What a regulator must look at, and what is worth a second look. */
const GRAVE = new Set(["expired", "revoked", "dark", "bad", "red"]);
const DOUBTFUL = new Set(["expiring", "partial", "watch", "amber", "presumed-closed"]);

const CASE_LABELS: Readonly<Record<CaseState, Label>> = {
  new: label("预警", "new"),
  suppressed: label("抑制", "suppressed"),
  merged: label("并案", "merged"),
  verifying: label("核实中", "verifying"),
  false: label("误报", "false"),
  confirmed: label("已核实", "confirmed"),
  dispatched: label("已派发", "dispatched"),
  escalated: label("已升级", "escalated"),
  acked: label("已签收", "acknowledged"),
  rectifying: label("整改中", "rectifying"),
  submitted: label("已提交", "submitted"),
  recheck: label("复查中", "recheck"),
  closed: label("已办结", "closed"),
  filed: label("已立案", "filed"),
  decided: label("已决定", "decided"),
  "no-penalty": label("不予处罚", "no penalty"),
  transferred: label("已移送", "transferred"),
  appealed: label("申诉中", "appealed"),
  reopened: label("再次打开", "reopened"),
};

/** Whose turn it is in a case (DOMAIN §5). */
const ROLE_LABELS: Readonly<Record<string, Label>> = {
  O: label("经营单位", "operator"),
  S: label("监管所", "market office"),
  Q: label("旗区局", "banner bureau"),
  C: label("市局", "city bureau"),
  B: label("包保干部", "cadre"),
  H: label("卫健部门", "health authority"),
  PL: label("平台", "platform"),
  OPS: label("运维单位", "integrator"),
  admin: label("系统管理员", "administrator"),
  source: label("数据来源", "data source"),
  system: label("系统", "system"),
};

export function roleName(role: string, lang: Lang): string {
  return ROLE_LABELS[role]?.[lang] ?? role;
}

export function regionState(state: string, lang: Lang): string {
  return isRegionState(state) ? REGION_STATES[state][lang] : state;
}

export function regionGravity(state: string): "grave" | "doubtful" | "fine" {
  return GRAVE.has(state) ? "grave" : DOUBTFUL.has(state) ? "doubtful" : "fine";
}

function isRegionState(state: string): state is keyof typeof REGION_STATES {
  return Object.hasOwn(REGION_STATES, state);
}

export function isCaseState(text: string): text is CaseState {
  return Object.hasOwn(CASE_LABELS, text);
}

export function caseState(state: CaseState, lang: Lang): string {
  return CASE_LABELS[state][lang];
}

export function deviceName(kind: DeviceKind, lang: Lang): string {
  return capital(deviceKinds[kind][lang]);
}

/** A zone's name by its kind; zone ids are kinds with a number. */
export function zoneName(zone: string, lang: Lang): string {
  const name = zoneWords(zone)[lang];
  return name === zone ? zone : capital(name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function bannerName(code: string, lang: Lang): string {
  return bannerOf(code)?.[lang] ?? code;
}

/** Without the word for what it is, which Chinese needs and English repeats. */
export function bannerShortName(code: string, lang: Lang): string {
  return bannerName(code, lang).replace(/ (Banner|District)$/, "");
}

export function officeName(id: string, lang: Lang): string {
  return officeOf(id)?.[lang] ?? id;
}

/** Without the banner's name before it, and without the words that all offices share. */
export function officeShortName(id: string, lang: Lang): string {
  const banner = bannerOf(officeOf(id)?.banner ?? "")?.zh ?? "";
  const name = officeName(id, lang);
  const own = banner !== "" && name.startsWith(banner) ? name.slice(banner.length) : name;
  return own.replace(/市场监督管理所$/, "所").replace(/ market office$/, "");
}

/** A measured value as people read it; whole numbers stay whole for counts. */
export function quantity(
  { number, unit }: { readonly number: number; readonly unit: string },
  lang: Lang,
): string {
  const counted = unit === "count" || unit === "1" || unit.startsWith("{");
  const digits = counted || Math.abs(number) >= 100 ? 0 : 1;
  return `${number.toFixed(digits)} ${unitName(unit)[lang]}`.trim().replace(/ %$/, "%");
}
