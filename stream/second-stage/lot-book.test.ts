import { describe, expect, it } from "vitest";
import type { EventOf } from "../../twin/events/event.ts";
import { days, parseTime } from "../../twin/kernel/time.ts";
import { LotBook, lotAsset, lotKey } from "./lot-book.ts";

const KITCHENS = [{ id: "K1" }, { id: "K2" }];
const NOW = parseTime("2026-03-02T06:00:00+08:00");
/** The meal of that morning begins at four. */
const BREAKFAST = parseTime("2026-03-02T04:00:00+08:00");
const KEY = lotKey("羊肉", "L7");

function receipt(
  kitchen: number,
  quantity: number,
  more: { time?: number; bestBefore?: string; source?: string } = {},
): EventOf<"warmcity.goods.received"> {
  const { time = NOW, bestBefore = null, source = `/kitchens/K${kitchen + 1}` } = more;
  return {
    type: "warmcity.goods.received",
    id: `r-${kitchen}`,
    source,
    kitchen,
    device: -1,
    time,
    receivedAt: null,
    boot: null,
    sequence: null,
    exercise: false,
    position: 5,
    data: { product: "羊肉", lot: "L7", quantity, bestBefore },
  };
}

describe("the lot book", () => {
  it("knows the first and the last meal for which a kitchen used it, in whatever order that is heard", () => {
    const book = new LotBook();
    book.receive(KEY, receipt(0, 9), "K1");
    book.receive(KEY, receipt(1, 9), "K2");
    const at = (text: string) => parseTime(`2026-03-${text}:00+08:00`);
    for (const time of ["03T12:00", "02T09:00", "04T01:00"]) book.use(KEY, 1, 1, "K2", at(time));
    book.discard(KEY, 1, 1, "K2");
    const [first, second] = new LotBook(JSON.parse(JSON.stringify(book.save()))).holdings(KEY, KITCHENS);
    expect(first?.usedMeals).toBeNull();
    expect(second?.usedMeals).toEqual({ first: BREAKFAST, last: at("03T22:00") });
    expect(second?.left).toBe(5);
  });

  it("keeps one row per kitchen and lot, with its first receipt", () => {
    const book = new LotBook();
    book.receive(KEY, receipt(0, 1.5), "K1");
    book.receive(KEY, receipt(1, 2, { source: "/systems/erp" }), "K2");
    book.receive(KEY, { ...receipt(0, 3), id: "r-again" }, "K1");
    book.use(KEY, 0, 1, "K1", NOW);
    book.giveBack(KEY, 1, 2, "K2");
    expect([...book.holdings(KEY, KITCHENS)]).toMatchObject([
      {
        kitchen: 0,
        left: 3.5,
        usedMeals: { first: BREAKFAST, last: BREAKFAST },
        isAllReturned: false,
        receipt: { source: "/kitchens/K1", id: "r-0", position: 5 },
      },
      {
        kitchen: 1,
        left: 0,
        usedMeals: null,
        isAllReturned: true,
        receipt: { source: "/systems/erp", id: "r-1" },
      },
    ]);
  });

  it("knows nothing of goods it never saw coming", () => {
    const book = new LotBook();
    expect(book.giveBack(KEY, 0, 1, "K1")).toBeNull();
    expect([...book.holdings(KEY, KITCHENS)]).toEqual([]);
  });

  it("keeps a lot for its shelf life and six months, else for two years", () => {
    const book = new LotBook();
    book.receive("known", receipt(0, 1, { bestBefore: "2026-04-01" }), "K1");
    book.receive("unknown", receipt(0, 1), "K1");
    const sizes = [180, 215, 700, 740].map((day) => {
      book.prune(NOW + days(day));
      return book.size;
    });
    expect(sizes).toEqual([2, 1, 1, 0]);
  });

  it("is the same after a round through JSON", () => {
    const book = new LotBook();
    book.receive(KEY, receipt(0, 1.5), "K1");
    book.prune(NOW);
    const again = new LotBook(JSON.parse(JSON.stringify(book.save())));
    expect([...again.holdings(KEY, KITCHENS)]).toEqual([...book.holdings(KEY, KITCHENS)]);
    expect(again.save()).toEqual(book.save());
  });

  it("names lots as alerts do, and confuses none", () => {
    expect(lotAsset(KEY)).toBe("lot:羊肉/L7");
    expect(lotKey("a/b", "c")).not.toBe(lotKey("a", "b/c"));
  });
});
