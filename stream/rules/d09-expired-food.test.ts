import { describe, expect, it } from "vitest";
import { expiredFood } from "./d09-expired-food.ts";
import { RuleTrial } from "./rule-trial.ts";

type Step = "received" | "issued" | "discarded" | "returned";
const goods = (to: RuleTrial, step: Step, at: string, quantity: number, bestBefore?: string, lot = "L1") =>
  to.says(`warmcity.goods.${step}`, at, {
    product: "牛奶",
    lot,
    quantity,
    ...(bestBefore === undefined ? {} : { bestBefore }),
  });
/** Ten of a lot that is good to 3 March. */
const stocked = () =>
  goods(new RuleTrial(expiredFood, { begins: "00:00" }), "received", "08:00", 10, "2026-03-03");
const destroyed = (to: RuleTrial, at: string, about: { product?: string; lot?: string } = {}) =>
  to.says("warmcity.record.filed", at, { kind: "destroy", ...about });
const EXPIRED = "03-04 00:00:00 raised L3 lot:牛奶/L1";

describe("D09 expired food", () => {
  it("rings at midnight of the best-before day for what is still in stock", () => {
    expect(stocked().run("03-03 23:59:59")).toEqual([]);
    expect(stocked().run("03-05 00:00")).toEqual([EXPIRED]);
    expect(stocked().alerts("03-05 00:00")).toMatchObject([
      {
        because: [{ summary: "best before 2026-03-03", text: { zh: "保质期至2026-03-03" } }],
        delayed: false,
      },
    ]);
  });

  it("counts received less issued, discarded and returned", () => {
    const emptied = goods(
      goods(goods(stocked(), "issued", "09:00", 5.5), "discarded", "12:00", 1.5),
      "returned",
      "15:00",
      3,
    );
    expect(emptied.run("03-05 00:00")).toEqual([]);
    expect(goods(stocked(), "issued", "03-03 09:00", 9.5).run("03-05 00:00")).toEqual([EXPIRED]);
    expect(goods(stocked(), "issued", "03-03 23:59:59", 10).run("03-05 00:00")).toEqual([]);
    const decimals = goods(
      goods(goods(stocked(), "issued", "09:00", 9.7), "issued", "10:00", 0.1),
      "issued",
      "11:00",
      0.2,
    );
    expect(decimals.run("03-05 00:00")).toEqual([]);
  });

  it("is L2 of the same case once it is issued after the end", () => {
    const trial = goods(stocked(), "issued", "03-04 09:00", 2);
    expect(trial.run("03-05 00:00")).toEqual([EXPIRED, "03-04 09:00:00 rose to L2 lot:牛奶/L1"]);
    const alerts = trial.alerts("03-05 00:00");
    expect(alerts).toHaveLength(1);
    expect(alerts[0]!.because.at(-1)).toMatchObject({ summary: "issued after it expired" });
  });

  it("rings at once for what was expired when it came, or is used by its label", () => {
    const old = goods(new RuleTrial(expiredFood, { begins: "00:00" }), "received", "08:00", 1, "2026-03-01");
    expect(old.run("12:00")).toEqual(["08:00:00 raised L3 lot:牛奶/L1"]);
    const used = goods(new RuleTrial(expiredFood, { begins: "00:00" }), "issued", "08:00", 1, "2026-03-01");
    expect(used.run("12:00")).toEqual(["08:00:00 raised L2 lot:牛奶/L1"]);
  });

  it("ends with the record of the destruction of that lot, not by throwing it away unrecorded", () => {
    const thrown = goods(stocked(), "discarded", "03-04 08:00", 10);
    expect(destroyed(thrown, "03-04 08:30", { lot: "L2" }).run("03-05 00:00")).toEqual([EXPIRED]);
    const done = destroyed(thrown, "03-04 09:00", { product: "牛奶", lot: "L1" });
    expect(done.run("03-10 00:00")).toEqual([EXPIRED, "03-04 09:00:00 resolved L3 lot:牛奶/L1"]);
  });

  it("does not find again what a person has settled when another lot expires", () => {
    const two = goods(stocked(), "received", "09:00", 1, "2026-03-04", "L2");
    expect(two.run("03-06 00:00")).toEqual([EXPIRED, "03-05 00:00:00 raised L3 lot:牛奶/L2"]);
  });

  it("cannot follow goods without a lot or a date", () => {
    const trial = new RuleTrial(expiredFood, { begins: "00:00" });
    trial.says("warmcity.goods.received", "08:00", { product: "米", quantity: 5, bestBefore: "2026-03-03" });
    goods(trial, "received", "08:00", 5);
    expect(trial.run("03-05 00:00")).toEqual([]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = destroyed(
      goods(goods(stocked(), "issued", "08:05", 4), "issued", "03-04 09:00", 2),
      "03-04 09:05",
    );
    const clean = trial.run("03-05 00:00");
    expect(clean).toHaveLength(3);
    for (const seed of [1, 2, 3]) expect(trial.run("03-05 00:00", { shuffled: seed })).toEqual(clean);
  });
});
