import { describe, expect, it } from "vitest";
import { heldDevices } from "../stream/held-devices.ts";
import type { Output } from "../stream/output.ts";
import { casesOf } from "../stream/projections/case-view.ts";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import type { Telling } from "./telling.ts";

const WED_LUNCH = "2026-05-13T12:10:00+08:00";
const unit = (id: string, lon: number, type: string): NamedKitchen => ({
  id,
  type,
  capacity: 120,
  opens: [["06:00", "22:00"]],
  calendar: "daily",
  position: { lon, lat: 39.81, crs: "WGS84" },
  devices: [{ id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` }],
});

const sick = (clock: string, person: string, portal = "12315") => ({
  at: at(`05-14 ${clock}`),
  portal,
  person,
  ate: WED_LUNCH,
  symptoms: ["vomiting", "diarrhoea"],
});
const about = { kitchen: "SC08-K", code: "C02" };

/** Seven reports by six diners of Wednesday's lunch, and a hospital's notice of two; price complaints next door. */
const story = new Story({
  from: "05-14 19:00",
  until: "05-15 12:00",
  kitchens: [unit("SC08-K", 109.98, "office"), unit("SC08-N", 109.9805, "small")],
  incidents: [
    {
      kind: "illness",
      kitchen: "SC08-K",
      reports: [
        sick("19:30", "p-1"),
        sick("20:05", "p-2"),
        sick("20:40", "p-3"),
        sick("21:10", "p-4", "12345"),
        sick("21:12", "p-4", "app"),
        { ...sick("21:40", "h-1", "hospital"), hospital: true, people: 2 },
        sick("22:00", "p-5"),
        sick("23:05", "p-6"),
      ],
    },
  ],
});
for (const [n, clock] of ["20:15", "20:50"].entries()) {
  const complaint = {
    complaint: `SC08-${n}`,
    kind: "complaint",
    topic: "价格",
    person: `q-${n}`,
    named: true,
  } as const;
  story.says("warmcity.complaint.filed", `05-14 ${clock}`, complaint, {
    kitchen: "SC08-N",
    source: "/systems/12315",
  });
}
story.acts("05-14 21:50", about, "review-confirm", "H").acts("05-15 08:30", about, "transfer", "Q");

const lastC02 = ({ outputs }: Telling): Alert =>
  outputs.flatMap(({ data }) => ("raisedAt" in data && data.code === "C02" ? [data] : [])).at(-1)!;
const alertAt = (time: number): Alert => lastC02(story.upTo(time));

describe("SC08 diners of one canteen fall ill", () => {
  it("is L2 with the second person, L1 with the third in 24 h, and never over by itself", () => {
    const expected: Expected[] = [
      ["05-14 20:05", "C02 raised L2", 0],
      ["05-14 20:40", "C02 rose to L1", 0],
    ];
    expect(against(alertsOf(story.alone(), "SC08-K"), expected)).toEqual(wordsOf(expected));
    expect(alertsOf(story.alone(), null)).toEqual([]);
  });

  it("counts persons, not reports: who reports by two ways is one, a hospital's notice is as many as it says", () => {
    expect(alertAt(at("05-14 20:41")).value).toMatchObject({ number: 3 });
    const told = (...reports: ReturnType<typeof sick>[]) =>
      new Story({
        from: "05-14 21:00",
        until: "05-14 22:30",
        kitchens: [unit("SC08-K", 109.98, "office")],
        incidents: [{ kind: "illness", kitchen: "SC08-K", reports }],
      }).alone();
    const twice = [sick("21:10", "p-4", "12345"), sick("21:12", "p-4", "app")];
    expect(alertsOf(told(...twice), "SC08-K")).toEqual([]);
    const hospital = { ...sick("21:40", "h-1", "hospital"), hospital: true, people: 2 };
    const grave = told(...twice, hospital);
    expect(alertsOf(grave, "SC08-K").map(({ what }) => what)).toEqual(["C02 raised L1"]);
    expect(lastC02(grave).value).toMatchObject({ number: 3 });
  });

  it("says nothing of the unit next door, of which people only find the prices high", () => {
    expect(alertsOf(story.alone(), "SC08-N")).toEqual([]);
    expect(casesIn(story.alone()).map(({ kitchen }) => kitchen)).toEqual([0]);
  });

  it("tells the health and education authorities at once, and rings at night", () => {
    const notices = noticesOf(story.alone(), "SC08-K", "C02");
    const l1 = notices.filter(({ what }) => what.startsWith("L1"));
    expect(Math.min(...l1.map(({ time }) => time))).toBe(at("05-14 20:40"));
    const told = new Set(
      l1.filter(({ time }) => time === at("05-14 20:40")).map(({ what }) => what.replace(/ by .*/, "")),
    );
    expect([...told]).toEqual(expect.arrayContaining(["L1 to H", "L1 to E", "L1 to S", "L1 to Q"]));
    expect(l1.every(({ what }) => !what.includes("silent"))).toBe(true);
  });

  it("is a lead until a person confirms it, and stays ours when it is handed over to the health authority", () => {
    const steps = stepsOf(story.alone(), "SC08-K", "C02").map(({ what }) => what);
    expect(steps.slice(0, 3)).toEqual(["new", "verifying", "confirmed by H"]);
    expect(steps).toContain("transferred by Q");
    expect(steps).not.toContain("closed");
    expect(casesIn(story.alone())[0]!.state).toBe("transferred");
  });

  it("runs the law's two hours to report from its L1 on, and holds what the kitchen measured a week around, however old", () => {
    const { city, fold } = story.upTo(at("05-14 21:00"));
    expect(casesOf(city, fold)).toMatchObject([
      {
        clocks: [{ clock: "report", due: "2026-05-14T22:40:00.000+08:00" }],
        hold: { until: null, reason: "open" },
      },
    ]);
    const { city: later, fold: transferred } = story.alone();
    const device = later.firstDevice[0]!;
    expect(heldDevices(later, transferred, at("12-31 00:00"))).toEqual([
      {
        firstDevice: device,
        endDevice: device + 1,
        fromMs: at("05-07 20:05"),
        toMs: Number.POSITIVE_INFINITY,
      },
    ]);
  });

  it("turns nothing red before that: neither the twin's colour nor the citizens' page", () => {
    const isRed = ({ data }: Output) => "region" in data && data.region === "colour" && data.to === "red";
    const reds = (until: string) => story.upTo(at(until)).outputs.filter(isRed);
    expect(reds("05-14 21:49")).toEqual([]);
    expect(reds("05-14 21:51")).toHaveLength(1);
    const { city, fold } = story.upTo(at("05-14 21:49"));
    const page = publicKitchen(city, fold, 0);
    expect(page.color).toBe("green");
    expect(JSON.stringify(page)).not.toMatch(/C02|p-\d|h-1/);
  });

  it("names no reporter in anything that goes out", () => {
    expect(JSON.stringify(story.alone().outputs)).not.toMatch(/"p-\d"|"h-1"/);
  });

  tellEveryWay(story, {
    load: ["05-14 19:20", "05-14 21:20"],
    liveUntil: "05-14 23:10",
    tickMs: 5_000,
    floodedUntil: "05-14 23:30",
  });
});
