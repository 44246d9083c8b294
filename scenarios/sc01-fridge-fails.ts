import { shown } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal } from "./verdict.ts";

const FRIDGE = "SC01/fridge-2";
const T01 = { kitchen: "SC01", code: "T01" };
const canteen: NamedKitchen = {
  id: "SC01",
  type: "school",
  opens: [["05:00", "19:00"]],
  devices: ["SC01/fridge-1", FRIDGE].map((id) => ({
    id,
    kind: "fridge-temperature",
    zone: "cold-store",
    reportEveryMs: 60_000,
    gateway: "SC01/gw",
  })),
};

export const fridgeFails = defineScenario({
  name: "sc01-fridge-fails",
  title: { zh: "学校食堂冷藏柜夜间故障", en: "a canteen fridge fails at night" },
  story: new Story({
    from: "05-12 22:30",
    until: "05-13 12:00",
    kitchens: [canteen],
    incidents: [
      {
        kind: "cold-failure",
        device: FRIDGE,
        at: at("05-12 22:40"),
        start: 4,
        slopePerMin: 0.06,
        ambient: 22,
        repairAt: at("05-13 06:05"),
      },
    ],
  })
    .acts("05-13 03:20", T01, "acknowledge", "O")
    .says("warmcity.record.filed", "05-13 06:40", { kind: "discard", device: FRIDGE }, { kitchen: "SC01" })
    .acts("05-13 10:00", T01, "recheck-start", "S")
    .acts("05-13 10:30", T01, "recheck-pass", "S"),
  ways: { load: ["05-12 23:55", "05-13 01:55"] },
  expects: [
    {
      says: {
        zh: "高于 8 °C 满 30 分钟三级，满 2 小时升二级，回落满 30 分钟解除；另一台冷藏柜无告警",
        en: "is L3 after 30 min above 8 °C, L2 after 2 h, over after 30 min below; the other fridge is silent",
      },
      alertsOf: "SC01",
      are: [
        ["05-13 00:17", `T01 raised L3 ${FRIDGE}`, 4],
        ["05-13 01:47", `T01 rose to L2 ${FRIDGE}`, 4],
        ["05-13 07:31", `T01 resolved L2 ${FRIDGE}`, 3],
      ],
    },
    {
      says: {
        zh: "回冷后凭处置记录提交，只由监管所复查办结",
        en: "is submitted with the record when it is cold again, and closed by the office alone",
      },
      stepsOf: T01,
      are: [
        ["05-13 00:17", "new", 4],
        ["05-13 00:17", "dispatched", 4],
        ["05-13 03:20", "acked by O", 0],
        ["05-13 07:31", "rectifying", 3],
        ["05-13 07:31", "submitted", 3],
        ["05-13 10:00", "recheck by S", 0],
        ["05-13 10:30", "closed by S", 0],
      ],
    },
    { says: { zh: "始终是同一案件", en: "stays one case" }, casesOf: "all", are: 1 },
    {
      says: { zh: "07:40 时为待复查，未自动办结", en: "is submitted, not closed, at 07:40" },
      stateOf: T01,
      by: "05-13 07:40",
      is: "submitted",
    },
    {
      says: {
        zh: "二级以短信响铃，电话等到早晨",
        en: "rings the operator for the L2 by SMS, and by call in the morning",
      },
      noticesOf: T01,
      which: /^L2 to O/,
      are: [
        ["05-13 01:47", "L2 to O by call (from 05-13 07:00:00)", 4],
        ["05-13 01:47", "L2 to O by push", 4],
        ["05-13 01:47", "L2 to O by sms", 4],
      ],
    },
    {
      says: { zh: "三级夜间静默送达", en: "lies silent for the L3" },
      noticesOf: T01,
      which: /^L3/,
      are: ["L3 to O by push (silent)"],
    },
  ],
  never: [
    {
      says: { zh: "00:12 之前不告警", en: "raises nothing before 00:12" },
      alertsOf: ["SC01"],
      which: /./,
      until: "05-13 00:12",
    },
  ],
  checks: [
    {
      says: { zh: "开餐后 2 小时内须签收", en: "is to be acknowledged within 2 h of opening time" },
      holds: (story) => {
        const [fridge] = casesIn(story.alone());
        const raised = fridge!.history.find(({ what }) => what === "level-raised");
        return [equal(shown(raised!.due!), "05-13 07:00:00")];
      },
    },
  ],
});
