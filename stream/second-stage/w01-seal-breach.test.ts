import { describe, expect, it } from "vitest";
import { sealBreach } from "../rules/w01-seal-breach.ts";
import { CityTrial, kitchensOf } from "./city-trial.ts";
import { sealBreaches } from "./w01-seal-breach.ts";

/** Counts orders, so that each has its own number. */
class Deliveries {
  readonly trial = new CityTrial({
    cityRules: [sealBreaches],
    rules: [sealBreach],
    kitchens: kitchensOf(12, 0),
  });
  #orders = 0;

  /** `count` orders handed over from `from` on, one each `stepS` seconds, of one unit, rider and station. */
  hands(
    from: string,
    count: number,
    of: {
      unit?: string;
      rider?: string | null;
      station?: string | null;
      intact?: boolean;
      stepS?: number;
      at?: "pickup";
    },
  ): this {
    const { unit = "K1", rider = null, station = null, intact = true, stepS = 10, at = "handover" } = of;
    for (let i = 0; i < count; i++) {
      this.scan(plus(from, i * stepS), unit, { order: `O-${++this.#orders}`, rider, station, intact, at });
    }
    return this;
  }

  scan(at: string, unit: string, data: SealData): this {
    this.trial.says("warmcity.order.seal-scanned", at, unit, data, { by: "/platforms/p" });
    return this;
  }

  seal(at: string, unit: string, data: SealData): this {
    this.trial.says("warmcity.order.sealed", at, unit, data, { by: "/platforms/p" });
    return this;
  }
}

interface SealData {
  order: string;
  rider?: string | null;
  station?: string | null;
  intact?: boolean;
  at?: "pickup" | "handover";
  cookedAt?: string;
  temperature?: number;
}

/** "[MM-DD ]HH:MM[:SS]" and so many seconds, within the day. */
function plus(at: string, seconds: number): string {
  const [clock, day] = at.split(" ").reverse();
  const [h = 0, m = 0, s = 0] = clock!.split(":").map(Number);
  const total = h * 3_600 + m * 60 + s + seconds;
  const parts = [total / 3_600, (total / 60) % 60, total % 60].map((part) =>
    String(Math.floor(part)).padStart(2, "0"),
  );
  return `${day === undefined ? "" : `${day} `}${parts.join(":")}`;
}

const deliveries = () => new Deliveries();

describe("W01 seal breach", () => {
  it("is L3 at the fifth broken seal within 60 min, if that is 2 % of the orders", () => {
    const unit = deliveries().hands("11:00", 245, {}).hands("11:50", 5, { intact: false });
    expect(unit.trial.run("12:30")).toEqual(["11:50:40 raised L3 K1"]);
    expect(unit.trial.alerts("12:30")[0]).toMatchObject({
      code: "W01",
      asset: null,
      value: { number: 2, unit: "%" },
      because: [{ source: "/platforms/p", id: "e245" }, {}, {}, {}, { id: "e249" }],
    });
    expect(
      deliveries().hands("11:00", 246, {}).hands("11:50", 5, { intact: false }).trial.run("12:30"),
    ).toEqual([]);
    expect(deliveries().hands("11:50", 4, { intact: false }).trial.run("12:30")).toEqual([]);
  });

  it("takes 60 min, and not more", () => {
    const spread = (last: string) =>
      deliveries()
        .hands("11:00", 4, { intact: false, stepS: 0 })
        .hands(last, 1, { intact: false })
        .trial.run("13:00");
    expect(spread("12:00")).toEqual(["12:00:00 raised L3 K1"]);
    expect(spread("12:00:01")).toEqual([]);
  });

  it("counts an order once, at hand-over", () => {
    const twice = deliveries();
    for (const at of ["11:00", "11:01", "11:02", "11:03", "11:04"])
      twice.scan(at, "K1", { order: "O", intact: false, at: "handover" });
    twice.hands("11:10", 5, { intact: false, at: "pickup" }).hands("11:20", 3, { intact: false });
    expect(twice.trial.run("12:00")).toEqual([]);
  });

  it("takes 3 times the rate of the 14 days before", () => {
    const usual = (breachesBefore: number) => {
      const of = deliveries();
      for (let day = 1; day <= 9; day++) of.hands(`02-2${day - 1} 11:00`, 20, {});
      return of
        .hands("02-22 12:00", breachesBefore, { intact: false, stepS: 3_600 })
        .hands("10:05", 100, {})
        .hands("11:00", 5, { intact: false });
    };
    expect(usual(0).trial.run("12:00")).toEqual(["11:00:40 raised L3 K1"]);
    expect(usual(2).trial.run("12:00")).toEqual(["11:00:40 raised L3 K1"]);
    expect(usual(3).trial.run("12:00")).toEqual([]);
  });

  it("forgets what is older than these 14 days", () => {
    const old = deliveries()
      .hands("02-10 11:00", 10, { intact: false, stepS: 1_000 })
      .hands("11:00", 5, { intact: false });
    expect(old.trial.run("12:00").filter((line) => !line.startsWith("02-"))).toEqual([
      "11:00:40 raised L3 K1",
    ]);
    const fresh = deliveries()
      .hands("02-20 11:00", 10, { intact: false, stepS: 1_000 })
      .hands("11:00", 5, { intact: false });
    expect(fresh.trial.run("12:00").filter((line) => !line.startsWith("02-"))).toEqual([]);
  });
});

describe("who explains W01", () => {
  /** SC07: nine merchants, three broken seals each, all carried by r1 and r2 from station Z. */
  function spike(): Deliveries {
    const of = deliveries();
    for (let i = 0; i < 300; i++) {
      const broken = i % 11 === 5 && i < 297;
      of.hands(plus("12:00", i * 8), 1, {
        unit: `K${(i % 9) + 1}`,
        rider: broken ? (Math.floor(i / 11) % 3 === 0 ? "r2" : "r1") : `r${(i % 20) + 1}`,
        station: "Z",
        intact: !broken,
      });
    }
    return of;
  }

  it("is the station whose riders broke them, not the merchants", () => {
    expect(spike().trial.run("14:00")).toEqual(["12:06:32 raised L3 station:Z"]);
    expect(spike().trial.alerts("14:00")[0]).toMatchObject({ kitchen: null, asset: "station:Z" });
  });

  it("is the unit, when its orders break with every rider", () => {
    const unit = deliveries();
    for (let i = 0; i < 10; i++)
      unit.hands(plus("12:00", i * 10), 1, { unit: "K1", rider: `r${i}`, station: `s${i}`, intact: false });
    expect(unit.trial.run("13:00")).toEqual(["12:00:40 raised L3 K1"]);
  });

  it("is the key of the higher rate when two have the same breaches", () => {
    const both = deliveries()
      .hands("11:30", 20, { unit: "K1", rider: "r9" })
      .hands("12:00", 5, { unit: "K1", rider: "r1", intact: false });
    expect(both.trial.run("13:00")).toEqual(["12:00:40 raised L3 rider:r1"]);
    expect(both.trial.alerts("13:00")[0]!.because.at(-1)).toMatchObject({
      source: "/twin",
      summary: "5 of 5 breaches of kitchen K1 belong to rider r1",
    });
  });

  it("names who gave way later when it ends", () => {
    const [alert] = spike().trial.alerts("03-04 12:00");
    expect(alert!.state).toBe("resolved");
    expect(alert!.because.map(({ summary }) => summary)).toContainEqual(
      expect.stringMatching(/breaches of rider r1 belong to station Z/),
    );
  });

  it("leaves two keys with breaches of their own", () => {
    const two = deliveries()
      .hands("12:00", 6, { unit: "K1", rider: "r1", intact: false })
      .hands("12:10", 6, { unit: "K2", rider: "r2", intact: false });
    expect(
      two.trial
        .run("13:00")
        .map((line) => line.split(" ").at(-1))
        .sort(),
    ).toEqual(["K1", "K2", "rider:r1", "rider:r2"]);
  });
});

describe("food handed over cold", () => {
  const dish = (at: string, temperature: number, more: Partial<SealData> = {}) =>
    deliveries()
      .seal("10:00", "K1", { order: "O", cookedAt: "2026-03-02T10:00:00+08:00" })
      .scan(at, "K1", { order: "O", at: "handover", temperature, intact: true, ...more })
      .trial.run("13:00");

  it("is a reminder to its unit after 2 h and below 60 °C", () => {
    expect(dish("12:00:01", 59.9)).toEqual(["12:00:01 raised L4 K1"]);
    expect(dish("12:00", 50)).toEqual([]);
    expect(dish("12:30", 60)).toEqual([]);
    expect(dish("12:30", 50, { at: "pickup" })).toEqual([]);
  });

  it("goes by what the last scan says of the cooking, and by nothing unknown", () => {
    expect(dish("12:30", 50, { cookedAt: "2026-03-02T11:00:00+08:00" })).toEqual([]);
    const unknown = deliveries().scan("12:30", "K1", { order: "O", at: "handover", temperature: 50 });
    expect(unknown.trial.run("13:00")).toEqual([]);
  });

  it("becomes L3 with broken seals, and ends 24 h after the last", () => {
    const cold = deliveries()
      .scan("10:00", "K1", {
        order: "O",
        at: "handover",
        temperature: 50,
        cookedAt: "2026-03-02T07:00:00+08:00",
      })
      .hands("11:00", 5, { intact: false });
    expect(cold.trial.run("03-04 12:00")).toEqual([
      "10:00:00 raised L4 K1",
      "11:00:40 rose to L3 K1",
      "03-03 12:00:40 resolved L3 K1",
    ]);
  });
});

describe("the end of W01", () => {
  const broken = () => deliveries().hands("11:00", 5, { rider: "r1", unit: "K1", intact: false });
  const ends = (of: Deliveries) =>
    of.trial
      .run("03-06 00:00")
      .filter((line) => line.includes("resolved"))
      .sort();

  it("comes 24 h after the window of the last breach has passed", () => {
    expect(ends(broken())).toEqual(["03-03 12:00:40 resolved L3 K1", "03-03 12:00:40 resolved L3 rider:r1"]);
  });

  it("comes 24 h after other orders have brought the share below 1 %", () => {
    const diluted = broken().hands("11:10", 496, { rider: "r1", unit: "K1", stepS: 1 });
    expect(ends(diluted)).toEqual(["03-03 11:18:15 resolved L3 K1", "03-03 11:18:15 resolved L3 rider:r1"]);
  });

  it("waits again after another breach", () => {
    const again = broken().hands("20:00", 1, { rider: "r1", unit: "K2", intact: false });
    expect(ends(again)).toEqual(["03-03 12:00:40 resolved L3 K1", "03-03 21:00:00 resolved L3 rider:r1"]);
  });
});

describe("the order of arrival", () => {
  const story = () =>
    deliveries()
      .hands("11:00", 60, { unit: "K1", rider: "r1", station: "Z", stepS: 20 })
      .hands("11:05", 7, { unit: "K2", rider: "r1", station: "Z", intact: false, stepS: 31 })
      .hands("12:30", 20, { unit: "K1", rider: "r2", station: "Z", stepS: 60 });

  it("does not show in W01", () => {
    const lines = story().trial.run("03-04 12:00");
    expect(lines).toHaveLength(2);
    for (const shuffled of [1, 2, 3]) expect(story().trial.run("03-04 12:00", { shuffled })).toEqual(lines);
    for (const restartsAt of ["11:07", "11:20", "12:40"]) {
      expect(story().trial.run("03-04 12:00", { restartsAt })).toEqual(lines);
    }
  });

  it("does not show live either", () => {
    expect(story().trial.run("13:00", { live: true })).toEqual(story().trial.run("13:00"));
  });
});
