/**
 * A weather warning reaches those who cook outdoors: mobile caterers and food trucks of its banners. It is no alert and no
 * case: the one thing that is asked for is the notification. A warning that was over when it came tells nobody.
 */
import type { City } from "../../twin/city/city.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { EventOf } from "../../twin/events/event.ts";
import { hashHex } from "../../twin/kernel/hash.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { weatherName } from "../../twin/words/weather-names.ts";
import { type WeatherWarning, warningOf } from "../duties/weather.ts";
import { type OutputOf, outputId } from "../output.ts";

export function weatherNotices(
  city: City,
  event: EventOf<"warmcity.weather.warned">,
): OutputOf<"warmcity.notification.requested">[] {
  const warning = warningOf(event);
  if (event.receivedAt !== null && event.receivedAt >= warning.to) return [];
  const text = textOf(warning);
  return city.kitchens
    .filter((kitchen) => concerns(warning, kitchen))
    .map(({ id, name }) => {
      const notification = hashHex(`weather|${warning.name}|${id}`);
      return {
        type: "warmcity.notification.requested",
        id: outputId("warmcity.notification.requested", notification),
        time: event.time,
        subject: id,
        data: {
          notification,
          case: null,
          level: "L4",
          to: "O",
          channel: "push",
          ring: false,
          notBefore: null,
          text: { zh: `${text.zh}：${name}`, en: `${text.en}: ${name}` },
        },
      };
    });
}

/** Whether the kitchen cooks outdoors where the warning holds. */
export function concerns({ banners }: WeatherWarning, { type, permit, banner }: Kitchen): boolean {
  const isMobile = type === "mobile-banquet" || permit !== null;
  return isMobile && (banners.length === 0 || banners.includes(banner));
}

export function textOf({ kind, level, from, to }: WeatherWarning) {
  const name = weatherName(kind, level);
  const [begins, ends] = [momentText(from), momentText(to)];
  return {
    zh: `【气象】${name.zh}，${begins} 至 ${ends}，请停止露天加工、固定设备`,
    en: `[Weather] ${name.en}, ${begins} to ${ends}: stop cooking outdoors, secure what stands there`,
  };
}
