import { describe, expect, it } from "vitest";
import { deviceOffline } from "../rules/o01-device-offline.ts";
import type { Rule } from "../rules/rule.ts";
import { CityTrial, kitchensOf, type TrialKitchen } from "./city-trial.ts";
import { areaOutage } from "./o06-area-outage.ts";

const DEVICES = 5;

/** `count` kitchens per feeder and banner; each banner is one office and has two network segments. */
function cityOf(banners: number, feedersEach: number, count: number): TrialKitchen[] {
  return kitchensOf(banners * feedersEach * count, DEVICES, (k) => {
    const feeder = Math.ceil(k / count);
    const banner = `15060${Math.ceil(feeder / feedersEach) + 1}`;
    return {
      kitchen: { banner, office: `${banner}-01` },
      device: { feeder: `F-${feeder}`, isp: `I-${banner}-${(k % 2) + 1}` },
    };
  });
}

/** The first `each` devices of kitchens `from` to `to`. */
function devices(from: number, to: number, each = DEVICES): string[] {
  return Array.from({ length: (to - from + 1) * each }, (_, i) => {
    return `K${from + Math.floor(i / each)}/d${(i % each) + 1}`;
  });
}

function trialOf(kitchens: TrialKitchen[], rules: Rule[] = []): CityTrial {
  const trial = new CityTrial({ cityRules: [areaOutage], kitchens, rules });
  return trial.born(
    trial.city.devices.map(({ id }) => id),
    "08:00",
  );
}

/** One banner, two feeders of 10 kitchens with 5 devices each. */
const banner = (rules: Rule[] = []) => trialOf(cityOf(1, 2, 10), rules);

describe("O06 area outage", () => {
  it("rings when 30 % of an area fall silent within 5 min, under the name of what failed", () => {
    const trial = banner().died(devices(1, 5), "10:00").died(devices(6, 10), "10:00:10");
    expect(trial.run("10:30")).toEqual(["10:00:00 raised L2 feeder:F-1"]);
    const [alert] = trial.alerts("10:30");
    expect(alert).toMatchObject({ kitchen: null, value: { number: 50, unit: "%" } });
    expect(alert!.because.slice(0, 2)).toMatchObject([
      { source: "/twin", summary: "feeder F-1: 25 of 50 devices of 10 kitchens are silent" },
      { source: "/devices/K1/d1", summary: "K1/d1 fell silent" },
    ]);
  });

  it("takes exactly 30 %, and not less", () => {
    expect(banner().died(devices(1, 3), "10:00").run("11:00")).toEqual(["10:00:00 raised L2 feeder:F-1"]);
    expect(banner().died(devices(1, 3).slice(1), "10:00").run("11:00")).toEqual([]);
  });

  it("takes 5 min, and not more", () => {
    const slow = (last: string) =>
      banner().died(devices(1, 2), "10:00").died(devices(3, 3), last).run("11:00");
    expect(slow("10:05")).toEqual(["10:05:00 raised L2 feeder:F-1"]);
    expect(slow("10:05:01")).toEqual([]);
  });

  it("counts a device that came back meanwhile, but once, and none of a unit that closed", () => {
    const flapping = () => banner().died(devices(1, 2), "10:00").born(devices(1, 2), "10:01");
    expect(flapping().died(devices(3, 3), "10:02").run("10:10")).toEqual(["10:02:00 raised L2 feeder:F-1"]);
    expect(flapping().died(devices(1, 1), "10:02").run("11:00")).toEqual([]);
    const closed = banner().died(devices(1, 2), "10:00").died(devices(3, 3), "10:02");
    closed.says("warmcity.kitchen.declared", "10:01", "K1", { state: "closed" });
    expect(closed.run("11:00")).toEqual([]);
  });

  it("needs 20 heard devices of 5 kitchens", () => {
    const few = (count: number, each: number) => {
      const trial = trialOf(kitchensOf(count, each, () => ({ device: { feeder: "F-1" } })));
      return trial
        .died(
          trial.city.devices.map(({ id }) => id),
          "10:00",
        )
        .run("10:30");
    };
    expect(few(4, 10)).toEqual([]);
    expect(few(19, 1)).toEqual([]);
    expect(few(5, 4)).toEqual(["10:00:00 raised L2 feeder:F-1"]);
  });

  it("names the network segment that fails across feeders, and nothing else", () => {
    const trial = banner();
    for (let k = 1; k < 10; k += 2) {
      trial.died(devices(k, k), `10:00:0${k}`).died(devices(k + 10, k + 10), `10:00:0${k}`);
    }
    expect(trial.run("11:00")).toEqual(["10:00:03 raised L2 isp:I-150602-2"]);
  });

  it("gives the name up to a larger failure around it within 5 min, and keeps it otherwise", () => {
    const spreads = (minute: string) => {
      const trial = banner().died([...devices(1, 1), ...devices(3, 3), ...devices(5, 5)], "10:00");
      for (let k = 7; k < 20; k += 2) trial.died(devices(k, k), `${minute}:${k + 10}`);
      return trial.run("11:00");
    };
    expect(spreads("10:01")).toEqual([
      "10:00:00 raised L2 feeder:F-1",
      "10:01:23 raised L2 isp:I-150602-2",
      "10:01:23 resolved L2 feeder:F-1 (outage)",
    ]);
    expect(spreads("10:30").filter((line) => line.includes("F-1"))).toEqual([
      "10:00:00 raised L2 feeder:F-1",
    ]);
  });

  it("waits up to a minute while a larger area is nearly as dark, and dates the alert back", () => {
    const trial = banner();
    const other = [...devices(11, 12, 4), ...devices(13, 14, 2)];
    trial.died(other, "10:00").died(devices(1, 4, 4), "10:00:04");
    expect(trial.run("10:01:03")).toEqual([]);
    expect(trial.run("10:01:04")).toEqual(["10:00:04 raised L2 feeder:F-1"]);
    const [alert] = trial
      .born(devices(1, 4, 4), "10:00:40")
      .born(other, "10:00:40")
      .alerts("10:20");
    expect(alert).toMatchObject({ state: "resolved", value: { number: 32, unit: "%" } });
    expect(trial.run("10:20").at(-1)).toBe("10:11:04 resolved L2 feeder:F-1");
  });

  it("lets two failures in different areas stand side by side", () => {
    const trial = banner().died(devices(1, 4), "10:00").died(devices(11, 14), "10:20");
    expect(trial.run("11:00")).toEqual(["10:00:00 raised L2 feeder:F-1", "10:20:00 raised L2 feeder:F-2"]);
  });
});

describe("the end of O06", () => {
  const cut = () => banner().died(devices(1, 10), "10:00");

  it("comes when 95 % have been back for 10 min", () => {
    const trial = cut()
      .born(devices(1, 9), "10:30")
      .born(devices(10, 10, 2), "10:40")
      .born(["K10/d3"], "10:45");
    expect(trial.run("10:54:59")).toEqual(["10:00:00 raised L2 feeder:F-1"]);
    expect(trial.run("10:55").at(-1)).toBe("10:55:00 resolved L2 feeder:F-1");
  });

  it("does not wait for devices that were silent before", () => {
    const trial = banner()
      .died(devices(1, 1), "08:30")
      .died(devices(2, 10), "10:00")
      .born(devices(2, 10), "10:30");
    expect(trial.run("11:00")).toEqual(["10:00:00 raised L2 feeder:F-1", "10:40:00 resolved L2 feeder:F-1"]);
  });

  it("begins its 10 min anew below 95 %, so a rate that wobbles neither opens nor closes it", () => {
    const trial = cut();
    for (let minute = 30; minute < 50; minute += 4) {
      trial.born(devices(1, 10), `10:${minute}`).died(devices(1, 10), `10:${minute + 2}`);
    }
    trial.born(devices(1, 10), "10:52");
    expect(trial.run("12:00")).toEqual(["10:00:00 raised L2 feeder:F-1", "11:02:00 resolved L2 feeder:F-1"]);
  });
});

describe("O06 of the city", () => {
  /** Three banners of two feeders of 6 kitchens; feeders 1, 3 and 5 lie in three banners. */
  const three = (rules: Rule[] = []) => trialOf(cityOf(3, 2, 6), rules);
  const ofCity = (lines: string[]) => lines.filter((line) => line.includes(" city"));

  it("takes over from the areas when three banners are hit", () => {
    const trial = three().died(devices(1, 6), "10:00").died(devices(13, 18), "10:00:30");
    expect(ofCity(trial.run("10:10"))).toEqual([]);
    trial.died(devices(25, 30), "10:01");
    expect(trial.run("10:30").sort()).toEqual([
      "10:00:00 raised L2 feeder:F-1",
      "10:00:30 raised L2 feeder:F-3",
      "10:01:00 raised L2 city",
      "10:01:00 raised L2 feeder:F-5",
      "10:02:00 resolved L2 feeder:F-1 (outage)",
      "10:02:00 resolved L2 feeder:F-3 (outage)",
      "10:02:00 resolved L2 feeder:F-5 (outage)",
    ]);
    expect(ofCity(trial.run("10:01:59"))).toEqual([]);
    const alerts = trial.alerts("10:30");
    const city = alerts.find(({ asset }) => asset === "city")!;
    expect(alerts.filter(({ parent }) => parent === city.alert)).toHaveLength(3);
  });

  it("gains areas that fail later without another alert, and ends when all of them are back together", () => {
    const trial = three().died([...devices(1, 6), ...devices(13, 18), ...devices(25, 30)], "10:00");
    trial.died(devices(31, 36), "10:20");
    trial
      .born([...devices(1, 6), ...devices(13, 18), ...devices(25, 30)], "10:30")
      .born(devices(31, 36), "11:00");
    expect(ofCity(trial.run("12:00"))).toEqual(["10:00:00 raised L2 city", "11:10:00 resolved L2 city"]);
    expect(trial.run("12:00").filter((line) => line.includes("F-6"))).toEqual([]);
  });

  it("leaves an area that is still dark under its own name", () => {
    const many = trialOf(cityOf(3, 8, 6));
    for (let f = 0; f < 24; f++) many.died(devices(6 * f + 1, 6 * f + 6), `10:00:${f + 10}`);
    many.born(devices(7, 144), "10:30");
    expect(
      many
        .run("12:00")
        .filter((line) => line > "10:10")
        .sort(),
    ).toEqual(["10:40:00 raised L2 feeder:F-1", "10:40:00 resolved L2 city"]);
  });

  it("mutes O01 of its devices, and does not ring for those that come back last", () => {
    const trial = three([deviceOffline]);
    trial.died([...devices(1, 6), ...devices(13, 18), ...devices(25, 30)], "10:00");
    trial.born([...devices(1, 6), ...devices(13, 18)], "10:50").born(devices(25, 29), "10:50");
    trial.born(devices(30, 30, 4), "10:59");
    const lines = trial.run("12:00").filter((line) => line.includes("/d"));
    expect(lines.filter((line) => line.includes("suppressed"))).toHaveLength(90);
    expect(lines.filter((line) => line.includes("raised"))).toEqual(["11:20:00 raised L4 K30 K30/d5"]);
    const parent = trial.alerts("12:00").find(({ asset }) => asset === "city")!.alert;
    const child = trial.alerts("10:45").find(({ asset }) => asset === "K1/d1")!;
    expect(child).toMatchObject({ state: "suppressed", reason: "outage", parent, suppressedBy: parent });
  });
});

describe("O01 under O06", () => {
  it("of other areas rings as ever", () => {
    const trial = banner([deviceOffline]).died(devices(1, 10), "10:00").died(["K11/d1"], "10:00");
    expect(trial.run("11:00").filter((line) => line.includes("raised"))).toEqual([
      "10:00:00 raised L2 feeder:F-1",
      "10:30:00 raised L4 K11 K11/d1",
    ]);
  });

  it("rings of what stays silent after the end", () => {
    const trial = banner([deviceOffline]).died(devices(1, 10), "10:00").born(devices(1, 9), "11:00");
    trial.born(devices(10, 10, 4), "11:00");
    expect(trial.run("12:00").filter((line) => line.includes("raised"))).toEqual([
      "10:00:00 raised L2 feeder:F-1",
      "11:21:00 raised L4 K10 K10/d5",
    ]);
  });
});

describe("the order of arrival", () => {
  const story = () => {
    const trial = trialOf(cityOf(3, 2, 6), [deviceOffline]).died(devices(1, 6), "10:00");
    trial.died(devices(13, 18), "10:00:30").died(devices(25, 30), "10:01");
    return trial.born(devices(1, 6), "10:50").born(devices(13, 18), "10:50").born(devices(25, 29), "10:50");
  };

  it("does not show in O06", () => {
    const lines = story().run("12:00");
    for (const shuffled of [1, 2]) expect(story().run("12:00", { shuffled })).toEqual(lines);
  });

  it("does not show where another fold takes over", () => {
    const lines = story().run("12:00");
    for (const restartsAt of ["10:00", "10:01", "10:50"]) {
      expect(story().run("12:00", { restartsAt })).toEqual(lines);
    }
  });

  it("does not show live either", () => {
    expect(story().run("12:00", { live: true })).toEqual(story().run("12:00"));
  });
});
