/** A reading as a cause on an alert: identity, log position, and what it says in both languages. */
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { quantityText } from "../../twin/words/unit-names.ts";
import type { Sample } from "../order/sample.ts";
import { causeOfTime, type Wording, worded } from "../rules/cause.ts";

/** `wording` defaults to the device kind and the value: `Fridge temperature 8.4 °C`. */
export function causeOfSample(city: City, sample: Sample, wording?: Wording): Cause {
  const device = city.devices[sample.device]!;
  const identity = sample.sequence < 0 ? formatTime(sample.time) : `${sample.boot}/${sample.sequence}`;
  return {
    source: `/devices/${device.id}`,
    id: sample.event?.id ?? identity,
    time: formatTime(sample.time),
    position: sample.position < 0 ? null : sample.position,
    ...worded(wording ?? readingText(device.kind, sample.value)),
  };
}

/** Nothing heard of the device since `last`, noticed `at`; both ms since epoch. */
export function causeOfSilence(device: { readonly id: string }, at: number, last: number): Cause {
  const moment = momentText(last);
  const wording = { zh: `自 ${moment} 起无数据`, en: `no message since ${moment}` };
  return causeOfTime(at, `silent-since-${formatTime(last)}`, wording, `/devices/${device.id}`);
}

/** How far a clock is off; above zero = ahead. */
export function offsetText(offsetMs: number): Bilingual {
  const off = Math.round(Math.abs(offsetMs) / 1_000);
  return offsetMs < 0
    ? { zh: `时钟慢 ${off} 秒`, en: `clock ${off} s behind` }
    : { zh: `时钟快 ${off} 秒`, en: `clock ${off} s ahead` };
}

/** What a reading says: `冷藏温度 8.4 °C`, `Fridge temperature 8.4 °C`. */
export function readingText(kind: DeviceKind, value: number): Bilingual {
  const { zh, en, unit } = deviceKind(kind);
  const quantity = quantityText(value, unit ?? "");
  return {
    zh: `${zh} ${quantity.zh}`,
    en: `${en.charAt(0).toUpperCase()}${en.slice(1)} ${quantity.en}`,
  };
}
