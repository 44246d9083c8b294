import { describe, expect, it } from "vitest";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, stepsOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const restaurant = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["09:00", "22:00"]],
  devices: [{ id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` }],
});

const story = new Story({
  from: "05-12 11:00",
  until: "05-21 12:00",
  kitchens: [restaurant("SC21"), restaurant("SC21-B")],
  incidents: [
    {
      kind: "review-storm",
      kitchen: "SC21",
      platform: "meituan",
      from: at("05-12 12:00"),
      to: at("05-12 12:40"),
      ratings: 420,
      stars: 1,
      newShare: 0.88,
      noOrderShare: 0.81,
      copiedShare: 0.86,
      text: "卫生太差了吃完拉肚子千万别来",
      otherTexts: ["太咸了", "送来已经凉了", "等太久", "不好吃"],
    },
    {
      kind: "review-storm",
      kitchen: "SC21-B",
      platform: "meituan",
      from: at("05-12 12:00"),
      to: at("05-12 12:40"),
      ratings: 420,
      stars: 5,
      newShare: 0.9,
      noOrderShare: 0.9,
      copiedShare: 0.9,
      text: "好吃",
      otherTexts: ["干净卫生"],
    },
  ],
});
const DINERS = ["05-12 12:08", "05-12 12:19", "05-12 12:31"];
DINERS.forEach((when, i) => {
  const rating = { stars: 1, text: `菜里有一根头发${i}`, accountAgeDays: 700, orderVerified: true };
  const complaint = {
    complaint: `SC21-${i}`,
    kind: "complaint",
    topic: "食物有异物",
    person: `p-${i}`,
    named: true,
  } as const;
  story.says("warmcity.rating.posted", when, rating, { kitchen: "SC21", source: "/platforms/meituan" });
  story.says("warmcity.complaint.filed", when, complaint, { kitchen: "SC21", source: "/systems/12315" });
});

const alertsBy = (code: string) =>
  alertsOf(story.alone(), "SC21").filter(({ what }) => what.startsWith(code));

describe("SC21 a storm of ordered reviews", () => {
  it("is one C03 at the eighth bad rating, over when 24 h were normal; good ratings are none", () => {
    const expected: Expected[] = [
      ["05-12 12:00:40", "C03 raised L4", 0.2],
      ["05-13 14:39", "C03 resolved L4", 2],
    ];
    expect(against(alertsBy("C03"), expected)).toEqual(wordsOf(expected));
    expect(alertsOf(story.alone(), "SC21-B")).toEqual([]);
  });

  it("shows the bomb flag within five minutes of the beginning, and names no account", () => {
    const raised = story
      .alone()
      .outputs.find(
        ({ type, data }) => type === "warmcity.alert.raised" && "code" in data && data.code === "C03",
      )!;
    const { because } = raised.data as { because: { id: string; summary: string; text: { zh: string } }[] };
    const [flag, ...ratings] = because;
    expect(raised.time).toBeLessThan(at("05-12 12:05"));
    expect(flag).toMatchObject({ id: "bomb-flag", text: { zh: expect.stringContaining("疑似刷评") } });
    expect(ratings.every(({ summary }) => summary === "rated 1 star")).toBe(true);
  });

  it("lets the three real diners' complaints run by their own clocks of 7 working days", () => {
    const reminders = alertsBy("C01").filter(({ what }) => what.includes("raised L4"));
    expect(reminders.map(({ what }) => what).sort()).toEqual(
      [0, 1, 2].map((i) => `C01 raised L4 complaint:SC21-${i}`),
    );
    expect(Math.min(...reminders.map(({ time }) => time))).toBeGreaterThan(at("05-18 23:00"));
  });

  it("makes no illness cluster, turns nothing red, and goes to the analyst", () => {
    expect(alertsBy("C02")).toEqual([]);
    const red = story
      .alone()
      .outputs.filter(
        ({ subject, data }) =>
          subject === "SC21" && "region" in data && data.region === "colour" && data.to === "red",
      );
    expect(red).toEqual([]);
    expect(stepsOf(story.alone(), "SC21", "C03").map(({ what }) => what)).toEqual([
      "new",
      "dispatched",
      "closed",
    ]);
  });

  tellEveryWay(story, {
    load: ["05-12 11:30", "05-12 13:00"],
    liveUntil: "05-12 13:00",
    floodedUntil: "05-12 14:00",
  });
});
