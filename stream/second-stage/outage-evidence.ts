/** What proves an outage, and whom it hits (O06). */
import type { Cause } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { causeOfTime } from "../rules/cause.ts";
import { darkInside } from "./area-candidates.ts";
import type { AreaSilences } from "./area-silences.ts";
import type { CityRuleContext } from "./city-rule.ts";

/** A banner is hit by an area's outage if it has at least this share of its dark devices. */
const BANNER_SHARE = 0.1;
/** Devices named as evidence. */
const WITNESSES = 8;

/** The banners that have a tenth of the area's dark devices or more. */
export function bannersHit(area: string, silences: AreaSilences, context: CityRuleContext): string[] {
  const dark = silences.fallen(area);
  return [...darkInside(area, silences, context)]
    .filter(([other, devices]) => other.startsWith("banner:") && devices >= BANNER_SHARE * dark)
    .map(([banner]) => banner);
}

/** The first devices that fell silent. */
export function witnesses(silences: AreaSilences, area: string, { city, areas }: CityRuleContext): Cause[] {
  const causes: Cause[] = [];
  for (const { device, time } of silences.of(area, areas)) {
    const { id } = city.devices[device]!;
    const wording = { zh: `${id} 开始无数据`, en: `${id} fell silent` };
    causes.push(causeOfTime(time, `silent-from-${formatTime(time)}`, wording, `/devices/${id}`));
    if (causes.length === WITNESSES) break;
  }
  return causes;
}

export function causeOfArea(area: string, { areas, now }: CityRuleContext): Cause {
  const { known, online, kitchens } = areas.count(area)!;
  const { zh, en } = areaName(area);
  return causeOfTime(now, `outage-${area}-${formatTime(now)}`, {
    zh: `${zh}：${kitchens} 家单位的 ${known} 台设备中 ${known - online} 台无数据`,
    en: `${en}: ${known - online} of ${known} devices of ${kitchens} kitchens are silent`,
  });
}
