import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recalledLot } from "../rules/d08-recall.ts";
import { CityTrial, kitchensOf } from "./city-trial.ts";
import { recallHits } from "./d08-recall.ts";

const lamb = (lot: string | null, quantity = 10, more = {}) => ({ product: "羊肉", lot, quantity, ...more });
const recallOf = (lots: string[], grade = 1, recall = "R-1") => ({
  recall,
  class: grade,
  product: "羊肉",
  lots,
});

function trial(kitchens = 4): CityTrial {
  return new CityTrial({ cityRules: [recallHits], rules: [recalledLot], kitchens: kitchensOf(kitchens, 0) });
}

/** K1 and K2 received L7, K3 L8. */
function supplied(): CityTrial {
  return trial()
    .says("warmcity.goods.received", "06:00", "K1", lamb("L7"))
    .says("warmcity.goods.received", "06:30", "K2", lamb("L7"))
    .says("warmcity.goods.received", "07:00", "K3", lamb("L8"));
}

describe("D08 recall hit", () => {
  it("rings in every kitchen that received the lot, and in no other", () => {
    const recalled = supplied().says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]));
    expect(recalled.run("12:00").sort()).toEqual([
      "09:00:00 raised L1 K1 lot:羊肉/L7",
      "09:00:00 raised L1 K2 lot:羊肉/L7",
    ]);
    expect(recalled.alerts("12:00")[0]).toMatchObject({
      code: "D08",
      value: { number: 10, unit: "1" },
      because: [
        { source: "/kitchens/K1", id: "e0", summary: "received 10" },
        { source: "/systems/trial", id: "e3", summary: "recall R-1, class 1" },
      ],
    });
  });

  it("takes lot and product together, and asks nothing of goods without a lot", () => {
    const other = trial()
      .says("warmcity.goods.received", "06:00", "K1", { product: "牛肉", lot: "L7", quantity: 1 })
      .says("warmcity.goods.received", "06:00", "K2", lamb(null))
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]));
    expect(other.run("12:00")).toEqual([]);
  });

  it.each([
    [1, "L1"],
    [2, "L2"],
    [3, "L3"],
  ])("of class %i is %s", (grade, level) => {
    const recalled = supplied().says("warmcity.recall.issued", "09:00", null, recallOf(["L8"], grade));
    expect(recalled.run("12:00")).toEqual([`09:00:00 raised ${level} K3 lot:羊肉/L8`]);
  });

  it("spares who had given all of it back before, but not who gave back a part, or used it up", () => {
    const returned = (quantity: number, at = "08:00") =>
      supplied()
        .says("warmcity.goods.returned", at, "K1", lamb("L7", quantity))
        .says("warmcity.goods.issued", "08:00", "K2", lamb("L7", 9))
        .says("warmcity.goods.discarded", "08:10", "K2", lamb("L7", 1))
        .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]));
    expect(returned(10).run("12:00")).toEqual(["09:00:00 raised L1 K2 lot:羊肉/L7"]);
    expect(returned(10).alerts("12:00")[0]!.value).toEqual({ number: 0, unit: "1" });
    expect(returned(9.5).run("12:00")).toHaveLength(2);
    expect(returned(10, "09:01").run("12:00")).toHaveLength(2);
  });

  it("counts returns of several deliveries together", () => {
    const twice = trial()
      .says("warmcity.goods.received", "06:00", "K1", lamb("L7", 0.1))
      .says("warmcity.goods.received", "06:10", "K1", lamb("L7", 0.2))
      .says("warmcity.goods.returned", "07:00", "K1", lamb("L7", 0.3))
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]));
    expect(twice.run("12:00")).toEqual([]);
  });

  it("hits who receives the lot later, on receipt", () => {
    const later = supplied()
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L8"]))
      .says("warmcity.goods.received", "10:15", "K4", lamb("L8"));
    expect(later.run("12:00").at(-1)).toBe("10:15:00 raised L1 K4 lot:羊肉/L8");
    expect(
      later
        .alerts("12:00")
        .at(-1)!
        .because.map(({ id }) => id),
    ).toEqual(["e4", "e3"]);
  });

  it("rings in a closed kitchen too", () => {
    const closed = supplied()
      .says("warmcity.kitchen.declared", "08:00", "K3", { state: "closed" })
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L8"]));
    expect(closed.run("12:00")).toEqual(["09:00:00 raised L1 K3 lot:羊肉/L8"]);
  });
});

describe("a lot that changes its name", () => {
  const passedOn = (at: string) =>
    supplied()
      .says("warmcity.goods.received", "07:30", "K4", lamb("D9"))
      .says(
        "warmcity.goods.transferred",
        at,
        null,
        { ...lamb("L7", 40), to: "S-014", lotTo: "D7" },
        { by: "/suppliers/S-001" },
      )
      .says(
        "warmcity.goods.transferred",
        at,
        null,
        { ...lamb("D7", 20), to: "S-020", lotTo: "D9" },
        { by: "/suppliers/S-014" },
      )
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]));

  it("is followed from supplier to supplier", () => {
    const lines = passedOn("05:00").run("12:00");
    expect(lines).toHaveLength(3);
    expect(lines).toContain("09:00:00 raised L1 K4 lot:羊肉/D9");
    const hit = passedOn("05:00")
      .alerts("12:00")
      .find(({ kitchen }) => kitchen === "K4")!;
    expect(hit.because.map(({ summary }) => summary)).toEqual([
      "received 10",
      "recall R-1, class 1",
      "羊肉 L7 became D7 at S-014",
      "羊肉 D7 became D9 at S-020",
    ]);
  });

  it("is followed also when that becomes known after the recall", () => {
    expect(passedOn("09:20").run("12:00")).toContain("09:20:00 raised L1 K4 lot:羊肉/D9");
  });

  it("may come back to its first name", () => {
    const circle = trial()
      .says("warmcity.goods.received", "06:00", "K1", lamb("B"))
      .says("warmcity.goods.transferred", "05:00", null, { ...lamb("A"), to: "S-2", lotTo: "B" })
      .says("warmcity.goods.transferred", "05:10", null, { ...lamb("B"), to: "S-1", lotTo: "A" })
      .says("warmcity.recall.issued", "09:00", null, recallOf(["A"]));
    expect(circle.run("12:00")).toEqual(["09:00:00 raised L1 K1 lot:羊肉/B"]);
  });
});

describe("a recall that is sent again", () => {
  const recalled = () => supplied().says("warmcity.recall.issued", "09:00", null, recallOf(["L7"], 2));

  it("adds nothing", () => {
    const again = recalled().says("warmcity.recall.issued", "09:20", null, recallOf(["L7"], 2));
    expect(again.outputs("12:00")).toEqual(recalled().outputs("12:00"));
  });

  it("adds the lots of its amendment", () => {
    const amended = recalled().says("warmcity.recall.amended", "10:00", null, recallOf(["L8"], 2));
    expect(amended.run("12:00").filter((line) => line > "09:30")).toEqual([
      "10:00:00 raised L2 K3 lot:羊肉/L8",
    ]);
  });

  it("raises the level of all its lots with a graver class, and lowers none", () => {
    const graver = recalled().says("warmcity.recall.amended", "10:00", null, recallOf(["L8"], 1));
    expect(
      graver
        .run("12:00")
        .filter((line) => line > "09:30")
        .sort(),
    ).toEqual([
      "10:00:00 raised L1 K3 lot:羊肉/L8",
      "10:00:00 rose to L1 K1 lot:羊肉/L7",
      "10:00:00 rose to L1 K2 lot:羊肉/L7",
    ]);
    const milder = recalled().says("warmcity.recall.amended", "10:00", null, recallOf(["L7"], 3));
    expect(milder.run("12:00")).toEqual(recalled().run("12:00"));
  });
});

describe("the end of D08", () => {
  const hit = () => supplied().says("warmcity.recall.issued", "09:00", null, recallOf(["L8"], 3));
  const afterwards = (of: CityTrial) => of.run("23:00").filter((line) => line > "09:30");
  const sealed = (of: CityTrial, data = {}) =>
    of.says("warmcity.record.filed", "10:00", "K3", { kind: "seal-stock", ...data });

  it("comes with the stock sealed and destroyed", () => {
    const proved = sealed(hit()).says("warmcity.record.filed", "15:00", "K3", {
      kind: "destroy",
      product: "羊肉",
      lot: "L8",
    });
    expect(afterwards(proved)).toEqual(["15:00:00 resolved L3 K3 lot:羊肉/L8"]);
  });

  it("comes with the stock sealed and all of it given back", () => {
    const part = () => sealed(hit()).says("warmcity.goods.returned", "15:00", "K3", lamb("L8", 4));
    expect(afterwards(part())).toEqual([]);
    const all = part().says("warmcity.goods.returned", "16:00", "K3", lamb("L8", 6));
    expect(afterwards(all)).toEqual(["16:00:00 resolved L3 K3 lot:羊肉/L8"]);
  });

  it("comes neither with one proof of the two, nor with records of another lot or case", () => {
    expect(afterwards(sealed(hit()))).toEqual([]);
    const destroyed = hit().says("warmcity.record.filed", "10:00", "K3", { kind: "destroy" });
    expect(afterwards(destroyed)).toEqual([]);
    for (const about of [{ lot: "L7" }, { product: "牛肉" }, { case: "C-D08-other" }]) {
      const proved = sealed(hit(), about).says("warmcity.record.filed", "15:00", "K3", { kind: "destroy" });
      expect(afterwards(proved)).toEqual([]);
    }
  });

  it("is no end of the case, which people close", () => {
    const proved = sealed(hit()).says("warmcity.record.filed", "15:00", "K3", { kind: "destroy" });
    const moves = proved.outputs("23:00").filter(({ type }) => type === "warmcity.case.changed");
    expect(moves.map(({ data }) => "to" in data && data.to)).not.toContain("closed");
  });

  it("is followed by another alert when the lot comes in again", () => {
    const again = sealed(hit())
      .says("warmcity.record.filed", "15:00", "K3", { kind: "destroy" })
      .says("warmcity.goods.received", "17:00", "K3", lamb("L8"));
    expect(afterwards(again).at(-1)).toBe("17:00:00 raised L3 K3 lot:羊肉/L8");
  });
});

describe("the order of arrival", () => {
  const story = () =>
    supplied()
      .says("warmcity.goods.returned", "08:59:30", "K1", lamb("L7"))
      .says("warmcity.goods.transferred", "05:00", null, { ...lamb("L7"), to: "S-2", lotTo: "D7" })
      .says("warmcity.goods.received", "09:10", "K4", lamb("D7"))
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]))
      .says("warmcity.recall.amended", "09:05", null, recallOf(["L8"]))
      .says("warmcity.record.filed", "10:00", "K3", { kind: "seal-stock" })
      .says("warmcity.record.filed", "10:30", "K3", { kind: "destroy" });

  it("does not show in D08", () => {
    const lines = story().run("12:00");
    expect(lines).toHaveLength(4);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000 }), (shuffled) => {
        expect(story().run("12:00", { shuffled })).toEqual(lines);
      }),
      { numRuns: 20 },
    );
  });

  it("does not show where another fold takes over, or live", () => {
    const lines = story().run("12:00");
    for (const restartsAt of ["06:30", "09:00", "10:00"]) {
      expect(story().run("12:00", { restartsAt })).toEqual(lines);
    }
    expect(story().run("12:00", { live: true })).toEqual(lines);
  });

  it("marks what a late receipt shows, and dates it from the recall", () => {
    const late = supplied()
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]))
      .says("warmcity.kitchen.activity", "11:00", "K1", { kind: "cooking" })
      .says("warmcity.goods.received", "08:00", "K4", lamb("L7"), { receivedAt: "11:00:10" });
    expect(late.alerts("12:00").find(({ kitchen }) => kitchen === "K4")).toMatchObject({
      retro: true,
      level: "L1",
      raisedAt: "2026-03-02T09:00:00.000+08:00",
    });
  });

  it("takes the alert back when a late return shows that all was gone before", () => {
    const late = supplied()
      .says("warmcity.recall.issued", "09:00", null, recallOf(["L7"]))
      .says("warmcity.kitchen.activity", "11:00", "K1", { kind: "cooking" })
      .says("warmcity.goods.returned", "08:00", "K1", lamb("L7"), { receivedAt: "11:00:10" });
    const lines = late.run("12:00").filter((line) => line.includes("K1"));
    expect(lines.sort()).toEqual([
      "09:00:00 raised L1 K1 lot:羊肉/L7",
      "09:00:00 resolved L1 K1 lot:羊肉/L7",
    ]);
  });
});
