import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { alertsOf } from "./happenings.ts";
import { casesIn, violationsOf } from "./invariants.ts";
import { paired } from "./judge.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, atMost, equal, hasNot, noneOf } from "./verdict.ts";

const FROM = "05-16 16:30";
const UNTIL = "05-16 23:30";
const UNITS = Array.from({ length: 64 }, (_, i) => `SC15-${String(i + 1).padStart(2, "0")}`);

const unit = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["10:00", "23:00"]],
  devices: [
    { id: `${id}/cam-1`, kind: "camera", zone: "cooking", reportEveryMs: 60_000 },
    { id: `${id}/cam-2`, kind: "camera", zone: "serving", reportEveryMs: 60_000 },
    { id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` },
  ],
});

/** Hats missing in every fourth kitchen, so often in the evening; each time a little while. */
const hats = (times: number): Incident[] =>
  UNITS.filter((_, i) => i % 4 === 0).flatMap((id, i) =>
    Array.from({ length: times }, (_, n) => ({
      kind: "camera-hits" as const,
      camera: `${id}/cam-1`,
      class: "no_hat" as const,
      hits: [0, 10, 20, 30].map((second) => ({
        at: at("05-16 17:30") + minutes(3 * i + 40 * n) + second * 1_000,
        confidence: 0.9,
      })),
    })),
  );

/** Waiters of the whole street cross every kitchen's serving area, all evening. */
const waiters: Incident[] = UNITS.map((id, i) => ({
  kind: "camera-hits",
  camera: `${id}/cam-2`,
  class: "stranger",
  hits: Array.from({ length: 60 }, (_, n) => ({
    at: at("05-16 17:10") + minutes(5 * n) + i * 700,
    confidence: 0.88,
    lastedMs: 15_000,
  })),
}));

/** At dusk the lamps go on, and the pictures are blurred until the cameras have settled. */
const dusk: Incident[] = UNITS.flatMap((id) =>
  [1, 2].map((camera) => ({
    kind: "camera-view" as const,
    camera: `${id}/cam-${camera}`,
    state: "blurred" as const,
    from: at("05-16 19:10"),
    to: at("05-16 19:11"),
  })),
);

const praise: Incident[] = UNITS.map((id) => ({
  kind: "review-storm",
  kitchen: id,
  platform: "meituan",
  from: at("05-16 18:00"),
  to: at("05-16 22:00"),
  ratings: 40,
  stars: 5,
  newShare: 0.7,
  noOrderShare: 0.6,
  copiedShare: 0.5,
  text: "好吃",
  otherTexts: ["热闹", "干净卫生"],
}));

const storyOf = (incidents: readonly Incident[]) =>
  new Story({ from: FROM, until: UNTIL, kitchens: UNITS.map(unit), incidents });
/** The same street on an ordinary Saturday, by the same chance. */
const ordinarySaturday = storyOf(hats(1));
const usual = ({ seed }: Story) => (seed === undefined ? ordinarySaturday : ordinarySaturday.seeded(seed));

const hitsOf = (told: Story) =>
  told.alone().lines.filter(({ text }) => text.includes("warmcity.detection")).length;
const codesOf = (told: Story) => new Set(casesIn(told.alone()).map(({ code }) => code));

/** Live pictures of the street, one opened each 20 s from 19:00 to 20:00; slow ones between `from` and `to` (minutes). */
function opens(from: number, to: number, seed: number | undefined): Story {
  const told = new Story({ from: "05-16 18:50", until: "05-16 20:05", kitchens: [unit(UNITS[0]!)], seed });
  for (let n = 0; n < 180; n++) {
    const minute = Math.floor(n / 3);
    const clock = `19:${String(minute).padStart(2, "0")}:${String((n % 3) * 20).padStart(2, "0")}`;
    const firstFrameMs = minute >= from && minute < to ? 1_300 : 640;
    const picture = { camera: `${UNITS[0]}/cam-1`, firstFrameMs, street: "DS-15" };
    told.says("warmcity.video.measured", `05-16 ${clock}`, picture, {
      kitchen: null,
      source: "/systems/media",
    });
  }
  return told;
}

export const festival = defineScenario({
  name: "sc15-festival",
  title: { zh: "示范街办节庆", en: "a festival on a demonstration street" },
  story: storyOf([...hats(4), ...waiters, ...dusk, ...praise]),
  ways: {
    load: ["05-16 17:00", "05-16 18:30"],
    liveUntil: "05-16 18:00",
    tickMs: 5_000,
    floodedUntil: "05-16 18:00",
  },
  checks: [
    {
      says: {
        zh: "摄像头命中数倍于平日，案件不比平常周六多",
        en: "makes no more cases than an ordinary Saturday, though cameras report many times as many hits",
      },
      holds: (told) => {
        const cases = casesIn(usual(told).alone()).length;
        return [
          atLeast(hitsOf(told), 4 * hitsOf(usual(told)), "hits"),
          atLeast(cases, 1, "cases on an ordinary Saturday"),
          atMost(casesIn(told.alone()).length, 1.5 * cases, "cases at the festival"),
        ];
      },
    },
    {
      says: {
        zh: "不把服务员当外人，不把灯光当遮挡，不把好评当刷评",
        en: "takes no waiter for a stranger, no lamps for a covered camera, and no praise for an attack",
      },
      holds: (told) => [
        equal(codesOf(told), codesOf(usual(told)), "codes"),
        ...hasNot(codesOf(told), "P05", "O03", "C03"),
      ],
    },
    {
      says: { zh: "任何单位变色不超过一次", en: "changes no unit's colour more than once" },
      holds: (told) => {
        const changes = new Map<string, number>();
        for (const { subject, data } of told.alone().outputs) {
          if (subject === null || !("region" in data) || data.region !== "colour" || data.from === "grey")
            continue;
          changes.set(subject, (changes.get(subject) ?? 0) + 1);
        }
        return [atMost(Math.max(0, ...changes.values()), 1, "changes")];
      },
    },
    {
      says: {
        zh: "直播画面打开过慢满 10 分钟告警，恢复满 15 分钟结束；慢 9 分钟不报",
        en: "rings when its live pictures have opened too slowly for 10 min, until they have been quick for 15; not for 9 slow minutes",
      },
      holds: ({ seed }) => [
        ...paired(alertsOf(opens(10, 22, seed).alone(), null), [
          ["05-16 19:20", "O07 raised L4 street:DS-15", 0.5],
          ["05-16 19:38", "O07 resolved L4 street:DS-15", 1],
        ]),
        equal(alertsOf(opens(10, 19, seed).alone(), null), [], "9 slow minutes"),
        ...noneOf(violationsOf(opens(10, 22, seed).alone())),
      ],
    },
  ],
});
