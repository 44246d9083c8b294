import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rules/rule-trial.ts";
import { fridgeHigh } from "./rules/t01-fridge-high.ts";

const FRIDGE = "K/fridge-1";

/** A gateway stores 08:00-11:00 and sends it all at noon; meanwhile another fridge shows that the city lives. */
function backlog(cools: boolean): RuleTrial {
  const devices = [FRIDGE, "K/fridge-2"].map((id) => ({
    id,
    kind: "fridge-temperature",
    reportEveryMs: 60_000,
  }));
  const trial = new RuleTrial(fridgeHigh, { devices });
  trial.readsOn("K/fridge-2", "08:00", "13:00", 4);
  for (let minute = 0; minute <= 180; minute++) {
    const at = `${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    trial.reads(FRIDGE, at, cools && minute > 60 ? 4 : 9, { receivedAt: "12:00" });
  }
  return trial;
}

const rings = (trial: RuleTrial) =>
  trial.outputs("13:00").filter(({ type }) => type === "warmcity.notification.requested");

describe("notifications of late data", () => {
  it("never ring for what was over before the data came", () => {
    const trial = backlog(true);
    expect(trial.run("13:00").some((line) => line.includes("raised"))).toBe(true);
    expect(trial.alerts("13:00").every(({ retro }) => retro)).toBe(true);
    expect(rings(trial)).toEqual([]);
  });

  it("ring once the backlog is folded, if the condition still holds", () => {
    const trial = backlog(false);
    trial.run("13:00");
    const times = rings(trial).map(({ time }) => new Date(time + 8 * 3_600_000).toISOString().slice(11, 16));
    expect(times.length).toBeGreaterThan(0);
    expect(new Set(times)).toEqual(new Set(["12:01"]));
  });
});
