import { describe, expect, it } from "vitest";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { Case } from "../twin/case.ts";
import { formatTime, MINUTE_MS } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/**
 * A fifth of the scenario's city: of 43 kitchens that received the lot 26 hold stock and 17 have used it all, 3 of them
 * know it under the name that a second distributor gave it; 1 gave all of it back, 192 hold other lots of the product,
 * 6 of them the lot that the amendment adds. Two holders seal nothing. The recall comes on the morning of the delivery.
 */
const ids = (count: number, first = 1) =>
  Array.from({ length: count }, (_, i) => `SC03-${String(first + i).padStart(3, "0")}`);
const HOLDERS = ids(26);
const USERS = ids(17, 27);
const RETURNED = "SC03-044";
const OTHERS = ids(192, 45);
const AMENDED = OTHERS.slice(0, 6);
const SECOND_TIER = new Set(["SC03-025", "SC03-026", "SC03-043"]);
const UNSEALED = HOLDERS.slice(0, 2);
/** Nobody there takes the case on. */
const SILENT = HOLDERS[0]!;
const HIT = [...HOLDERS, ...USERS];
const PRODUCT = "羊肉片";

const unit = (id: string): NamedKitchen => ({ id, type: "small", opens: [["06:00", "22:00"]] });
const story = new Story({
  from: "05-12 06:30",
  until: "05-12 12:00",
  kitchens: [...HIT, RETURNED, ...OTHERS].map(unit),
  lives: false,
});
const goods = (lot: string) => ({ product: PRODUCT, lot, quantity: 10, supplier: "S-001", papers: true });

/** Somebody reads the code of a kitchen each minute, so that time passes in the file. */
for (let time = at("05-12 06:30"); time < at("05-12 12:00"); time += MINUTE_MS) {
  const minute = formatTime(time).slice(5, 16).replace("T", " ");
  story.says("warmcity.kitchen.activity", minute, { kind: "scan" }, { kitchen: RETURNED });
}
const transfer = { product: PRODUCT, lot: "L7", to: "S-002", quantity: 60, lotTo: "D7" };
story.says("warmcity.goods.transferred", "05-12 06:40", transfer, {
  kitchen: null,
  source: "/suppliers/S-001",
});
for (const kitchen of [...HIT, RETURNED]) {
  const lot = SECOND_TIER.has(kitchen) ? "D7" : "L7";
  story.says("warmcity.goods.received", "05-12 07:00", goods(lot), { kitchen });
}
OTHERS.forEach((kitchen, i) => {
  const lot = AMENDED.includes(kitchen) ? "L8" : `L${10 + (i % 30)}`;
  story.says("warmcity.goods.received", "05-12 07:00", goods(lot), { kitchen });
});
story.says("warmcity.goods.returned", "05-12 07:50", goods("L7"), { kitchen: RETURNED });
for (const kitchen of USERS) {
  const lot = SECOND_TIER.has(kitchen) ? "D7" : "L7";
  story.says("warmcity.goods.issued", "05-12 08:30", goods(lot), { kitchen });
}
const notice = { recall: "R-2026-03", class: 1 as const, product: PRODUCT };
const authority = { kitchen: null, source: "/systems/recall" };
story.says("warmcity.recall.issued", "05-12 09:00", { ...notice, lots: ["L7"] }, authority);
story.says("warmcity.recall.issued", "05-12 09:20", { ...notice, lots: ["L7"] }, authority);
story.says("warmcity.recall.amended", "05-12 09:40", { ...notice, lots: ["L7", "L8"] }, authority);
for (const kitchen of HIT) {
  const about = { kitchen, code: "D08" };
  story.acts("05-12 09:00:20", about, "review-confirm", "S").acts("05-12 09:00:30", about, "dispatch", "S");
  if (kitchen !== SILENT) story.acts("05-12 09:06", about, "acknowledge", "O");
}
for (const kitchen of HOLDERS.filter((one) => !UNSEALED.includes(one))) {
  story.says("warmcity.record.filed", "05-12 10:30", { kind: "seal-stock", product: PRODUCT }, { kitchen });
}
for (const kitchen of AMENDED) {
  story.says("warmcity.record.filed", "05-12 10:40", { kind: "seal-stock", lot: "L8" }, { kitchen });
}

const D08 = (kitchen: string) =>
  alertsOf(story.alone(), kitchen).filter(({ what }) => what.startsWith("D08"));
const lotOf = (kitchen: string) => `lot:${PRODUCT}/${SECOND_TIER.has(kitchen) ? "D7" : "L7"}`;

describe("SC03 a recall reaches every kitchen that has the lot", () => {
  it("is L1 at once in those that received it, under whatever name, whether they hold or have used it", () => {
    for (const kitchen of HIT) {
      const expected: Expected[] = [["05-12 09:00", `D08 raised L1 ${lotOf(kitchen)}`, 0]];
      expect(against(D08(kitchen), expected)).toEqual(wordsOf(expected));
    }
    const left = story
      .alone()
      .outputs.flatMap(({ type, data }) =>
        type === "warmcity.alert.raised" && "raisedAt" in data && data.code === "D08" && data.asset !== lotL8
          ? [data.value?.number]
          : [],
      );
    expect(left.filter((quantity) => quantity === 10)).toHaveLength(HOLDERS.length);
    expect(left.filter((quantity) => quantity === 0)).toHaveLength(USERS.length);
  });

  it("hits neither who gave all of it back, nor who holds other lots, until the amendment names theirs", () => {
    expect(D08(RETURNED)).toEqual([]);
    const expected: Expected[] = [["05-12 09:40", `D08 raised L1 ${lotL8}`, 0]];
    for (const kitchen of AMENDED) expect(against(D08(kitchen), expected)).toEqual(wordsOf(expected));
    for (const kitchen of OTHERS.slice(AMENDED.length)) expect(alertsOf(story.alone(), kitchen)).toEqual([]);
    const recalls = casesIn(story.alone()).filter(({ code }) => code === "D08");
    expect(recalls).toHaveLength(HIT.length + AMENDED.length);
  });

  it("says by which transfer the lot came to those who know it under another name", () => {
    for (const kitchen of SECOND_TIER) {
      const raised = story
        .alone()
        .outputs.find(({ subject, data }) => subject === kitchen && "raisedAt" in data)!;
      expect(JSON.stringify(raised.data)).toContain("L7 became D7");
    }
  });

  it("tells the operator, the office, the banner and the city within the minute", () => {
    const told = noticesOf(story.alone(), SILENT, "D08").filter(({ time }) => time <= at("05-12 09:01"));
    expect(told.map(({ what }) => what.replace(/ by .*/, ""))).toEqual(
      expect.arrayContaining(["L1 to O", "L1 to S", "L1 to Q", "L1 to C"]),
    );
  });

  it("goes up to the banner after 10 min and to the city after 30 where nobody takes it on", () => {
    const escalated = stepsOf(story.alone(), SILENT, "D08").filter(({ what }) => what === "escalated");
    const expected: Expected[] = [
      ["05-12 09:10", "escalated"],
      ["05-12 09:30", "escalated"],
    ];
    expect(against(escalated, expected)).toEqual(wordsOf(expected));
    expect(stepsOf(story.alone(), HOLDERS[5]!, "D08").map(({ what }) => what)).not.toContain("escalated");
  });

  it("is overdue at 11:00 where stock is not sealed, without another level; what is used up cannot be sealed", () => {
    const overdue = casesIn(story.alone()).filter(({ code }) => code === "S01");
    const kitchens = overdue.map(({ kitchen }) => story.city.kitchens[kitchen]!.id);
    expect(kitchens.sort()).toEqual(UNSEALED);
    for (const kitchen of UNSEALED) {
      const [s01] = alertsOf(story.alone(), kitchen).filter(({ what }) => what.startsWith("S01"));
      expect(against([s01!], [["05-12 11:00", `S01 raised L1 case:${caseOf(kitchen).id}`, 0]])).toEqual([
        `05-12 11:00 S01 raised L1 case:${caseOf(kitchen).id}`,
      ]);
    }
    const risen = story.alone().outputs.filter(({ type }) => type === "warmcity.alert.level-changed");
    expect(risen).toEqual([]);
  });

  it("names the supplier on no citizens' page", () => {
    const { city, fold } = story.alone();
    const pages = city.kitchens.map((_, index) => JSON.stringify(publicKitchen(city, fold, index)));
    expect(pages.filter((page) => /S-00|R-2026|L7|羊肉/.test(page))).toEqual([]);
  });

  tellEveryWay(story, {
    load: ["05-12 06:30", "05-12 09:45"],
    liveUntil: "05-12 11:05",
    tickMs: 5_000,
    floodedUntil: "05-12 10:45",
  });
});

const lotL8 = `lot:${PRODUCT}/L8`;

function caseOf(kitchen: string): Case {
  const index = story.city.kitchenIndex(kitchen);
  return casesIn(story.alone()).find((one) => one.kitchen === index && one.code === "D08")!;
}
