import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/** A canteen that serves lunch and dinner; its machine says by cycles that it lives. */
const canteen = (id: string, more: Readonly<Record<string, unknown>> = {}): NamedKitchen => ({
  id,
  type: "office",
  opens: [["06:00", "19:00"]],
  calendar: "workday",
  meals: [
    ["11:30", "12:40"],
    ["17:30", "18:20"],
  ],
  devices: [
    { id: `${id}/dish-1`, kind: "dish-machine", zone: "wash", reportEveryMs: 600_000, gateway: `${id}/gw` },
  ],
  ...more,
});

type Cycle = readonly [clock: string, peak: number, program?: "wash" | "rinse" | "descale"];
const cycles = (kitchen: string, ...rows: readonly Cycle[]): Incident => ({
  kind: "dish-cycles",
  device: `${kitchen}/dish-1`,
  cycles: rows.map(([clock, peak, program = "wash"]) => ({
    at: at(`05-12 ${clock}`),
    peak,
    holdMs: program === "wash" ? 45_000 : 20_000,
    program,
  })),
  until: at("05-12 17:00"),
});
const FAILING: readonly Cycle[] = [
  ["13:05", 82],
  ["13:12", 60, "rinse"],
  ["13:20", 79],
  ["13:27", 40, "descale"],
  ["13:35", 81],
  ["13:50", 86],
  ["14:05", 87],
  ["14:20", 86],
];

const story = new Story({
  from: "05-12 11:00",
  until: "05-12 20:00",
  kitchens: [
    canteen("SC18"),
    canteen("SC18-N"),
    canteen("SC18-C"),
    canteen("SC18-Z", { tableware: "central", devices: [] }),
  ],
  incidents: [
    cycles("SC18", ...FAILING),
    cycles("SC18-N", ...FAILING),
    cycles("SC18-C", ["13:05", 84.6], ["13:12", 60, "rinse"], ["13:20", 86], ["13:35", 86]),
  ],
})
  .acts("05-12 13:40", { kitchen: "SC18", code: "T06" }, "acknowledge", "O")
  .says("warmcity.record.filed", "05-12 14:00", { kind: "rewash" }, { kitchen: "SC18" })
  .acts("05-12 13:40", { kitchen: "SC18-N", code: "T06" }, "acknowledge", "O");

describe("SC18 a dishwasher below temperature", () => {
  const expected: Expected[] = [
    ["05-12 13:35", "T06 raised L3", 1],
    ["05-12 14:20", "T06 resolved L3", 1],
  ];

  it("rings at the third cold cycle, rinsing and descaling not counted, and clears at the third hot one", () => {
    expect(against(alertsOf(story.alone(), "SC18"), expected)).toEqual(wordsOf(expected));
  });

  it("is closed at 14:20 with the re-wash record", () => {
    const steps: Expected[] = [
      ["05-12 13:35", "new"],
      ["05-12 13:35", "dispatched"],
      ["05-12 13:40", "acked by O", 0],
      ["05-12 14:20", "closed"],
    ];
    expect(against(stepsOf(story.alone(), "SC18", "T06"), steps)).toEqual(wordsOf(steps));
  });

  it("stays acknowledged without it, and is an overdue fix from the next meal on", () => {
    const late = alertsOf(story.alone(), "SC18-N").map(({ time, what }) => ({
      time,
      what: what.replace(/ case:.*/, ""),
    }));
    const neverFixed: Expected[] = [...expected, ["05-12 17:30", "S01 raised L2", 0]];
    expect(against(late, neverFixed)).toEqual(wordsOf(neverFixed));
    const steps = stepsOf(story.alone(), "SC18-N", "T06").map(({ what }) => what);
    expect(steps).toEqual(["new", "dispatched", "acked by O"]);
    const overdue: Expected[] = [
      ["05-12 17:30", "L3 to S by push"],
      ["05-12 17:30", "L3 to S by sms"],
    ];
    const toOffice = noticesOf(story.alone(), "SC18-N", "T06").filter(({ what }) =>
      what.startsWith("L3 to S"),
    );
    expect(against(toOffice, overdue).sort()).toEqual(wordsOf(overdue));
  });

  it.each(["SC18-C", "SC18-Z"])(
    "says nothing of a machine hot enough, nor of central tableware (%s)",
    (kitchen) => {
      expect(alertsOf(story.alone(), kitchen)).toEqual([]);
    },
  );

  tellEveryWay(story, { load: ["05-12 13:00", "05-12 14:30"] });
});
