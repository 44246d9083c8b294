import { describe, expect, it } from "vitest";
import { supplierPapers } from "./d07-supplier-papers.ts";
import { RuleTrial } from "./rule-trial.ts";

const unit = () => new RuleTrial(supplierPapers, { begins: "00:00" });

function received(
  to: RuleTrial,
  at: string,
  lot: string | null,
  more: { category?: "meat" | "dairy" | "oil" | "vegetable"; papers?: boolean | null; receipt?: string } = {},
): RuleTrial {
  const { category = "vegetable", papers = false, receipt } = more;
  return to.says("warmcity.goods.received", at, {
    product: "白菜",
    lot,
    quantity: 5,
    category,
    papers,
    ...(receipt === undefined ? {} : { receipt }),
  });
}
const papers = (
  to: RuleTrial,
  at: string,
  about: { receipt?: string; lot?: string; product?: string } = {},
) => to.says("warmcity.record.filed", at, { kind: "papers", ...about });

const RANG = "03-03 08:00:00 raised L4 lot:白菜/V1";

describe("D07 supplier papers", () => {
  it("rings 24 h after a receipt without papers", () => {
    expect(received(unit(), "08:00", "V1").run("03-03 07:59:59")).toEqual([]);
    expect(received(unit(), "08:00", "V1").run("03-04 00:00")).toEqual([RANG]);
  });

  it("says nothing of papers that are there, or that nobody speaks of", () => {
    expect(received(unit(), "08:00", "V1", { papers: true }).run("03-04 00:00")).toEqual([]);
    expect(received(unit(), "08:00", "V1", { papers: null }).run("03-04 00:00")).toEqual([]);
  });

  it.each(["meat", "dairy", "oil"] as const)("is L3 for %s", (category) => {
    expect(received(unit(), "08:00", "V1", { category }).run("03-04 00:00")).toEqual([
      "03-03 08:00:00 raised L3 lot:白菜/V1",
    ]);
  });

  it("takes papers handed in at 24 h for in time, and later ones for the end", () => {
    const inTime = papers(received(unit(), "08:00", "V1"), "03-03 08:00");
    expect(inTime.run("03-04 00:00")).toEqual([]);
    const late = papers(received(unit(), "08:00", "V1"), "03-03 08:01");
    expect(late.run("03-04 00:00")).toEqual([RANG, "03-03 08:01:00 resolved L4 lot:白菜/V1"]);
  });

  it("goes by ticket, goods and lot where the record names them", () => {
    const two = () =>
      received(received(unit(), "08:00", "V1", { receipt: "R1" }), "08:01", "V2", { receipt: "R1" });
    const both = [RANG, "03-03 08:01:00 raised L4 lot:白菜/V2"];
    expect(papers(two(), "10:00", { receipt: "R2" }).run("03-04 00:00")).toEqual(both);
    expect(papers(two(), "10:00", { product: "萝卜" }).run("03-04 00:00")).toEqual(both);
    expect(papers(two(), "10:00", { lot: "V2" }).run("03-04 00:00")).toEqual([RANG]);
    expect(papers(two(), "10:00", { receipt: "R1" }).run("03-04 00:00")).toEqual([]);
  });

  it("is L3 for the third ticket within 30 d, its lines being one", () => {
    const lines = (to: RuleTrial, at: string, n: number) =>
      received(received(to, `${at} 08:00`, `V${n}`, { receipt: `R${n}` }), `${at} 08:01`, `W${n}`, {
        receipt: `R${n}`,
      });
    const levels = (trial: RuleTrial) => trial.run("05-01 00:00").map((line) => line.slice(22, 24));
    expect(levels(lines(lines(unit(), "03-02", 1), "03-10", 2))).toEqual(["L4", "L4", "L4", "L4"]);
    expect(levels(lines(lines(lines(unit(), "03-02", 1), "03-10", 2), "04-01", 3)).slice(4)).toEqual([
      "L3",
      "L3",
    ]);
    expect(levels(lines(lines(lines(unit(), "03-02", 1), "03-10", 2), "04-02", 3)).slice(4)).toEqual([
      "L4",
      "L4",
    ]);
  });

  it("is about the ticket where no lot is known", () => {
    expect(received(unit(), "08:00", null, { receipt: "R1" }).run("03-04 00:00")).toEqual([
      "03-03 08:00:00 raised L4 receipt:R1",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = papers(received(received(unit(), "08:00", "V1"), "08:05", "V2"), "08:09", { lot: "V2" });
    const clean = trial.run("03-04 00:00");
    expect(clean).toEqual([RANG]);
    for (const seed of [1, 2, 3]) expect(trial.run("03-04 00:00", { shuffled: seed })).toEqual(clean);
  });
});
