import type { Incident } from "../simulator/incidents.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const CAMERA = "SC05/cam-2";
const restaurant: NamedKitchen = {
  id: "SC05",
  type: "medium",
  opens: [["09:00", "22:00"]],
  devices: [
    { id: "SC05/cam-1", kind: "camera", zone: "cooking", reportEveryMs: 60_000 },
    { id: CAMERA, kind: "camera", zone: "cutting", reportEveryMs: 60_000 },
    { id: "SC05/fridge-1", kind: "fridge-temperature", reportEveryMs: 60_000, gateway: "SC05/gw" },
  ],
};
const view = (state: "covered" | "blurred", from: string, to: string): Incident => ({
  kind: "camera-view",
  camera: CAMERA,
  state,
  from: at(from),
  to: at(to),
});

const story = new Story({
  from: "05-12 10:30",
  until: "05-13 08:00",
  kitchens: [restaurant],
  incidents: [
    view("blurred", "05-12 11:05", "05-12 11:06"),
    view("covered", "05-12 11:20", "05-12 11:50"),
    view("covered", "05-12 12:10", "05-12 12:14"),
    view("covered", "05-12 13:00", "05-12 13:04"),
    view("covered", "05-12 22:30", "05-13 05:00"),
  ],
});

const O03 = { kitchen: "SC05", code: "O03" };

export const cameraCovered = defineScenario({
  name: "sc05-camera-covered",
  title: { zh: "摄像头一天三次被遮挡", en: "a camera is covered three times a day" },
  story,
  ways: { load: ["05-12 11:00", "05-12 12:25"] },
  expects: [
    {
      says: {
        zh: "3 分钟四级，10 分钟及当日第三次三级；蒸汽与夜间关灯不算",
        en: "is L4 after 3 min, L3 after 10 and at the third time of the day; not by steam, nor by lights off at night",
      },
      alertsOf: "SC05",
      are: [
        ["05-12 11:23", `O03 raised L4 ${CAMERA}`],
        ["05-12 11:30", `O03 rose to L3 ${CAMERA}`],
        ["05-12 11:55", `O03 resolved L3 ${CAMERA}`],
        ["05-12 12:13", `O03 raised L4 ${CAMERA}`],
        ["05-12 12:19", `O03 resolved L4 ${CAMERA}`],
        ["05-12 13:03", `O03 raised L3 ${CAMERA}`],
        ["05-12 13:09", `O03 resolved L3 ${CAMERA}`],
      ],
    },
    {
      says: {
        zh: "同一案件，画面恢复自动办结，再遮则复开",
        en: "is one case, closed by itself when the view is clear, and reopened",
      },
      stepsOf: O03,
      are: [
        ["05-12 11:23", "new"],
        ["05-12 11:23", "dispatched"],
        ["05-12 11:55", "closed"],
        ["05-12 12:13", "reopened"],
        ["05-12 12:13", "dispatched"],
        ["05-12 12:19", "closed"],
        ["05-12 13:03", "reopened"],
        ["05-12 13:03", "dispatched"],
        ["05-12 13:09", "closed"],
      ],
    },
    {
      says: {
        zh: "每次现场语音提醒，书面只送一次，第三次告知监管所",
        en: "is spoken in the kitchen each time, written once, and told to the office when it is the third time",
      },
      noticesOf: O03,
      are: [
        ["05-12 11:23", "L4 to O by in-app"],
        ["05-12 11:23", "L4 to O by voice"],
        ["05-12 11:30", "L3 to O by push"],
        ["05-12 11:30", "L3 to O by sms"],
        ["05-12 11:30", "L3 to O by voice"],
        ["05-12 12:13", "L4 to O by voice"],
        ["05-12 13:03", "L3 to O by voice"],
        ["05-12 13:03", "L3 to S by push"],
        ["05-12 13:03", "L3 to S by sms"],
      ],
    },
  ],
});
