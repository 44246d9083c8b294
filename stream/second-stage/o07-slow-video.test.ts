import { describe, expect, it } from "vitest";
import { CityTrial, kitchensOf } from "./city-trial.ts";
import { slowVideo } from "./o07-slow-video.ts";

const trialOf = () =>
  new CityTrial({
    cityRules: [slowVideo],
    kitchens: kitchensOf(2, 1, () => ({ device: { kind: "camera" } })),
  });

/** Pictures each 20 s from `from`, up to and including `to` (minutes after 17:00). */
function opened(
  trial: CityTrial,
  from: number,
  to: number,
  firstFrameMs: number | ((n: number) => number),
  k = 1,
) {
  for (let n = from * 3; n <= to * 3; n++) {
    const seconds = n * 20;
    const minute = String(Math.floor(seconds / 60)).padStart(2, "0");
    const at = `17:${minute}:${String(seconds % 60).padStart(2, "0")}`;
    const ms = typeof firstFrameMs === "number" ? firstFrameMs : firstFrameMs(n);
    trial.says("warmcity.video.measured", at, `K${k}`, {
      camera: `K${k}/d1`,
      firstFrameMs: ms,
      street: k === 1 ? "DS-01" : null,
    });
  }
  return trial;
}

describe("O07 slow video", () => {
  it("rings when P95 has been 1.05 s for 10 min, not for 9", () => {
    const slow = opened(trialOf(), 0, 10, 1_050);
    expect(slow.run("17:10")).toEqual(["17:10:00 raised L4 street:DS-01"]);
    expect(slow.alerts("17:10")[0]).toMatchObject({ kitchen: null, value: { number: 1_050, unit: "ms" } });
    expect(opened(trialOf(), 0, 9, 1_050).run("17:30")).toEqual([]);
    expect(opened(opened(trialOf(), 0, 9, 1_050), 10, 20, 600).run("17:30")).toEqual([]);
  });

  it("stays silent at 1.0 s", () => {
    expect(opened(trialOf(), 0, 20, 1_000).run("17:30")).toEqual([]);
  });

  it("judges the pictures of a minute together, one slow one in three is too many", () => {
    const mixed = opened(trialOf(), 0, 12, (n) => (n % 3 === 0 ? 1_800 : 300));
    expect(mixed.run("17:12")).toEqual(["17:10:00 raised L4 street:DS-01"]);
  });

  it("ends after 15 min that are normal, and begins them anew with each slow minute", () => {
    const trial = opened(opened(trialOf(), 0, 12, 1_200), 13, 40, (n) => (n === 60 ? 3_000 : 500));
    expect(trial.run("17:45")).toEqual([
      "17:10:00 raised L4 street:DS-01",
      "17:36:00 resolved L4 street:DS-01",
    ]);
  });

  it("takes no single slow picture before a pause for ten slow minutes", () => {
    const trial = opened(opened(trialOf(), 0, 0, 2_000), 30, 31, 2_000);
    expect(trial.run("17:35")).toEqual([]);
  });

  it("counts kitchens of no street for the city, and a street that the measurement names", () => {
    expect(opened(trialOf(), 0, 10, 1_050, 2).run("17:10")).toEqual(["17:10:00 raised L4 city"]);
  });

  it("gives the same alerts shuffled, and after a restart", () => {
    const trial = opened(opened(trialOf(), 0, 12, 1_200), 13, 40, 500);
    const clean = trial.run("17:45");
    expect(clean).toHaveLength(2);
    for (const shuffled of [1, 2]) expect(trial.run("17:45", { shuffled })).toEqual(clean);
    expect(trial.run("17:45", { restartsAt: "17:05" })).toEqual(clean);
  });
});
