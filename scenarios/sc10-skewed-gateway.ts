import { formatTime, MINUTE_MS, minutes, parseTime } from "../twin/kernel/time.ts";
import { eventsIn } from "./replayed.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, equal, matches, noneOf } from "./verdict.ts";

const SENSORS = 12;
const WARM = "SC10/fridge-3";
const restaurant: NamedKitchen = {
  id: "SC10",
  type: "large",
  devices: Array.from({ length: SENSORS }, (_, i) => ({
    id: `SC10/fridge-${i + 1}`,
    kind: "fridge-temperature",
    zone: "cold-store",
    reportEveryMs: 60_000,
    gateway: "SC10/gw",
  })),
};

/** A reading of a fridge by its own clock. */
function reading(n: number, time: string): string {
  return JSON.stringify({
    specversion: "1.0",
    id: `astray-${n}`,
    source: `/devices/${WARM}`,
    type: "warmcity.reading",
    subject: "SC10",
    time,
    receivedtime: formatTime(at("05-12 10:00")),
    bootid: "astray",
    sequence: n,
    data: { value: 40 },
  });
}

const story = new Story({
  from: "05-12 08:30",
  until: "05-12 13:30",
  kitchens: [restaurant],
  incidents: [
    {
      kind: "clock-skew",
      kitchen: "SC10",
      from: at("05-12 09:00"),
      to: at("05-12 12:00"),
      offsetMs: minutes(47),
    },
    {
      kind: "cold-failure",
      device: WARM,
      at: at("05-12 09:05"),
      start: 4,
      slopePerMin: 4 / 60,
      ambient: 22,
      repairAt: at("05-12 10:50"),
      sigma: 0.05,
    },
  ],
})
  .sends("05-12 10:00", reading(1, "1970-01-01T00:03:00Z"))
  .sends("05-12 10:00", reading(2, "2000-01-01T00:00:00Z"));

export const skewedGateway = defineScenario({
  name: "sc10-skewed-gateway",
  title: { zh: "网关时钟快了 47 分钟", en: "a gateway whose clock runs ahead" },
  story,
  ways: { load: ["05-12 08:55", "05-12 10:45"] },
  expects: [
    {
      says: {
        zh: "一分钟内发现，其冷藏柜按真实时间告警一次",
        en: "is found within a minute, and its fridge rings at the true time, once",
      },
      alertsOf: "SC10",
      are: [
        ["05-12 09:01", "O05 raised L4 gateway:SC10/gw", 1],
        ["05-12 10:35", `T01 raised L3 ${WARM}`, 2],
        ["05-12 11:32", `T01 resolved L3 ${WARM}`, 2],
        ["05-12 13:00", "O05 resolved L4 gateway:SC10/gw"],
      ],
    },
    {
      says: {
        zh: "时钟回准满一小时自动办结",
        en: "is closed by itself when the clock has been right for an hour",
      },
      stepsOf: { kitchen: "SC10", code: "O05" },
      are: ["new", "dispatched", "closed"],
    },
  ],
  checks: [
    {
      says: {
        zh: "每条消息都保留，12:00 后重复的时刻也在，无一迟到",
        en: "keeps every message, the times that come twice after 12:00 as well, and makes none late",
      },
      holds: (told) => {
        const { summary, lines } = told.alone();
        const sent = lines.reduce((sum, { text }) => sum + eventsIn(text), 0);
        return [
          atLeast(sent, (SENSORS * (told.until - told.from)) / MINUTE_MS + 1, "sent"),
          matches(summary, { received: sent, accepted: sent - 2, duplicates: 0, late: 0, afterEnd: 0 }),
        ];
      },
    },
    {
      says: { zh: "1970 年、2000 年的数据进不来", en: "lets no data of 1970 or 2000 in" },
      holds: (told) => [equal(told.alone().summary.rejected, 2, "rejected")],
    },
    {
      says: { zh: "没有先结束后开始的告警", en: "knows no alert that ends before it begins" },
      holds: (told) =>
        noneOf(
          told.alone().outputs.flatMap(({ data }) => {
            if (!("raisedAt" in data)) return [];
            const { raisedAt, levelAt, resolvedAt } = data;
            const times = [raisedAt, levelAt, resolvedAt ?? levelAt].map(parseTime);
            return times.every((time, i) => i === 0 || time >= times[i - 1]!)
              ? []
              : [`${data.alert}: ${times}`];
          }),
        ),
    },
  ],
});
