/** Measured values as people read them: the units that devices and rules use (SenML and UCUM codes) in both languages. */
import type { Bilingual } from "../events/output-events.ts";

const same = (text: string): Bilingual => ({ zh: text, en: text });

const UNIT_NAMES: Readonly<Record<string, Bilingual>> = {
  Cel: same("°C"),
  "%": same("%"),
  "%LEL": same("% LEL"),
  "%[LEL]": same("% LEL"),
  "%RH": same("% RH"),
  "mg/m3": same("mg/m³"),
  "mg/g": same("mg/g"),
  g: same("g"),
  kg: same("kg"),
  m: { zh: "米", en: "m" },
  W: same("W"),
  ms: { zh: "毫秒", en: "ms" },
  s: { zh: "秒", en: "s" },
  min: { zh: "分钟", en: "min" },
  h: { zh: "小时", en: "h" },
  d: { zh: "天", en: "d" },
  count: { zh: "次", en: "times" },
  "{case}": { zh: "例", en: "cases" },
  "1": same(""),
};

/** The unit's name; an unknown code names itself. */
export function unitName(code: string): Bilingual {
  return Object.hasOwn(UNIT_NAMES, code) ? UNIT_NAMES[code]! : same(code);
}

/** `8.4 °C`: two decimals at most, none that are zero. */
export function quantityText(number: number, unit: string): Bilingual {
  const { zh, en } = unitName(unit);
  const figure = String(Number(number.toFixed(2)));
  return { zh: `${figure} ${zh}`.trim(), en: `${figure} ${en}`.trim() };
}
