import { alertsOf } from "./happenings.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, atMost, equal, isTrue, matches } from "./verdict.ts";

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

export const reviewBomb = defineScenario({
  name: "sc21-review-bomb",
  title: { zh: "差评水军来袭", en: "a storm of ordered reviews" },
  story,
  ways: {
    load: ["05-12 11:30", "05-12 13:00"],
    liveUntil: "05-12 13:00",
    floodedUntil: "05-12 14:00",
  },
  expects: [
    {
      says: {
        zh: "第八条差评即报，24 小时正常后结束",
        en: "is one C03 at the eighth bad rating, over when 24 h were normal",
      },
      alertsOf: "SC21",
      which: /^C03/,
      are: [
        ["05-12 12:00:40", "C03 raised L4", 0.2],
        ["05-13 14:39", "C03 resolved L4", 2],
      ],
    },
    {
      says: {
        zh: "三位真实食客的投诉各按自己的七个工作日计时",
        en: "lets the three real diners' complaints run by their own clocks of 7 working days",
      },
      alertsOf: "SC21",
      which: /^C01.*raised L4/,
      are: [0, 1, 2].map((i) => `C01 raised L4 complaint:SC21-${i}`),
      inAnyOrder: true,
    },
    {
      says: { zh: "交分析员，自动办结", en: "goes to the analyst" },
      stepsOf: { kitchen: "SC21", code: "C03" },
      are: ["new", "dispatched", "closed"],
    },
  ],
  never: [
    { says: { zh: "好评不报", en: "takes good ratings for none" }, alertsOf: ["SC21-B"], which: /./ },
    { says: { zh: "不成疾病聚集", en: "makes no illness cluster" }, alertsOf: ["SC21"], which: /^C02/ },
  ],
  checks: [
    {
      says: {
        zh: "开始后五分钟内标出疑似刷评，不点名账号",
        en: "shows the bomb flag within five minutes of the beginning, and names no account",
      },
      holds: (told) => {
        const raised = told
          .alone()
          .outputs.find(
            ({ type, data }) => type === "warmcity.alert.raised" && "code" in data && data.code === "C03",
          );
        const because = raised !== undefined && "because" in raised.data ? raised.data.because : [];
        const [flag, ...ratings] = because;
        return [
          atMost(raised?.time ?? Number.NaN, at("05-12 12:05") - 1, "raised at"),
          matches(flag, { id: "bomb-flag" }),
          isTrue(flag?.text?.zh.includes("疑似刷评") === true, "it says 疑似刷评"),
          atLeast(ratings.length, 1, "ratings"),
          isTrue(
            ratings.every(({ summary }) => summary === "rated 1 star"),
            "each says no more than its stars",
          ),
        ];
      },
    },
    {
      says: {
        zh: "投诉提醒不早于第七个工作日前",
        en: "reminds of the complaints only when their time runs out",
      },
      holds: (told) => {
        const reminders = alertsOf(told.alone(), "SC21").filter(({ what }) => /^C01.*raised L4/.test(what));
        return [
          atLeast(Math.min(...reminders.map(({ time }) => time)), at("05-18 23:00") + 1, "the first at"),
          equal(reminders.length, 3, "reminders"),
        ];
      },
    },
    {
      says: { zh: "不变红", en: "turns nothing red" },
      holds: (told) => {
        const red = told
          .alone()
          .outputs.filter(
            ({ subject, data }) =>
              subject === "SC21" && "region" in data && data.region === "colour" && data.to === "red",
          );
        return [equal(red.length, 0)];
      },
    },
  ],
});
