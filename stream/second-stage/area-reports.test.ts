import { describe, expect, it } from "vitest";
import { formatTime } from "../../twin/kernel/time.ts";
import type { Output } from "../output.ts";
import { deviceOffline } from "../rules/o01-device-offline.ts";
import { CityTrial, kitchensOf } from "./city-trial.ts";
import { onlineRate } from "./o02-online-rate.ts";

/** Ten kitchens of two offices with four devices each. */
const kitchens = kitchensOf(10, 4, (k) => ({ kitchen: { office: k <= 5 ? "150602-01" : "150602-02" } }));
const devicesOf = (k: number) => [1, 2, 3, 4].map((d) => `K${k}/d${d}`);
const all = kitchens.flatMap((_, k) => devicesOf(k + 1));

const trial = () => new CityTrial({ cityRules: [onlineRate], rules: [deviceOffline], kitchens });

/** Time, area, online of known devices in kitchens, alerts L1/L2/L3/L4. */
function told(outputs: readonly Output[]): string[] {
  return outputs.flatMap((output) => {
    if (output.type !== "warmcity.area.changed") return [];
    const { area, devices, online, kitchens: units, alerts } = output.data;
    const levels = ["L1", "L2", "L3", "L4"].map((level) => alerts[level]).join("/");
    return [`${formatTime(output.time).slice(11, 19)} ${area} ${online}/${devices} in ${units}, ${levels}`];
  });
}

describe("area reports", () => {
  it("tell at the end of a minute how many devices of an area are known and online", () => {
    const outputs = trial().born(devicesOf(1), "08:00:20").born(devicesOf(6), "08:00:40").outputs("08:10");
    expect(told(outputs).sort()).toEqual([
      "08:01:00 banner:150602 8/8 in 2, 0/0/0/0",
      "08:01:00 city 8/8 in 2, 0/0/0/0",
      "08:01:00 office:150602-01 4/4 in 1, 0/0/0/0",
      "08:01:00 office:150602-02 4/4 in 1, 0/0/0/0",
    ]);
    expect(outputs.find(({ type }) => type === "warmcity.area.changed")).toMatchObject({ subject: null });
  });

  it("say once a minute how an area stands, and nothing of one that stands as before", () => {
    const story = trial().born(all, "08:00");
    for (const second of ["10", "20", "30"]) {
      story.died(["K1/d1"], `08:10:${second}`).born(["K1/d1"], `08:10:${Number(second) + 5}`);
    }
    expect(told(story.outputs("08:30"))).toHaveLength(4);
    story.died(["K1/d1"], "08:20:05").died(["K1/d2"], "08:20:50").born(["K1/d1"], "08:21:30");
    expect(told(story.outputs("08:30")).filter((line) => / city /.test(line))).toEqual([
      "08:00:00 city 40/40 in 10, 0/0/0/0",
      "08:21:00 city 38/40 in 10, 0/0/0/1",
      "08:22:00 city 39/40 in 10, 0/0/0/1",
    ]);
  });

  it("count the open alerts of kitchens and of areas by level, each where it belongs", () => {
    const story = trial().born(all, "08:00").died(["K1/d1", "K1/d2"], "09:00:30").born(all, "10:00");
    const lines = told(story.outputs("11:00")).filter((line) => line > "08:30");
    expect(lines.filter((line) => line.includes("office:150602-01"))).toEqual([
      "09:01:00 office:150602-01 18/20 in 5, 0/0/0/1",
      "09:31:00 office:150602-01 18/20 in 5, 0/0/0/3",
      "10:00:00 office:150602-01 20/20 in 5, 0/0/0/3",
      "10:10:00 office:150602-01 20/20 in 5, 0/0/0/1",
      "10:15:00 office:150602-01 20/20 in 5, 0/0/0/0",
    ]);
    expect(lines.filter((line) => line.includes("city"))[0]).toBe("09:01:00 city 38/40 in 10, 0/0/0/1");
    expect(lines.some((line) => line.includes("office:150602-02"))).toBe(false);
  });

  it("follow an alert that becomes graver", () => {
    const story = trial().born(all, "08:00").died(devicesOf(1).slice(0, 3), "09:00").born(all, "09:15");
    expect(
      told(story.outputs("10:00"))
        .filter((line) => line.includes("office:150602-01"))
        .slice(1),
    ).toEqual([
      "09:00:00 office:150602-01 17/20 in 5, 0/0/0/1",
      "09:10:00 office:150602-01 17/20 in 5, 0/1/0/0",
      "09:15:00 office:150602-01 20/20 in 5, 0/1/0/0",
      "09:30:00 office:150602-01 20/20 in 5, 0/0/0/0",
    ]);
  });

  it("leave out the devices of closed units", () => {
    const story = trial()
      .born(all, "08:00")
      .says("warmcity.kitchen.declared", "09:00", "K1", { state: "closed" });
    expect(
      told(story.outputs("09:30"))
        .filter((line) => / city /.test(line))
        .at(-1),
    ).toBe("09:00:00 city 36/36 in 9, 0/0/0/0");
  });

  it("do not show the order of arrival, nor where another fold takes over, nor that it is live", () => {
    const story = () =>
      trial()
        .born(all, "08:00")
        .died(all.slice(0, 9), "09:00:30")
        .died(all.slice(20, 24), "09:04:10")
        .born(all.slice(0, 24), "10:00:20");
    const lines = told(story().outputs("11:00"));
    expect(lines.length).toBeGreaterThan(10);
    for (const shuffled of [1, 2, 3]) expect(told(story().outputs("11:00", { shuffled }))).toEqual(lines);
    for (const restartsAt of ["09:00:30", "09:04:10", "10:00:20"])
      expect(told(story().outputs("11:00", { restartsAt }))).toEqual(lines);
    expect(told(story().outputs("11:00", { live: true }))).toEqual(lines);
  });
});
