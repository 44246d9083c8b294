import { describe, expect, it } from "vitest";
import { at, Story } from "../story.ts";
import { faultsOf, isMet } from "../verdict.ts";
import { goldenText, goldenVerdict } from "./golden-text.ts";

const street = (count: number) =>
  new Story({
    from: "05-12 14:00",
    until: "05-12 14:20",
    kitchens: Array.from({ length: count }, (_, i) => ({
      id: `K${i + 1}`,
      type: "medium",
      devices: [{ id: `K${i + 1}/gas-1`, kind: "gas", zone: "cooking", reportEveryMs: 5_000 }],
    })),
    incidents: Array.from({ length: count }, (_, i) => ({
      kind: "gas-release" as const,
      device: `K${i + 1}/gas-1`,
      steps: [[at("05-12 14:10"), 60] as const],
      until: at("05-12 14:25"),
    })),
  }).alone();

describe("the reviewed text", () => {
  it("tells in a line what happens at one time because of one code, to the second", () => {
    const lines = goldenText(street(1)).trimEnd().split("\n");
    const alarm = lines.find((line) => line.includes("T09"));
    expect(alarm).toMatch(
      /^05-12 14:10:\d\d {2}K1 {2}T09 raised L1 zone:\*\/cooking; case new; case dispatched; tells /,
    );
    expect(alarm).toContain("L1 to O by sms");
  });

  it("tells a larger story by the minute, and once what happens alike to several", () => {
    const lines = goldenText(street(14)).trimEnd().split("\n");
    const alarms = lines.filter((line) => line.includes("raised L1"));
    expect(alarms).toEqual([expect.stringMatching(/^05-12 14:10 {2}14 kitchens, K1 to K14 {2}T09 /)]);
  });

  it("is the same each time", () => {
    expect(goldenText(street(3))).toBe(goldenText(street(3)));
  });

  it("fails with the difference where the told is another, and where there is none yet", () => {
    expect(isMet(goldenVerdict("a\nb\n", "a\nb\n", "x.txt"))).toBe(true);
    expect(faultsOf(goldenVerdict("a\nb\n", "a\nc\n", "x.txt"))).toEqual([
      "wanted x.txt; seen   a\n- b\n+ c\n  ",
    ]);
    expect(faultsOf(goldenVerdict(null, "a\n", "x.txt"))[0]).toContain("--update");
  });
});
