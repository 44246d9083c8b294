import { DutyDesk } from "../stream/projections/duties/duty-desk.ts";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { Case } from "../twin/case.ts";
import { formatTime, MINUTE_MS } from "../twin/kernel/time.ts";
import { alertsOf, noticesOf, stepsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { paired } from "./judge.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, has, hasNot } from "./verdict.ts";

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

const D08 = /^D08/;
const lotOf = (kitchen: string) => `lot:${PRODUCT}/${SECOND_TIER.has(kitchen) ? "D7" : "L7"}`;
const lotL8 = `lot:${PRODUCT}/L8`;

function caseOf(told: Story, kitchen: string): Case {
  const index = told.city.kitchenIndex(kitchen);
  return casesIn(told.alone()).find((one) => one.kitchen === index && one.code === "D08")!;
}

export const recall = defineScenario({
  name: "sc03-recall",
  title: { zh: "供应商召回波及持有该批次的每家单位", en: "a recall reaches every kitchen that has the lot" },
  story,
  ways: {
    load: ["05-12 06:30", "05-12 09:45"],
    liveUntil: "05-12 11:05",
    tickMs: 5_000,
    floodedUntil: "05-12 10:45",
  },
  expects: [
    {
      says: {
        zh: "收到该批次的单位立即一级，不论叫什么批号、在库还是已用完",
        en: "is L1 at once in those that received it, under whatever name, whether they hold or have used it",
      },
      alertsOfEach: Object.fromEntries(
        HIT.map((kitchen) => [kitchen, [["05-12 09:00", `D08 raised L1 ${lotOf(kitchen)}`, 0]]]),
      ),
      which: D08,
    },
    {
      says: { zh: "修订公告点名的批次，其持有单位立即一级", en: "hits those whose lot the amendment names" },
      alertsOfEach: Object.fromEntries(
        AMENDED.map((kitchen) => [kitchen, [["05-12 09:40", `D08 raised L1 ${lotL8}`, 0]]]),
      ),
      which: D08,
    },
    {
      says: { zh: "不多一件召回案件", en: "makes no case more" },
      casesOf: "D08",
      are: HIT.length + AMENDED.length,
    },
    {
      says: {
        zh: "无人签收则 10 分钟升旗区、30 分钟升市里",
        en: "goes up to the banner after 10 min and to the city after 30 where nobody takes it on",
      },
      stepsOf: { kitchen: SILENT, code: "D08" },
      which: /^escalated$/,
      are: [
        ["05-12 09:10", "escalated"],
        ["05-12 09:30", "escalated"],
      ],
    },
  ],
  never: [
    {
      says: { zh: "已全部退货的单位无召回告警", en: "does not hit who gave all of it back" },
      alertsOf: [RETURNED],
      which: D08,
    },
    {
      says: { zh: "持有其他批次的单位无任何告警", en: "says nothing of those who hold other lots" },
      alertsOf: OTHERS.slice(AMENDED.length),
      which: /./,
    },
  ],
  checks: [
    {
      says: {
        zh: "告警写明剩余数量：在库或已用完",
        en: "says how much is left: a stock to seal, or nothing",
      },
      holds: (told) => {
        const left = told
          .alone()
          .outputs.flatMap(({ type, data }) =>
            type === "warmcity.alert.raised" &&
            "raisedAt" in data &&
            data.code === "D08" &&
            data.asset !== lotL8
              ? [data.value?.number]
              : [],
          );
        return [
          equal(left.filter((quantity) => quantity === 10).length, HOLDERS.length, "hold stock"),
          equal(left.filter((quantity) => quantity === 0).length, USERS.length, "have used it"),
        ];
      },
    },
    {
      says: {
        zh: "以别的批号持有者，告警写明由哪次转手而来",
        en: "says by which transfer the lot came to those who know it under another name",
      },
      holds: (told) =>
        [...SECOND_TIER].flatMap((kitchen) => {
          const raised = told
            .alone()
            .outputs.find(({ subject, data }) => subject === kitchen && "raisedAt" in data)!;
          return has(JSON.stringify(raised.data), "L7 became D7");
        }),
    },
    {
      says: {
        zh: "一分钟内通知经营者、监管所、旗区和市里",
        en: "tells the operator, the office, the banner and the city within the minute",
      },
      holds: (told) => {
        const notices = noticesOf(told.alone(), SILENT, "D08").filter(
          ({ time }) => time <= at("05-12 09:01"),
        );
        const whom = notices.map(({ what }) => what.replace(/ by .*/, ""));
        return has(whom, "L1 to O", "L1 to S", "L1 to Q", "L1 to C");
      },
    },
    {
      says: { zh: "已签收者不升级", en: "does not go up where somebody takes it on" },
      holds: (told) => {
        const steps = stepsOf(told.alone(), HOLDERS[5]!, "D08").map(({ what }) => what);
        return [...has(steps, "acked by O"), ...hasNot(steps, "escalated")];
      },
    },
    {
      says: {
        zh: "11:00 未封存者逾期，但不再升级；已用完者无可封存",
        en: "is overdue at 11:00 where stock is not sealed, without another level; what is used up cannot be sealed",
      },
      holds: (told) => {
        const overdue = casesIn(told.alone()).filter(({ code }) => code === "S01");
        const kitchens = overdue.map(({ kitchen }) => told.city.kitchens[kitchen]!.id);
        const risen = told.alone().outputs.filter(({ type }) => type === "warmcity.alert.level-changed");
        return [
          equal(kitchens.sort(), UNSEALED),
          ...UNSEALED.flatMap((kitchen) => {
            const [s01] = alertsOf(told.alone(), kitchen).filter(({ what }) => what.startsWith("S01"));
            return paired([s01!], [["05-12 11:00", `S01 raised L1 case:${caseOf(told, kitchen).id}`, 0]]);
          }),
          equal(risen.length, 0, "rises of level"),
        ];
      },
    },
    {
      says: {
        zh: "在库者领封存任务（11:00 到期），已用完者领核对餐次任务",
        en: "asks who holds stock to seal it by 11:00, and who has used it to know the meals",
      },
      holds: (told) => {
        const { city, fold } = told.upTo(at("05-12 09:05"));
        const desk = new DutyDesk(city, fold);
        const tasksOf = (kitchen: string) =>
          desk
            .kitchen(city.kitchenIndex(kitchen), {
              id: "o",
              role: "O",
              area: { kind: "kitchens", kitchens: [kitchen] },
            })
            .tasks.map(({ kind, due, meals }) => `${kind} ${due?.slice(11, 16) ?? "-"} ${meals.length}`);
        const all = [...HIT, RETURNED, ...OTHERS].flatMap(tasksOf);
        return [
          equal(all.filter((task) => task === "seal-stock 11:00 0").length, HOLDERS.length, "to seal"),
          equal(all.filter((task) => task === "used-lot - 1").length, USERS.length, "used"),
          equal(all.length, HIT.length, "tasks"),
        ];
      },
    },
    {
      says: { zh: "公众页面不点名供应商", en: "names the supplier on no citizens' page" },
      holds: (told) => {
        const { city, fold } = told.alone();
        const pages = city.kitchens.map((_, index) => JSON.stringify(publicKitchen(city, fold, index)));
        return [
          equal(pages.length, HIT.length + 1 + OTHERS.length, "pages"),
          equal(pages.filter((page) => /S-00|R-2026|L7|羊肉/.test(page)).length, 0, "pages that name it"),
        ];
      },
    },
  ],
});
