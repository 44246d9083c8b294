import { expect, it } from "vitest";
import { at, Story } from "../story.ts";
import { cuesOf } from "./cues.ts";

it("says in order what goes wrong, what is told by hand and what people do", () => {
  const story = new Story({
    from: "05-12 14:00",
    until: "05-12 14:40",
    kitchens: [{ id: "K", type: "medium", devices: [{ id: "K/gas-1", kind: "gas", reportEveryMs: 5_000 }] }],
    incidents: [
      { kind: "gas-release", device: "K/gas-1", steps: [[at("05-12 14:10"), 60]], until: at("05-12 14:12") },
    ],
  })
    .says("warmcity.record.filed", "05-12 14:20", { kind: "gas-clearance" }, { kitchen: "K" })
    .sends("05-12 14:05", "no event at all")
    .acts("05-12 14:15", { kitchen: "K", code: "T09" }, "acknowledge", "O");
  expect(cuesOf(story).map(({ tone, text }) => `${tone}: ${text.zh} / ${text.en}`)).toEqual([
    "truth: 燃气泄漏 K/gas-1 / gas escapes K/gas-1",
    "act: 经营单位 签收 T09 / operator acknowledges T09",
    "word: 填报记录 K / record filed K",
  ]);
});
