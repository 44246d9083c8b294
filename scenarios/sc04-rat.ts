import type { Incident } from "../simulator/incidents.ts";
import { noticesOf, stepsOf } from "./happenings.ts";
import { paired } from "./judge.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, has, isTrue, matches } from "./verdict.ts";

const restaurant = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["09:00", "21:00"]],
  devices: [
    { id: `${id}/cam-1`, kind: "camera", zone: "cooking", reportEveryMs: 60_000 },
    { id: `${id}/cam-2`, kind: "camera", zone: "wash", reportEveryMs: 60_000 },
  ],
});
const seen = (camera: string, what: "rat" | "pet", when: string, confidence: number): Incident => ({
  kind: "camera-hits",
  camera,
  class: what,
  hits: [{ at: at(when), confidence, lastedMs: what === "pet" ? 12_000 : 0 }],
  code: what === "rat" ? "P07" : "P05",
});
const RAT = { kitchen: "SC04", code: "P07" };

const story = new Story({
  from: "05-12 02:00",
  until: "05-19 12:00",
  kitchens: [restaurant("SC04"), restaurant("SC04-B")],
  incidents: [
    seen("SC04/cam-1", "rat", "05-12 02:10:20", 0.86),
    seen("SC04/cam-2", "rat", "05-12 02:31:05", 0.81),
    seen("SC04/cam-1", "rat", "05-12 03:05:00", 0.9),
    seen("SC04-B/cam-1", "rat", "05-12 02:12:00", 0.84),
    seen("SC04-B/cam-1", "rat", "05-12 02:40:00", 0.82),
    seen("SC04-B/cam-1", "pet", "05-12 08:35:00", 0.93),
  ],
})
  .acts("05-12 08:20", RAT, "review-confirm", "S")
  .acts("05-12 10:00", RAT, "acknowledge", "O")
  .acts("05-12 10:10", RAT, "start", "O")
  .acts("05-12 16:00", RAT, "submit", "O")
  .acts("05-15 10:00", RAT, "recheck-start", "S")
  .acts("05-18 10:00", RAT, "recheck-pass", "S")
  .acts("05-19 10:00", RAT, "recheck-pass", "S")
  .acts("05-12 08:30", { kitchen: "SC04-B", code: "P07" }, "review-false", "S")
  .acts("05-12 08:45", { kitchen: "SC04-B", code: "P05" }, "review-confirm", "S");

const reasonsOf = (told: Story, unit: string): { first: number; reasons: unknown[] } => {
  const changes = told
    .alone()
    .outputs.filter(({ type, subject }) => type === "warmcity.index.changed" && subject === unit);
  return {
    first: changes[0]?.time ?? Number.NaN,
    reasons: changes.flatMap(({ data }) => ("standing" in data ? data.reasons : [])),
  };
};
const countsIn = (reasons: readonly unknown[], code: string, component: string | null): boolean =>
  reasons.some(
    (reason) =>
      typeof reason === "object" &&
      reason !== null &&
      Reflect.get(reason, "code") === code &&
      (component === null || Reflect.get(reason, "component") === component),
  );

export const ratSeen = defineScenario({
  name: "sc04-rat",
  title: { zh: "两次见鼠，以及一只猫", en: "a rat seen twice, and the cat" },
  story,
  ways: { load: ["05-12 02:00", "05-12 03:15"], liveUntil: "05-12 10:30" },
  expects: [
    {
      says: {
        zh: "首见疑似三级，第二路摄像头见到即升二级；第三次不另立案",
        en: "suspects at the first hit and raises the same case at the second camera; a third opens none",
      },
      alertsOf: "SC04",
      are: [
        ["05-12 02:10:20", "P07 raised L3 zone:SC04/cooking"],
        ["05-12 02:31:05", "P07 rose to L2 zone:SC04/cooking"],
        ["05-19 10:00:00", "P07 resolved L2 zone:SC04/cooking (human)"],
      ],
    },
    {
      says: {
        zh: "猫的单位同样先疑鼠，人判误报后另按宠物处理",
        en: "suspects a rat where the cat walks as well, until a person sees what it is",
      },
      alertsOf: "SC04-B",
      are: [
        ["05-12 02:12:00", "P07 raised L3 zone:SC04-B/cooking"],
        ["05-12 02:40:00", "P07 rose to L2 zone:SC04-B/cooking"],
        ["05-12 08:30:00", "P07 resolved L2 zone:SC04-B/cooking (human)"],
        ["05-12 08:35:10", "P05 raised L3 zone:SC04-B/cooking"],
      ],
    },
    { says: { zh: "一共三个案件", en: "makes three cases in all" }, casesOf: "all", are: 3 },
    {
      says: {
        zh: "核实后一小时内派单，七天再无见鼠才由监管所办结",
        en: "goes out within the hour after the review; the office closes it after 7 days without a hit",
      },
      stepsOf: RAT,
      are: [
        ["05-12 02:10:20", "new"],
        ["05-12 02:10:20", "verifying"],
        ["05-12 08:20", "confirmed by S", 0],
        ["05-12 09:20", "dispatched", 0],
        ["05-12 10:00", "acked by O", 0],
        ["05-12 10:10", "rectifying by O", 0],
        ["05-12 16:00", "submitted by O", 0],
        ["05-15 10:00", "recheck by S", 0],
        ["05-19 10:00", "closed by S", 0],
      ],
    },
    {
      says: { zh: "猫走过处，鼠案判为误报", en: "is false where the cat walked" },
      stepsOf: { kitchen: "SC04-B", code: "P07" },
      are: ["new", "verifying", "false by S"],
    },
    {
      says: { zh: "误报的鼠案不通知任何人", en: "tells nobody of the rat that was a cat" },
      noticesOf: { kitchen: "SC04-B", code: "P07" },
      are: [],
    },
  ],
  checks: [
    {
      says: { zh: "09:00 前须完成复核", en: "is to be reviewed by 09:00" },
      holds: (told) => {
        const review = told.alone().outputs.find(({ data }) => "evidence" in data && data.to === "verifying");
        return [matches(review, { subject: "SC04", data: { due: "2026-05-12T09:00:00.000+08:00" } })];
      },
    },
    {
      says: { zh: "猫是另一个案件", en: "makes the cat a case of its own" },
      holds: (told) => [
        equal(
          stepsOf(told.alone(), "SC04-B", "P05")
            .map(({ what }) => what)
            .slice(0, 3),
          ["new", "verifying", "confirmed by S"],
        ),
      ],
    },
    {
      says: {
        zh: "人核实前不通知任何人；之后短信通知灭鼠公司",
        en: "tells nobody before a person has confirmed it",
      },
      holds: (told) => {
        const notices = noticesOf(told.alone(), "SC04", "P07");
        return [
          equal(Math.min(...notices.map(({ time }) => time)), at("05-12 09:20"), "the first notice at"),
          ...has(new Set(notices.map(({ what }) => what)), "L2 to pest-contractor by sms"),
        ];
      },
    },
    {
      says: { zh: "人核实前不变色", en: "changes no colour before a person has confirmed it" },
      holds: (told) => {
        const colours = told
          .alone()
          .outputs.flatMap(({ subject, time, data }) =>
            "region" in data && data.region === "colour" && data.from !== "grey"
              ? [{ time, what: `${subject} ${data.to}` }]
              : [],
          );
        const beforeTheIndex = colours.filter(({ time }) => time < at("05-13 02:00"));
        return paired(beforeTheIndex, [
          ["05-12 08:20", "SC04 red", 0],
          ["05-12 08:45", "SC04-B amber", 0],
        ]);
      },
    },
    {
      says: {
        zh: "指数只扣人核实过的：一处是鼠，一处是宠物",
        en: "takes from the index what a person confirmed: the rat here, the pet there",
      },
      holds: (told) => {
        const [rat, cat] = [reasonsOf(told, "SC04"), reasonsOf(told, "SC04-B")];
        return [
          equal(rat.first, at("05-13 02:00"), "the first index at"),
          equal(cat.first, at("05-13 02:00"), "the first index at"),
          isTrue(countsIn(rat.reasons, "P07", "behaviour"), "the rat counts"),
          isTrue(countsIn(cat.reasons, "P05", null), "the pet counts"),
          isTrue(!countsIn(cat.reasons, "P07", null), "no rat counts where the cat walked"),
        ];
      },
    },
  ],
});
