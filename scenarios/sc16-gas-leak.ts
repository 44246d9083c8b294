import type { Incident } from "../simulator/incidents.ts";
import { formatTime, minutes } from "../twin/kernel/time.ts";
import { background } from "./background.ts";
import { alertsOf, noticesOf } from "./happenings.ts";
import { paired } from "./judge.ts";
import { lived } from "./lived.ts";
import type { Line } from "./replayed.ts";
import type { Wanted } from "./scenario.ts";
import { defineScenario } from "./scenario.ts";
import { at, inOrderOfArrival, type NamedKitchen, Story } from "./story.ts";
import { tell } from "./telling.ts";
import { atMost, equal } from "./verdict.ts";

const T09 = { kitchen: "SC16", code: "T09" };
const ROOM = "zone:SC16/cooking";
const hotpot = (id: string, probes: number): NamedKitchen => ({
  id,
  type: "medium",
  opens: [["10:00", "22:00"]],
  devices: Array.from({ length: probes }, (_, i) => ({
    id: `${id}/gas-${i + 1}`,
    kind: "gas",
    zone: "cooking",
    reportEveryMs: 5_000,
    gateway: `${id}/gw`,
  })),
});

/** %LEL in steps, within the hour. */
type Steps = readonly (readonly [clock: string, lel: number])[];
const release = (device: string, hour: string, steps: Steps): Incident => ({
  kind: "gas-release",
  device,
  steps: steps.map(([clock, lel]) => [at(`${hour}:${clock}`), lel] as const),
  until: at(`${hour}:59:00`),
});
const LEAK: Steps = [
  ["20:00", 12],
  ["21:15", 18],
  ["21:20", 21],
  ["21:25", 26],
  ["21:40", 14],
  ["22:30", 3],
];

const story = new Story({
  from: "05-12 14:00",
  until: "05-12 16:30",
  kitchens: [hotpot("SC16", 2), hotpot("SC16-C", 1)],
  incidents: [
    release("SC16/gas-1", "05-12 14", LEAK),
    release("SC16/gas-2", "05-12 14", [
      ["20:00", 4],
      ["21:30", 22],
      ["21:40", 11],
      ["22:00", 4],
    ]),
    release("SC16-C/gas-1", "05-12 14", [
      ["20:00", 2],
      ["21:20", 30],
      ["21:25", 2],
    ]),
  ],
})
  .acts("05-12 14:35", T09, "acknowledge", "O")
  .says("warmcity.record.filed", "05-12 15:10", { kind: "gas-clearance" }, { kitchen: "SC16" })
  .acts("05-12 15:30", T09, "recheck-start", "S")
  .acts("05-12 16:00", T09, "recheck-pass", "S");

/** The message of that moment comes 3 min late. */
function heldUp(lines: readonly Line[], moment: string): Line[] {
  const later = (time: number) => `"receivedtime":"${formatTime(time)}"`;
  const held = lines.map(({ at: receivedAt, text }) => {
    if (!text.includes(`"base":"${formatTime(at(moment))}"`)) return { at: receivedAt, text };
    const arrives = receivedAt + minutes(3);
    return { at: arrives, text: text.replace(later(receivedAt), later(arrives)) };
  });
  return inOrderOfArrival(held);
}

const LEAKS: readonly Wanted[] = [
  ["05-12 14:21:00", `T09 raised L3 ${ROOM}`],
  ["05-12 14:21:25", `T09 rose to L1 ${ROOM}`],
  ["05-12 14:32:30", `T09 resolved L1 ${ROOM}`],
];
const CALLED = ["O", "S", "Q", "C-duty", "B", "gas-company", "fire-service", "Q-head"];

/** One probe and one step that a late message disproves. */
const doubtful = (seed: number | undefined) =>
  new Story({
    from: "05-12 14:00",
    until: "05-12 14:50",
    kitchens: [hotpot("SC16", 1)],
    incidents: [
      release("SC16/gas-1", "05-12 14", [
        ["20:00", 12],
        ["21:15", 21],
        ["21:20", 14],
        ["21:25", 22],
        ["21:30", 14],
        ["40:00", 25],
        ["40:10", 14],
      ]),
    ],
    seed,
  });
const atNight = (seed: number | undefined) =>
  new Story({
    from: "05-12 02:00",
    until: "05-12 02:30",
    kitchens: [hotpot("SC16", 1)],
    incidents: [release("SC16/gas-1", "05-12 02", LEAK)],
    seed,
  });

export const gasLeak = defineScenario({
  name: "sc16-gas-leak",
  title: { zh: "火锅店燃气泄漏", en: "a gas leak" },
  story,
  ways: { load: ["05-12 14:00", "05-12 14:40"], liveUntil: "05-12 14:40" },
  expects: [
    {
      says: {
        zh: "10% LEL 满 60 秒预警，第二个 20% 样本即报警；同室两探头一案",
        en: "warns at 10 % LEL for 60 s, is an alarm at the second sample of 20 %, both probes of the room one case",
      },
      alertsOf: "SC16",
      are: LEAKS,
    },
    { says: { zh: "只有一个案件", en: "makes one case" }, casesOf: "all", are: 1 },
    {
      says: {
        zh: "10 分钟无人签收升旗区，现场确认后由监管所办结",
        en: "goes to the bureau after 10 min without acknowledgement, and is closed by the office after the clearance",
      },
      stepsOf: T09,
      are: [
        ["05-12 14:21:00", "new"],
        ["05-12 14:21:00", "dispatched"],
        ["05-12 14:31:25", "escalated"],
        ["05-12 14:31:25", "dispatched"],
        ["05-12 14:35:00", "acked by O", 0],
        ["05-12 15:10:00", "rectifying", 0],
        ["05-12 15:10:00", "submitted", 0],
        ["05-12 15:30:00", "recheck by S", 0],
        ["05-12 16:00:00", "closed by S", 0],
      ],
    },
  ],
  never: [
    { says: { zh: "炝锅不当作泄漏", en: "takes no flambé for a leak" }, alertsOf: ["SC16-C"], which: /./ },
  ],
  checks: [
    {
      says: { zh: "升级后通知局值班领导，电话与短信", en: "tells the head of the bureau when it goes up" },
      holds: (told) => {
        const unacknowledged = noticesOf(told.alone(), "SC16", "T09").filter(
          ({ time }) => time >= at("05-12 14:31"),
        );
        return [
          equal(
            new Set(unacknowledged.map(({ what }) => what)),
            new Set(["L1 to Q-head by sms", "L1 to Q-head by recorded-call"]),
          ),
        ];
      },
    },
    {
      says: {
        zh: "前一条消息缺失，也在第二个样本后 5 秒内录音电话叫齐各方",
        en: "rings everybody by recorded call within 5 s of the second sample, though a message before it is missing",
      },
      holds: (told) => {
        const lines = heldUp(told.alone().lines, "05-12 14:21:15");
        const { given } = lived(told.city, lines, { until: at("05-12 14:40") });
        const calls = given.filter(({ output }) => {
          const { data } = output;
          return "channel" in data && data.channel === "recorded-call" && data.level === "L1";
        });
        const first = calls.filter(({ output }) => output.time < at("05-12 14:31"));
        return [
          equal(new Set(calls.map(({ output: { data } }) => "to" in data && data.to)), new Set(CALLED)),
          atMost(Math.max(...first.map(({ at: out }) => out)), at("05-12 14:21:30"), "the last call at"),
          ...paired(alertsOf(tell(told.city, lines, told.until), "SC16"), LEAKS),
        ];
      },
    },
    {
      says: { zh: "在全城负荷之中同样 5 秒内发出", en: "is out within 5 s among the load of a city as well" },
      holds: (told) => {
        const load = background(at("05-12 14:15"), at("05-12 14:25"), told.seed);
        const { city, lines } = told.among(load);
        const { given } = lived(city, lines, { until: at("05-12 14:25") });
        const alarm = given.find(({ output: { subject, data } }) => {
          return subject === "SC16" && "raisedAt" in data && data.level === "L1";
        });
        return [
          equal(alarm?.output.time, at("05-12 14:21:25"), "found at"),
          atMost(alarm?.at ?? Number.NaN, at("05-12 14:21:30"), "out at"),
        ];
      },
    },
    {
      says: {
        zh: "迟到的消息推翻的警报被撤回，之后真的照报",
        en: "takes an alarm back that the missing message disproves, and tells the true one when it comes",
      },
      holds: ({ seed }) => {
        const story = doubtful(seed);
        const { city, lines } = story.alone();
        const { given } = lived(city, heldUp(lines, "05-12 14:21:20"), { until: story.until });
        const told = given.flatMap(({ output: { data }, at: out }) =>
          "raisedAt" in data ? [{ time: out, what: `${data.level} ${data.state}` }] : [],
        );
        return paired(told, [
          ["05-12 14:21:00", "L3 firing", 0.1],
          ["05-12 14:21:25", "L1 firing", 0.1],
          ["05-12 14:31:25", "L3 firing", 0.5],
          ["05-12 14:40:05", "L1 firing", 0.1],
        ]);
      },
    },
    {
      says: { zh: "夜间照样响铃", en: "rings at night as well" },
      holds: ({ seed }) => {
        const notices = noticesOf(atNight(seed).alone(), "SC16", "T09");
        const ringing = notices.filter(({ what }) => what.startsWith("L1 to O"));
        return [
          equal(ringing.map(({ what }) => what).sort(), [
            "L1 to O by recorded-call",
            "L1 to O by sms",
            "L1 to O by voice",
          ]),
        ];
      },
    },
  ],
});
