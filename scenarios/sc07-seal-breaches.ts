import { noticesOf, stepsOf } from "./happenings.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, has, hasNot, isTrue } from "./verdict.ts";

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

const W01 = { kitchen: null, code: "W01" };

export const sealBreaches = defineScenario({
  name: "sc07-seal-breaches",
  title: { zh: "同一配送站封签集中破损", en: "broken seals of one delivery station" },
  story,
  ways: {
    load: ["05-12 11:30", "05-12 13:00"],
    liveUntil: "05-12 13:00",
    floodedUntil: "05-12 13:00",
  },
  expects: [
    {
      says: {
        zh: "第五单破损时该站一条三级，完好满 24 小时后结束",
        en: "is one L3 of the station at the fifth broken seal, over when its orders were whole for 24 h",
      },
      alertsOf: null,
      are: [
        ["05-12 12:08", "W01 raised L3 station:Z", 3],
        ["05-13 13:39", "W01 resolved L3 station:Z", 1],
      ],
    },
    {
      says: { zh: "一个案件，而不是二十七个", en: "makes one case, not twenty-seven" },
      casesOf: "all",
      are: 1,
    },
  ],
  never: [
    {
      says: { zh: "九家商户都不告警", en: "rings for none of the nine merchants" },
      alertsOf: MERCHANTS,
      which: /./,
    },
  ],
  checks: [
    {
      says: {
        zh: "以最初五次交接为证据，最后列出两名骑手",
        en: "has the first five hand-overs as evidence, and names both riders in the end",
      },
      holds: (told) => {
        const [raised, resolved] = told
          .alone()
          .outputs.flatMap(({ data }) => ("raisedAt" in data ? [data] : []));
        const first = raised!.because.map(({ summary }) => summary);
        const riders = resolved!.because.map(({ summary }) => summary).join();
        return [
          equal(first.length, 5, "hand-overs"),
          isTrue(
            first.every((summary) => /seal broken at hand-over$/.test(summary)),
            "each a broken seal at hand-over",
          ),
          ...has(riders, "rider r1", "rider r2"),
        ];
      },
    },
    {
      says: {
        zh: "同一订单标签重打、重扫多少次都只算一次",
        en: "counts an order once, however often its label is printed and scanned",
      },
      holds: (told) => hasNot(JSON.stringify(told.alone().outputs), "station:Y", "rider:r9"),
    },
    {
      says: {
        zh: "人核实后送平台和旗区",
        en: "goes to the platform and the banner when a person has confirmed it",
      },
      holds: (told) => {
        const notices = noticesOf(told.alone(), null, "W01");
        const whom = new Set(notices.map(({ what }) => what.replace(/ by .*/, "")));
        const steps = stepsOf(told.alone(), W01.kitchen, W01.code).map(({ what }) => what);
        return [
          ...has(whom, "L3 to PL", "L3 to Q"),
          equal(steps.slice(0, 4), ["new", "verifying", "confirmed by S", "dispatched by S"]),
        ];
      },
    },
    {
      says: { zh: "不影响商户的指数", en: "leaves the merchants' index alone" },
      holds: (told) => {
        const reasons = told
          .alone()
          .outputs.filter(
            ({ type, data }) => type === "warmcity.index.changed" && JSON.stringify(data).includes("W01"),
          );
        return [equal(reasons.length, 0)];
      },
    },
  ],
});
