import { describe, expect, it } from "vitest";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const PLATFORM = "/platforms/meituan";
const MERCHANTS = Array.from({ length: 9 }, (_, i) => `SC07-${i + 1}`);

const merchant = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["09:00", "22:00"]],
  devices: [{ id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` }],
});

/** 300 orders in 40 min, 27 of them arrive with a broken seal: three of each merchant, all by two riders of station Z. */
const story = new Story({
  from: "05-12 11:00",
  until: "05-13 14:30",
  kitchens: MERCHANTS.map(merchant),
  incidents: [
    {
      kind: "seal-breaches",
      kitchens: MERCHANTS,
      station: "Z",
      riders: ["r1", "r2"],
      platform: "meituan",
      from: at("05-12 12:00"),
      to: at("05-12 12:40"),
      orders: 300,
      breaches: 27,
    },
  ],
});

/** One order of another station whose label is printed again and again, and scanned each time. */
const order = { order: "reprinted", rider: "r9", station: "Y" };
story.says(
  "warmcity.order.sealed",
  "05-12 11:40",
  { ...order, seal: "A-0" },
  { kitchen: "SC07-1", source: PLATFORM },
);
for (let n = 1; n <= 8; n++) {
  const scan = { ...order, seal: `A-${n}`, at: "handover", intact: false } as const;
  story.says("warmcity.order.seal-scanned", `05-12 12:0${n}`, scan, { kitchen: "SC07-1", source: PLATFORM });
}
story
  .acts("05-12 12:20", { kitchen: null, code: "W01" }, "review-confirm", "S")
  .acts("05-12 12:30", { kitchen: null, code: "W01" }, "dispatch", "S")
  .acts("05-12 12:35", { kitchen: null, code: "W01" }, "acknowledge", "PL");

describe("SC07 broken seals of one delivery station", () => {
  it("is one L3 of the station at the fifth broken seal, over when its orders were whole for 24 h", () => {
    const expected: Expected[] = [
      ["05-12 12:08", "W01 raised L3 station:Z", 3],
      ["05-13 13:39", "W01 resolved L3 station:Z", 1],
    ];
    expect(against(alertsOf(story.alone(), null), expected)).toEqual(wordsOf(expected));
  });

  it("rings for none of the nine merchants, and makes one case, not twenty-seven", () => {
    for (const id of MERCHANTS) expect(alertsOf(story.alone(), id)).toEqual([]);
    expect(casesIn(story.alone())).toHaveLength(1);
  });

  it("has the first five hand-overs as evidence, and names both riders in the end", () => {
    const [raised, resolved] = story
      .alone()
      .outputs.flatMap(({ data }) => ("raisedAt" in data ? [data] : []));
    expect(raised!.because.map(({ summary }) => summary)).toHaveLength(5);
    expect(raised!.because.every(({ summary }) => /seal broken at hand-over$/.test(summary))).toBe(true);
    const riders = resolved!.because.map(({ summary }) => summary).join();
    expect(riders).toMatch(/rider r1/);
    expect(riders).toMatch(/rider r2/);
  });

  it("counts an order once, however often its label is printed and scanned", () => {
    const said = JSON.stringify(story.alone().outputs);
    expect(said).not.toContain("station:Y");
    expect(said).not.toContain("rider:r9");
  });

  it("goes to the platform and the banner when a person has confirmed it, and leaves the merchants' index alone", () => {
    const notices = noticesOf(story.alone(), null, "W01");
    const told = new Set(notices.map(({ what }) => what.replace(/ by .*/, "")));
    expect([...told]).toEqual(expect.arrayContaining(["L3 to PL", "L3 to Q"]));
    expect(
      stepsOf(story.alone(), null, "W01")
        .slice(0, 4)
        .map(({ what }) => what),
    ).toEqual(["new", "verifying", "confirmed by S", "dispatched by S"]);
    const reasons = story
      .alone()
      .outputs.filter(
        ({ type, data }) => type === "warmcity.index.changed" && JSON.stringify(data).includes("W01"),
      );
    expect(reasons).toEqual([]);
  });

  tellEveryWay(story, {
    load: ["05-12 11:30", "05-12 13:00"],
    liveUntil: "05-12 13:00",
    floodedUntil: "05-12 13:00",
  });
});
