import { describe, expect, it } from "vitest";
import { CityTrial, kitchensOf, type TrialKitchen } from "./city-trial.ts";
import { onlineRate } from "./o02-online-rate.ts";

/** Twenty kitchens of two offices with five devices each: an office is 50 devices, the city 100. */
const kitchens = kitchensOf(20, 5, (k) => ({ kitchen: { office: k <= 10 ? "150602-01" : "150602-02" } }));

function devicesOf(list: readonly TrialKitchen[]): string[] {
  return list.flatMap(({ id }) => [1, 2, 3, 4, 5].map((d) => `${id}/d${d}`));
}

const all = devicesOf(kitchens);
const online = (list = kitchens) =>
  new CityTrial({ cityRules: [onlineRate], kitchens: list }).born(devicesOf(list), "08:00");

describe("O02 online rate", () => {
  it("reminds at once below 95 %, of each area that answers for it", () => {
    const trial = online().died(all.slice(0, 5), "10:00").died(all.slice(5, 6), "10:01");
    expect(trial.run("10:30")).toEqual([
      "10:00:00 raised L4 office:150602-01",
      "10:01:00 raised L4 banner:150602",
      "10:01:00 raised L4 city",
      "10:11:00 rose to L2 office:150602-01",
    ]);
  });

  it("is content with exactly 95 %", () => {
    const one = kitchensOf(20, 5);
    expect(online(one).died(all.slice(0, 5), "10:00").run("12:00")).toEqual([]);
    expect(online(one).died(all.slice(0, 6), "10:00").run("12:00")).toHaveLength(3);
  });

  it("tells how many are online", () => {
    const trial = online().died(all.slice(0, 6), "10:00");
    const city = trial.alerts("10:05").find(({ asset }) => asset === "city")!;
    expect(city).toMatchObject({
      code: "O02",
      kitchen: null,
      value: { number: 94, unit: "%" },
      because: [{ summary: "city: 94 of 100 devices of 20 kitchens online" }],
    });
  });
});

describe("O02 below 90 %", () => {
  const ofCity = (lines: string[]) => lines.filter((line) => line.endsWith(" city"));

  it("is serious after 10 min, and not after 9", () => {
    const trial = online().died(all.slice(0, 11), "10:00");
    expect(ofCity(trial.run("10:09:59"))).toEqual(["10:00:00 raised L4 city"]);
    expect(ofCity(trial.run("10:10"))).toEqual(["10:00:00 raised L4 city", "10:10:00 rose to L2 city"]);
  });

  it("begins its 10 min anew when it was at 90 % in between, and neither flaps nor ends while it wobbles", () => {
    const trial = online().died(all.slice(0, 11), "10:00");
    for (const minute of ["05", "14", "23"]) {
      trial.born(all.slice(0, 1), `10:${minute}`).died(all.slice(0, 1), `10:${minute}:30`);
    }
    expect(ofCity(trial.run("10:33:29"))).toEqual(["10:00:00 raised L4 city"]);
    expect(ofCity(trial.run("10:33:30"))).toEqual(["10:00:00 raised L4 city", "10:33:30 rose to L2 city"]);
  });

  it("judges a moment only when all of it is known", () => {
    const trial = online().died(all.slice(0, 5), "10:00");
    trial.died(all.slice(50, 60), "10:05").born(all.slice(0, 5), "10:05").born(all.slice(50, 60), "10:05:01");
    expect(ofCity(trial.run("12:00"))).toEqual(["10:05:00 raised L4 city", "10:20:01 resolved L4 city"]);
    const swap = online()
      .died(all.slice(0, 5), "10:00")
      .born(all.slice(0, 5), "10:05")
      .died(all.slice(50, 55), "10:05");
    expect(ofCity(swap.run("12:00"))).toEqual([]);
  });
});

describe("the end of O02", () => {
  const ofCity = (lines: string[]) => lines.filter((line) => line.endsWith(" city"));

  it("comes when 92 % have held for 15 min", () => {
    const trial = online()
      .died(all.slice(0, 20), "10:00")
      .born(all.slice(0, 12), "10:30")
      .born(all.slice(12, 15), "10:40");
    expect(ofCity(trial.run("10:44:59"))).toEqual(["10:00:00 raised L4 city", "10:10:00 rose to L2 city"]);
    expect(ofCity(trial.run("10:45")).at(-1)).toBe("10:45:00 resolved L2 city");
  });

  it("leaves a reminder at 93 %, a new alert of the same case, until 95 % have held for 15 min", () => {
    const trial = online().died(all.slice(0, 20), "10:00").born(all.slice(0, 13), "10:30");
    trial.born(all.slice(13, 15), "12:30");
    expect(ofCity(trial.run("13:00"))).toEqual([
      "10:00:00 raised L4 city",
      "10:10:00 rose to L2 city",
      "10:45:00 resolved L2 city",
      "10:46:00 raised L4 city",
      "12:45:00 resolved L4 city",
    ]);
    expect(new Set(trial.alerts("13:00").flatMap((a) => (a.asset === "city" ? [a.case] : []))).size).toBe(1);
  });

  it("takes 15 min at 95 % where it was never serious, and none at 94.9 %", () => {
    const trial = online().died(all.slice(0, 6), "10:00");
    expect(ofCity(trial.run("12:00"))).toEqual(["10:00:00 raised L4 city"]);
    trial.born(all.slice(0, 1), "12:00");
    expect(ofCity(trial.run("12:14:59"))).toHaveLength(1);
    expect(ofCity(trial.run("12:15")).at(-1)).toBe("12:15:00 resolved L4 city");
  });

  it("begins its 15 min anew below 92 %", () => {
    const trial = online().died(all.slice(0, 20), "10:00").born(all.slice(0, 16), "10:30");
    trial.died(all.slice(50, 55), "10:40").born(all.slice(50, 55), "10:41");
    expect(ofCity(trial.run("12:00")).at(-1)).toBe("10:56:00 resolved L2 city");
  });

  it("does not come and go around 95 %", () => {
    const trial = online().died(all.slice(0, 6), "10:00");
    for (let minute = 1; minute < 15; minute++) {
      const at = String(minute).padStart(2, "0");
      trial.born(all.slice(0, 2), `10:${at}`).died(all.slice(0, 2), `10:${at}:30`);
    }
    expect(ofCity(trial.run("10:15"))).toEqual(["10:00:00 raised L4 city"]);
  });
});

describe("who counts for O02", () => {
  it("is no device that was never heard, and no device of a closed unit", () => {
    const trial = new CityTrial({ cityRules: [onlineRate], kitchens }).born(all.slice(0, 60), "08:00");
    expect(trial.run("09:00")).toEqual([]);
    const closing = online();
    for (const { id } of kitchens.slice(0, 4)) {
      closing.says("warmcity.kitchen.declared", "09:00", id, { state: "closed" });
    }
    closing.died(devicesOf(kitchens.slice(0, 4)), "10:00");
    expect(closing.run("12:00")).toEqual([]);
    const reopened = closing.says("warmcity.kitchen.declared", "12:00", "K1", { state: "open" });
    expect(reopened.run("12:00").sort()).toEqual([
      "12:00:00 raised L4 banner:150602",
      "12:00:00 raised L4 city",
      "12:00:00 raised L4 office:150602-01",
    ]);
  });

  it("is no device that is still off after a declared closing, until its unit shows life", () => {
    const closing = () => {
      const trial = online();
      for (const { id } of kitchens.slice(0, 4)) {
        const to = "2026-03-03T00:00:00+08:00";
        trial.says("warmcity.kitchen.declared", "09:00", id, { state: "closed", to });
      }
      return trial.died(devicesOf(kitchens.slice(0, 4)), "10:00");
    };
    expect(closing().run("03-03 12:00")).toEqual([]);
    const back = closing().born(devicesOf(kitchens.slice(0, 4)), "03-03 07:00");
    expect(back.run("03-03 12:00")).toEqual([]);
    for (const { id } of kitchens.slice(0, 4)) {
      back.says("warmcity.kitchen.activity", "03-03 06:00", id, { kind: "cooking" });
    }
    expect(back.run("03-03 12:00")[0]).toMatch(/^03-03 06:00:00 raised L4/);
  });

  it("is no area of fewer than 20 devices or 5 kitchens", () => {
    const few = (count: number, each: number) => {
      const list = kitchensOf(count, each);
      const devices = list.flatMap(({ id }) => Array.from({ length: each }, (_, d) => `${id}/d${d + 1}`));
      return new CityTrial({ cityRules: [onlineRate], kitchens: list })
        .born(devices, "08:00")
        .died(devices.slice(0, 10), "10:00")
        .run("10:05");
    };
    expect(few(4, 10)).toEqual([]);
    expect(few(19, 1)).toEqual([]);
    expect(few(5, 4)).toHaveLength(3);
  });

  it("ends with the closing of its units", () => {
    const small = kitchensOf(5, 4);
    const devices = small.flatMap(({ id }) => [1, 2, 3, 4].map((d) => `${id}/d${d}`));
    const trial = new CityTrial({ cityRules: [onlineRate], kitchens: small }).born(devices, "08:00");
    trial
      .died(devices.slice(0, 2), "10:00")
      .says("warmcity.kitchen.declared", "11:00", "K5", { state: "closed" });
    expect(trial.run("12:00").filter((line) => line.endsWith(" city"))).toEqual([
      "10:00:00 raised L4 city",
      "11:15:00 resolved L4 city",
    ]);
  });
});

describe("the order of arrival", () => {
  const story = () =>
    online().died(all.slice(0, 20), "10:00").died(all.slice(60, 64), "10:07").born(all.slice(0, 19), "10:30");

  it("does not show in O02", () => {
    const lines = story().run("12:00");
    expect(lines.length).toBeGreaterThan(4);
    for (const shuffled of [1, 2, 3]) expect(story().run("12:00", { shuffled })).toEqual(lines);
  });

  it("does not show where another fold takes over", () => {
    const lines = story().run("12:00");
    for (const restartsAt of ["10:00", "10:07", "10:30"]) {
      expect(story().run("12:00", { restartsAt })).toEqual(lines);
    }
  });

  it("does not show live either", () => {
    expect(story().run("12:00", { live: true })).toEqual(story().run("12:00"));
  });
});
