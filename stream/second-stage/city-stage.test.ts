import { describe, expect, it } from "vitest";
import { deviceOffline } from "../rules/o01-device-offline.ts";
import { CityTrial, kitchensOf } from "./city-trial.ts";
import { onlineRate } from "./o02-online-rate.ts";

/** Twenty devices of five kitchens that report each minute; they speak from 08:00 until they are left out. */
function beating(until: (device: string) => string): CityTrial {
  const kitchens = kitchensOf(5, 4, () => ({ device: { reportEveryMs: 60_000 } }));
  const trial = new CityTrial({ cityRules: [onlineRate], rules: [deviceOffline], kitchens });
  for (const { id } of trial.city.devices) trial.beats(id, "08:00", until(id));
  return trial;
}

const two = (device: string) => (device === "K1/d1" || device === "K1/d2" ? "08:20" : "09:30");

describe("silences in the second stage", () => {
  it("begin with the third missed report", () => {
    const trial = beating(two);
    expect(trial.run("09:30").filter((line) => line.endsWith("city"))).toEqual(["08:23:00 raised L4 city"]);
  });

  it("last, once settled, also live", () => {
    const trial = beating(two);
    expect(trial.run("09:30", { live: true }).filter((line) => line.endsWith("city"))).toEqual([
      "08:23:00 raised L4 city",
    ]);
  });
});
