import type { Output } from "../stream/output.ts";
import { Random } from "../twin/kernel/random.ts";
import { minutes } from "../twin/kernel/time.ts";
import { lastWords, lived } from "./lived.ts";
import { type Line, replayed, withoutPositions } from "./replayed.ts";
import { defineScenario } from "./scenario.ts";
import { at, Story } from "./story.ts";
import { atLeast, equal, has, noneOf } from "./verdict.ts";

const TOWN = { kitchens: 120, preset: "full", seed: 1 } as const;
const FROM = at("06-02 10:00");
const { city } = new Story({ from: "06-02 10:00", until: "06-02 10:00", kitchens: [], town: TOWN });
const deviceOf = (kind: string) => city.devices.find((device) => device.kind === kind)!.id;

/** Three copies of each line, each up to nine (or so many) minutes late. */
function flood(clean: readonly Line[], seed: number, lateMin = 9): Line[] {
  const random = new Random(seed, "flood");
  const copies = clean.flatMap((line) =>
    [1, 2, 3].map(() => ({ ...line, at: line.at + random.between(0, minutes(lateMin)) })),
  );
  return copies.sort((a, b) => a.at - b.at);
}

/** Every hundredth line comes 21 to 60 min after its time. */
function delayed(clean: readonly Line[]): Line[] {
  const random = new Random(9, "late");
  const moved = clean.map((line) => ({ ...line, isLate: random.chance(0.01) }));
  return moved
    .map((line) => (line.isLate ? { ...line, at: line.at + minutes(random.between(21, 60)) } : line))
    .sort((a, b) => a.at - b.at);
}

/** Who is rung for what. A device whose data are on their way for half an hour is silent, and that may be said (O). */
function rings(outputs: readonly Output[]): string[] {
  const codeOf = new Map(outputs.flatMap(({ data }) => ("raisedAt" in data ? [[data.case, data.code]] : [])));
  return outputs.flatMap(({ data }) => {
    if (!("channel" in data) || codeOf.get(data.case ?? "")?.startsWith("O0") === true) return [];
    return [`${data.case} ${data.level} ${data.to} ${data.channel}`];
  });
}

/** What a listener holds in the end of the alerts of kitchens, when they were received apart. */
function heldOf(outputs: readonly Output[]): string[] {
  return [...lastWords(outputs).values()]
    .filter(({ kitchen, reason }) => kitchen !== null && reason !== "withdrawn")
    .map(({ alert, level, state, raisedAt, levelAt, resolvedAt }) =>
      [alert, level, state, raisedAt, levelAt, resolvedAt].join(" "),
    )
    .sort();
}

function differing(seen: readonly string[], wanted: readonly string[]): string[] {
  if (seen.length !== wanted.length) return [`${seen.length} outputs instead of ${wanted.length}`];
  return seen.filter((text, i) => text !== wanted[i]).slice(0, 3);
}

export const floods = defineScenario({
  name: "sc11-flood",
  title: { zh: "消息成三份、乱序涌来", en: "a flood of duplicates out of order" },
  story: new Story({
    from: "06-02 10:00",
    until: "06-02 12:30",
    kitchens: [],
    town: TOWN,
    seed: 3,
    incidents: [
      {
        kind: "cold-failure",
        device: deviceOf("fridge-temperature"),
        at: FROM + minutes(5),
        slopePerMin: 0.4,
        ambient: 22,
        repairAt: FROM + minutes(90),
      },
      {
        kind: "camera-view",
        camera: deviceOf("camera"),
        state: "covered",
        from: FROM + minutes(20),
        to: FROM + minutes(45),
      },
    ],
  }),
  ways: null,
  checks: [
    {
      says: { zh: "有告警、升级与案件可比", en: "has alerts, level changes and cases to compare" },
      holds: (told) =>
        has(
          new Set<string>(told.alone().outputs.map(({ type }) => type)),
          "warmcity.alert.raised",
          "warmcity.alert.level-changed",
          "warmcity.alert.resolved",
          "warmcity.case.changed",
        ),
    },
    ...[1, 2, 3].map((seed) => ({
      says: {
        zh: `甲：三份乱序（种子 ${seed}）逐字段得到相同输出`,
        en: `A: gives the same outputs, field by field, from three shuffled copies (seed ${seed})`,
      },
      holds: (told: Story) => {
        const { lines, outputs, summary } = told.alone();
        const flooded = replayed(told.city, flood(lines, seed), told.until);
        return [
          ...noneOf(differing(flooded.outputs.map(withoutPositions), outputs.map(withoutPositions))),
          equal(flooded.summary, {
            ...summary,
            received: 3 * summary.received,
            duplicates: 2 * summary.received + summary.duplicates,
          }),
        ];
      },
    })),
    {
      says: {
        zh: "乙：迟到者数目准确，且不因此响铃",
        en: "B: counts exactly what is delayed beyond the lateness, and rings nothing for it",
      },
      holds: (told) => {
        const { lines, outputs, summary } = told.alone();
        const late = replayed(told.city, delayed(lines), told.until);
        const usual = new Set(rings(outputs));
        return [
          equal(late.summary.accepted, summary.accepted, "accepted"),
          atLeast(late.summary.late, 1, "late"),
          equal(
            late.summary.processed + late.summary.late + late.summary.quarantined,
            late.summary.accepted,
            "processed, late or quarantined",
          ),
          ...noneOf(rings(late.outputs).filter((ring) => !usual.has(ring))),
        ];
      },
    },
    {
      says: {
        zh: "实时：一分钟内乱序的三份，最后留给听者的告警与最终结果一致",
        en: "live: three copies, shuffled within a minute, leave listeners with the alerts of the kitchens as settled",
      },
      holds: (told) => {
        const until = FROM + minutes(60);
        const { lines } = told.alone();
        const { given } = lived(told.city, flood(lines, 4, 1), { until });
        const outputs = given.map(({ output }) => output).filter(({ time }) => time <= until);
        const settled = heldOf(replayed(told.city, lines, until).outputs);
        return [
          equal(heldOf(outputs), settled),
          atLeast(settled.length, 2, "alerts"),
          equal(new Set(rings(outputs)).size, rings(outputs).length, "rings, none twice"),
        ];
      },
    },
  ],
});
