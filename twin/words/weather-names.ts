/** Kinds and colours of weather warnings as people read them; what is not known stays as it was said. */
import type { Bilingual } from "../events/output-events.ts";

const KINDS: Readonly<Record<string, Bilingual>> = {
  dust: { zh: "沙尘", en: "dust" },
  wind: { zh: "大风", en: "gale" },
  rain: { zh: "暴雨", en: "heavy rain" },
  thunder: { zh: "雷电", en: "thunderstorm" },
  hail: { zh: "冰雹", en: "hail" },
  snow: { zh: "暴雪", en: "heavy snow" },
  heat: { zh: "高温", en: "heat" },
  cold: { zh: "寒潮", en: "cold wave" },
};
const LEVELS: Readonly<Record<string, string>> = {
  blue: "蓝色",
  yellow: "黄色",
  orange: "橙色",
  red: "红色",
};

/** `沙尘橙色预警`, `orange warning of dust`. */
export function weatherName(kind: string, level: string): Bilingual {
  const known = KINDS[kind] ?? { zh: kind, en: kind };
  return { zh: `${known.zh}${LEVELS[level] ?? level}预警`, en: `${level} warning of ${known.en}` };
}
