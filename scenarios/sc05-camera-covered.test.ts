import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
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

describe("SC05 a camera covered", () => {
  it("is L4 after 3 min, L3 after 10 and at the third time of the day; not by steam, nor by lights off at night", () => {
    const expected: Expected[] = [
      ["05-12 11:23", `O03 raised L4 ${CAMERA}`],
      ["05-12 11:30", `O03 rose to L3 ${CAMERA}`],
      ["05-12 11:55", `O03 resolved L3 ${CAMERA}`],
      ["05-12 12:13", `O03 raised L4 ${CAMERA}`],
      ["05-12 12:19", `O03 resolved L4 ${CAMERA}`],
      ["05-12 13:03", `O03 raised L3 ${CAMERA}`],
      ["05-12 13:09", `O03 resolved L3 ${CAMERA}`],
    ];
    expect(against(alertsOf(story.alone(), "SC05"), expected)).toEqual(wordsOf(expected));
  });

  it("is one case, closed by itself when the view is clear, and reopened", () => {
    const steps: Expected[] = [
      ["05-12 11:23", "new"],
      ["05-12 11:23", "dispatched"],
      ["05-12 11:55", "closed"],
      ["05-12 12:13", "reopened"],
      ["05-12 12:13", "dispatched"],
      ["05-12 12:19", "closed"],
      ["05-12 13:03", "reopened"],
      ["05-12 13:03", "dispatched"],
      ["05-12 13:09", "closed"],
    ];
    expect(against(stepsOf(story.alone(), "SC05", "O03"), steps)).toEqual(wordsOf(steps));
  });

  it("is spoken in the kitchen each time, written once, and told to the office when it is the third time", () => {
    const notices: Expected[] = [
      ["05-12 11:23", "L4 to O by in-app"],
      ["05-12 11:23", "L4 to O by voice"],
      ["05-12 11:30", "L3 to O by push"],
      ["05-12 11:30", "L3 to O by sms"],
      ["05-12 11:30", "L3 to O by voice"],
      ["05-12 12:13", "L4 to O by voice"],
      ["05-12 13:03", "L3 to O by voice"],
      ["05-12 13:03", "L3 to S by push"],
      ["05-12 13:03", "L3 to S by sms"],
    ];
    const got = noticesOf(story.alone(), "SC05", "O03").sort(
      (a, b) => a.time - b.time || (a.what < b.what ? -1 : 1),
    );
    expect(against(got, notices)).toEqual(wordsOf(notices));
  });

  tellEveryWay(story, { load: ["05-12 11:00", "05-12 12:25"] });
});
