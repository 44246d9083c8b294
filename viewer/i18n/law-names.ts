/** Legal bases as alerts name them (`食品安全法 Art. 33(6)`), written out in the reader's language. */
import type { Lang } from "./dictionary.ts";

/** Longer names stand before those they begin with. */
const ENGLISH: readonly (readonly [zh: string, en: string])[] = [
  ["食品安全法实施条例", "Food Safety Law Regulation"],
  ["食品安全法", "Food Safety Law"],
  ["餐饮服务食品安全操作规范", "Catering Operating Code 2018"],
  ["企业落实食品安全主体责任监督管理规定", "Enterprise Duty Rules, SAMR Order 60"],
  ["食品经营许可和备案管理办法", "Food Trading Licence Measures"],
  ["食品生产经营监督检查管理办法", "Food Inspection Measures"],
  ["网络餐饮服务经营者规定", "Online Catering Rules"],
  ["学校食品安全与营养健康管理规定", "School Food Safety and Nutrition Rules"],
  ["市场监督管理行政处罚程序规定", "Market Supervision Penalty Procedure"],
  ["安全生产法", "Work Safety Law"],
  ["行政处罚法", "Administrative Penalty Law"],
  ["行政许可法", "Administrative Licensing Law"],
  ["食品召回管理办法", "Food Recall Measures"],
  ["国家食品安全事故应急预案", "National Food Safety Emergency Plan"],
  ["餐饮服务明厨亮灶工作指导意见", "Open Kitchen Guideline"],
  ["鄂市监发〔2023〕169号", "City plan no. 169 of 2023"],
];

/** A law without an English name keeps its own. */
export function legalText(basis: string, lang: Lang): string {
  if (lang === "zh")
    return basis
      .replace(/ Art\. (.+)$/, (_, articles: string) => `第 ${articles.replaceAll(", ", "、")} 条`)
      .replace(" App. ", "附录 ");
  const known = ENGLISH.find(([zh]) => basis.startsWith(zh));
  return known === undefined ? basis : `${known[1]}${basis.slice(known[0].length)}`;
}
