import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { formatTime, minutes } from "../twin/kernel/time.ts";
import { background } from "./background.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { lived } from "./lived.ts";
import type { Line } from "./replayed.ts";
import { at, inOrderOfArrival, type NamedKitchen, Story } from "./story.ts";
import { tell } from "./telling.ts";

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

describe("SC16 a gas leak", () => {
  const expected: Expected[] = [
    ["05-12 14:21:00", `T09 raised L3 ${ROOM}`],
    ["05-12 14:21:25", `T09 rose to L1 ${ROOM}`],
    ["05-12 14:32:30", `T09 resolved L1 ${ROOM}`],
  ];

  it("warns at 10 % LEL for 60 s, is an alarm at the second sample of 20 %, both probes of the room one case", () => {
    expect(against(alertsOf(story.alone(), "SC16"), expected)).toEqual(wordsOf(expected));
    expect(casesIn(story.alone())).toHaveLength(1);
  });

  it("takes no flambé for a leak", () => {
    expect(alertsOf(story.alone(), "SC16-C")).toEqual([]);
  });

  it("goes to the bureau after 10 min without acknowledgement, and is closed by the office after the clearance", () => {
    const steps: Expected[] = [
      ["05-12 14:21:00", "new"],
      ["05-12 14:21:00", "dispatched"],
      ["05-12 14:31:25", "escalated"],
      ["05-12 14:31:25", "dispatched"],
      ["05-12 14:35:00", "acked by O", 0],
      ["05-12 15:10:00", "rectifying", 0],
      ["05-12 15:10:00", "submitted", 0],
      ["05-12 15:30:00", "recheck by S", 0],
      ["05-12 16:00:00", "closed by S", 0],
    ];
    expect(against(stepsOf(story.alone(), "SC16", "T09"), steps)).toEqual(wordsOf(steps));
    const unacknowledged = noticesOf(story.alone(), "SC16", "T09").filter(
      ({ time }) => time >= at("05-12 14:31"),
    );
    expect(new Set(unacknowledged.map(({ what }) => what))).toEqual(
      new Set(["L1 to Q-head by sms", "L1 to Q-head by recorded-call"]),
    );
  });

  it("rings everybody by recorded call within 5 s of the second sample, though a message before it is missing", () => {
    const lines = heldUp(story.alone().lines, "05-12 14:21:15");
    const until = at("05-12 14:40");
    const { given } = lived(story.city, lines, { until });
    const calls = given.filter(({ output }) => {
      const { data } = output;
      return "channel" in data && data.channel === "recorded-call" && data.level === "L1";
    });
    expect(new Set(calls.map(({ output: { data } }) => "to" in data && data.to))).toEqual(
      new Set(["O", "S", "Q", "C-duty", "B", "gas-company", "fire-service", "Q-head"]),
    );
    const first = calls.filter(({ output }) => output.time < at("05-12 14:31"));
    expect(Math.max(...first.map(({ at: out }) => out))).toBeLessThanOrEqual(at("05-12 14:21:30"));
    expect(against(alertsOf(tell(story.city, lines, story.until), "SC16"), expected)).toEqual(
      wordsOf(expected),
    );
  });

  it("is out within 5 s among the load of a city as well", () => {
    const { city, lines } = story.among(background(at("05-12 14:15"), at("05-12 14:25")));
    const { given } = lived(city, lines, { until: at("05-12 14:25") });
    const alarm = given.find(({ output: { subject, data } }) => {
      return subject === "SC16" && "raisedAt" in data && data.level === "L1";
    });
    expect(alarm?.output.time).toBe(at("05-12 14:21:25"));
    expect(alarm?.at).toBeLessThanOrEqual(at("05-12 14:21:30"));
  });

  it("takes an alarm back that the missing message disproves, and tells the true one when it comes", () => {
    const doubtful = new Story({
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
    });
    const { city, lines } = doubtful.alone();
    const { given } = lived(city, heldUp(lines, "05-12 14:21:20"), { until: doubtful.until });
    const told = given.flatMap(({ output: { data }, at: out }) =>
      "raisedAt" in data ? [{ time: out, what: `${data.level} ${data.state}` }] : [],
    );
    const words: Expected[] = [
      ["05-12 14:21:00", "L3 firing", 0.1],
      ["05-12 14:21:25", "L1 firing", 0.1],
      ["05-12 14:31:25", "L3 firing", 0.5],
      ["05-12 14:40:05", "L1 firing", 0.1],
    ];
    expect(against(told, words)).toEqual(wordsOf(words));
  });

  it("rings at night as well", () => {
    const night = new Story({
      from: "05-12 02:00",
      until: "05-12 02:30",
      kitchens: [hotpot("SC16", 1)],
      incidents: [release("SC16/gas-1", "05-12 02", LEAK)],
    });
    const ringing = noticesOf(night.alone(), "SC16", "T09").filter(({ what }) => what.startsWith("L1 to O"));
    expect(ringing.map(({ what }) => what).sort()).toEqual([
      "L1 to O by recorded-call",
      "L1 to O by sms",
      "L1 to O by voice",
    ]);
  });

  tellEveryWay(story, { load: ["05-12 14:00", "05-12 14:40"], liveUntil: "05-12 14:40" });
});
