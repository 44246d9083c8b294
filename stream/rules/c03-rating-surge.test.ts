import { describe, expect, it } from "vitest";
import { ratingSurge } from "./c03-rating-surge.ts";
import { RuleTrial } from "./rule-trial.ts";

interface Rated {
  stars?: number;
  text?: string;
  age?: number;
  order?: boolean;
}

const HONEST: readonly string[] = [
  "太咸了",
  "送来已经凉了",
  "等太久",
  "不好吃",
  "分量太少",
  "服务态度差",
  "菜里有头发",
  "价格偏贵",
];

/** One rating each `stepS` seconds. */
function rated(
  trial: RuleTrial,
  from: string,
  count: number,
  stepS: number,
  of: (i: number) => Rated = () => ({}),
): RuleTrial {
  for (let i = 0; i < count; i++) {
    const { stars = 1, text = HONEST[i % HONEST.length]!, age = 400, order = true } = of(i);
    const data = { stars, text, accountAgeDays: age, orderVerified: order };
    trial.says("warmcity.rating.posted", plus(from, i * stepS), data, { by: "/platforms/p" });
  }
  return trial;
}

const surge = (count: number, stepS = 60, of?: (i: number) => Rated) =>
  rated(new RuleTrial(ratingSurge), "12:00", count, stepS, of);

function plus(at: string, seconds: number): string {
  const [clock = "", day] = at.split(" ").reverse();
  const [h = 0, m = 0] = clock.split(":").map(Number);
  const total = h * 3_600 + m * 60 + seconds;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const text = `${two(total / 3_600)}:${two((total / 60) % 60)}:${two(total % 60)}`;
  return day === undefined ? text : `${day} ${text}`;
}

const flags = (trial: RuleTrial, until: string) =>
  trial.alerts(until).flatMap(({ because }) => because.filter(({ id }) => id === "bomb-flag"));

describe("C03 surge of bad ratings", () => {
  it("rings at the eighth bad rating in 2 h, and not at seven", () => {
    expect(surge(8).run("13:00")).toEqual(["12:07:00 raised L4 -"]);
    expect(surge(7).run("15:00")).toEqual([]);
    expect(surge(8).alerts("13:00")[0]).toMatchObject({ value: { number: 8, unit: "count" }, lead: false });
  });

  it("counts 2 h: the eighth 2 h after the first is the seventh of its window", () => {
    expect(rated(surge(1), "12:30", 7, 900).run("15:00")).toEqual([]);
    expect(rated(surge(1), "12:29:59", 7, 900).run("15:00")).toHaveLength(0 + 1);
  });

  it("leaves good ratings alone, however many", () => {
    expect(surge(200, 5, () => ({ stars: 5 })).run("13:00")).toEqual([]);
    expect(surge(200, 5, () => ({ stars: 3 })).run("13:00")).toEqual([]);
  });

  it("asks for more where a unit is used to more: median 6 and deviation 1 make it ten", () => {
    const busy = () => {
      const trial = new RuleTrial(ratingSurge);
      for (let day = 16; day <= 28; day++)
        for (let window = 0; window < 12; window++)
          rated(trial, `02-${day} ${String(window * 2).padStart(2, "0")}:01`, 6, 600);
      return trial;
    };
    expect(rated(busy(), "12:00", 9, 60).run("13:00")).toEqual([]);
    expect(rated(busy(), "12:00", 10, 60).run("13:00")).toEqual(["12:09:00 raised L4 -"]);
  });

  it("is over when it has not held for 24 h, and begins anew in the same case", () => {
    const twice = rated(surge(8), "03-05 12:00", 8, 60);
    expect(twice.run("03-05 13:00")).toEqual([
      "12:07:00 raised L4 -",
      "03-03 14:00:00 resolved L4 -",
      "03-05 12:07:00 raised L4 -",
    ]);
    const [first, second] = twice.alerts("03-05 13:00");
    expect(second!.case).toBe(first!.case);
    expect(rated(surge(8), "13:00", 8, 60).run("03-03 14:59:59")).toEqual(["12:07:00 raised L4 -"]);
    expect(rated(surge(8), "13:00", 8, 60).run("03-03 15:00")).toHaveLength(2);
  });

  it("shows the bomb flag when accounts are new, nothing was ordered and the texts are alike, in both languages", () => {
    const ordered = (i: number): Rated =>
      i === 3 ? {} : { text: `菜里有虫子千万别来${i}`, age: 2, order: false };
    const [flag, ...more] = flags(surge(8, 6, ordered), "13:00");
    expect(more).toEqual([]);
    expect(flag!.text!.zh).toMatch(/^疑似刷评：新账号 88%，无订单 88%，文本相似度 \d\d%$/);
    expect(flag!.summary).toMatch(/^bomb flag: 88 % new accounts/);
  });

  it("shows none when one of the three is missing", () => {
    const bomb = { text: "菜里有虫子千万别来", age: 2, order: false };
    expect(
      flags(
        surge(8, 6, () => bomb),
        "13:00",
      ),
    ).toHaveLength(1);
    expect(
      flags(
        surge(8, 6, (i) => ({ ...bomb, age: i < 4 ? 2 : 7 })),
        "13:00",
      ),
    ).toEqual([]);
    expect(
      flags(
        surge(8, 6, (i) => ({ ...bomb, order: i < 5 })),
        "13:00",
      ),
    ).toEqual([]);
    expect(
      flags(
        surge(8, 6, (i) => ({ ...bomb, text: HONEST[i]! })),
        "13:00",
      ),
    ).toEqual([]);
    expect(surge(8, 6).run("13:00")).toHaveLength(1);
  });

  it("is mute in a unit that is closed", () => {
    const closed = surge(8).says("warmcity.kitchen.declared", "09:00", { state: "closed" });
    expect(closed.run("13:00")).toEqual(["12:07:00 suppressed L4 - (closed-unit)"]);
  });

  it("gives the same alerts for input thrice and shuffled", () => {
    const trial = rated(surge(12, 30), "14:30", 7, 60);
    for (const shuffled of [1, 2, 3]) expect(trial.run("15:00", { shuffled })).toEqual(trial.run("15:00"));
  });
});
