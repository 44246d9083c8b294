import { describe, expect, it } from "vitest";
import type { AccountRole, Area, Principal } from "../../twin/authority/principal.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { Door } from "../door/door.ts";
import type { CityFold } from "../fold.ts";
import { foldOf } from "../fold-of.ts";
import { lotTrace } from "./lot-trace.ts";

const unit = (id: string, banner: string) => ({
  id,
  name: `厨房 ${id}`,
  type: "small",
  banner,
  office: `${banner}-01`,
  position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
  opens: [["06:00", "22:00"]],
  licence: { number: "JY1", validTo: "2030-12-31" },
});
const parsed = parseRegistry({
  version: 1,
  kitchens: [unit("K1", "150602"), unit("K2", "150602"), unit("K3", "150621"), unit("K4", "150621")],
  suppliers: [
    { id: "S-1", name: "草原肉业", secondTierOf: null },
    { id: "S-2", name: "达旗配送", secondTierOf: "S-1" },
  ],
});
if (!parsed.ok) throw new RangeError(JSON.stringify(parsed.faults));
const city = parsed.value;

let number = 0;
function line(type: string, clock: string, source: string, data: object): string {
  const time = `2026-05-12T${clock}:00+08:00`;
  const subject = source.startsWith("/kitchens/") ? { subject: source.slice("/kitchens/".length) } : {};
  const id = `e${number++}`;
  return JSON.stringify({ specversion: "1.0", id, source, type: `warmcity.${type}`, time, ...subject, data });
}

const lamb = (lot: string, quantity: number, more: object = {}) => ({
  product: "羊肉",
  lot,
  quantity,
  ...more,
});
/** S-1 delivers L7 to K1 and K2, and passes it to S-2, which delivers it as D7 to K3; K1 gets more of it from S-2. */
const LINES = [
  line("goods.transferred", "05:00", "/suppliers/S-1", lamb("L7", 50, { to: "S-2", lotTo: "D7" })),
  line("goods.transferred", "05:30", "/suppliers/S-2", lamb("D7", 5, { to: "S-3" })),
  line("goods.received", "06:00", "/kitchens/K1", lamb("L7", 10, { supplier: "S-1" })),
  line("goods.received", "06:05", "/kitchens/K2", lamb("L7", 4, { supplier: "S-1" })),
  line("goods.received", "06:10", "/kitchens/K3", lamb("D7", 6, { supplier: "S-2" })),
  line("goods.received", "06:20", "/kitchens/K1", lamb("L7", 2.5, { supplier: "S-2" })),
  line("goods.received", "06:30", "/kitchens/K4", { product: "牛肉", lot: "L7", quantity: 1 }),
  line("goods.returned", "07:00", "/kitchens/K2", lamb("L7", 4)),
  line("goods.issued", "07:10", "/kitchens/K1", lamb("L7", 3)),
  line("goods.discarded", "07:20", "/kitchens/K1", lamb("L7", 1)),
  line("recall.issued", "09:00", "/systems/recall", {
    recall: "R-1",
    class: 1,
    product: "羊肉",
    lots: ["L7"],
  }),
];

function folded(): CityFold {
  const fold = foldOf(city, { early: true });
  const door = new Door(city);
  LINES.forEach((text, position) => {
    for (const item of door.line(text).admitted) {
      if (item.kind !== "event") continue;
      fold.event({ ...item.event, receivedAt: item.event.time + 300, position });
      fold.tick(item.event.time + 1_000);
    }
  });
  fold.tick(parseTime("2026-05-12T09:30:00+08:00"));
  return fold;
}
const fold = folded();

function seenBy(role: AccountRole, area: Area, lot: string, product: string | null = "羊肉") {
  const principal: Principal = { id: "p", role, area };
  return lotTrace(city, fold.stage, { lot, product }, principal);
}
const CITY: Area = { kind: "city" };
const whole = (lot: string) => seenBy("C", CITY, lot)!;

describe("the way of a lot", () => {
  it("is the same from either of its names: what it was called, and since", () => {
    const lots = [
      { product: "羊肉", lot: "L7", from: [] },
      {
        product: "羊肉",
        lot: "D7",
        from: [{ lot: "L7", supplier: "S-1", by: "S-2", time: "2026-05-12T05:00:00.000+08:00" }],
      },
    ];
    expect(whole("L7").lots).toEqual(lots);
    expect(whole("D7").lots).toEqual([lots[1], lots[0]]);
    for (const part of ["kitchens", "suppliers", "recalls"] as const) {
      const [one, other] = [whole("L7"), whole("D7")].map((trace) => new Set<unknown>(trace[part]));
      expect(other).toEqual(one);
    }
  });

  it("names every kitchen with what it received, gave back, used and has, and from whom", () => {
    expect(whole("L7").kitchens).toEqual([
      {
        kitchen: "K1",
        name: "厨房 K1",
        product: "羊肉",
        lot: "L7",
        received: 12.5,
        returned: 0,
        used: 4,
        left: 8.5,
        receivedAt: "2026-05-12T06:00:00.000+08:00",
        suppliers: ["S-1", "S-2"],
      },
      expect.objectContaining({
        kitchen: "K2",
        received: 4,
        returned: 4,
        used: 0,
        left: 0,
        suppliers: ["S-1"],
      }),
      expect.objectContaining({ kitchen: "K3", lot: "D7", received: 6, left: 6, suppliers: ["S-2"] }),
    ]);
  });

  it("names the suppliers, whom they supplied and to whom they passed it on", () => {
    expect(whole("L7").suppliers).toEqual([
      { supplier: "S-1", name: "草原肉业", secondTierOf: null, kitchens: 2, passedTo: ["S-2"] },
      { supplier: "S-2", name: "达旗配送", secondTierOf: "S-1", kitchens: 2, passedTo: ["S-3"] },
      { supplier: "S-3", name: null, secondTierOf: null, kitchens: 0, passedTo: [] },
    ]);
  });

  it("tells of the recall under every name", () => {
    const found = whole("D7").recalls.map(({ recall, lot, level }) => [recall, lot, level]);
    expect(found.sort()).toEqual([
      ["R-1", "D7", "L1"],
      ["R-1", "L7", "L1"],
    ]);
  });

  it("takes lots of this name of all products when none is named", () => {
    const kitchens = seenBy("C", CITY, "L7", null)!.kitchens.map(
      ({ kitchen, product }) => `${kitchen} ${product}`,
    );
    expect(kitchens.sort()).toEqual(["K1 羊肉", "K2 羊肉", "K3 羊肉", "K4 牛肉"]);
  });

  it("is nothing where nobody knows the lot", () => {
    expect(seenBy("C", CITY, "L9")).toBeNull();
    expect(seenBy("C", CITY, "L9", null)).toBeNull();
    expect(seenBy("C", CITY, "L7", "鸡肉")).toBeNull();
  });

  it("is still known after a round through a snapshot", () => {
    const again = foldOf(city, { early: true });
    again.restore(JSON.parse(JSON.stringify(fold.save())));
    const principal: Principal = { id: "p", role: "C", area: CITY };
    expect(lotTrace(city, again.stage, { lot: "L7", product: "羊肉" }, principal)).toEqual(whole("L7"));
  });
});

describe("who sees it", () => {
  it("sees the kitchens of its own area, and the whole chain of names", () => {
    const banner = seenBy("Q", { kind: "banner", banner: "150621" }, "L7")!;
    expect(banner.kitchens.map(({ kitchen }) => kitchen)).toEqual(["K3"]);
    expect(banner.lots.map(({ lot }) => lot)).toEqual(["L7", "D7"]);
    expect(banner.suppliers.find(({ supplier }) => supplier === "S-1")).toMatchObject({ kitchens: 0 });
  });

  it("sees as an operator its own receipts, one up, whichever name it asks by", () => {
    const own = (kitchen: string, lot: string) => seenBy("O", { kind: "kitchens", kitchens: [kitchen] }, lot);
    for (const lot of ["L7", "D7"]) {
      const found = own("K3", lot)!;
      expect(found.kitchens.map(({ kitchen }) => kitchen)).toEqual(["K3"]);
      expect(found.lots.map((one) => one.lot)).toEqual(["D7"]);
      expect(found.suppliers).toEqual([
        expect.objectContaining({ supplier: "S-2", kitchens: 1, passedTo: [] }),
      ]);
      expect(found.recalls).toMatchObject([{ recall: "R-1", lot: "D7" }]);
    }
    expect(own("K4", "L7")).toBeNull();
  });

  it("sees nothing where recalls are none of its business", () => {
    expect(seenBy("PL", CITY, "L7")).toBeNull();
    expect(seenBy("OPS", CITY, "L7")).toBeNull();
  });
});
