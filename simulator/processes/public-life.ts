/** What guests, platforms and laboratories say about kitchens: ratings, illness, patrols, tests. */
import type { InputData } from "../../twin/events/catalogue.ts";
import { isWorkday } from "../../twin/kernel/calendar.ts";
import { formatTime, HOUR_MS } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import type { Dice } from "../dice.ts";
import { defineProcess } from "../process.ts";
import { PRODUCTS } from "../products.ts";
import type { World } from "../world.ts";

/** Per day in a city of 11,266 kitchens (DOMAIN §7); `working` = only on working days. */
const KINDS = [
  { name: "rating", perDay: 2_600, from: 8, to: 23, working: false },
  { name: "illness", perDay: 0.5, from: 7, to: 23, working: false },
  { name: "patrol", perDay: 60, from: 9, to: 17, working: true },
  { name: "test", perDay: 9, from: 9, to: 17, working: true },
  { name: "question", perDay: 40, from: 8, to: 20, working: false },
  { name: "survey", perDay: 60, from: 9, to: 20, working: false },
  { name: "seals", perDay: 300, from: 9, to: 20, working: false },
] as const;
type Kind = (typeof KINDS)[number]["name"];

const NEGATIVE_SHARE = 0.035;
const FAILED_SHARE = 0.02;
const REVIEWS = {
  good: ["味道不错", "分量足", "干净卫生", "配送快"],
  bad: ["太咸了", "送来已经凉了", "等太久", "不好吃"],
};
const PORTALS = ["12315", "12315", "12345", "app"];
const SYMPTOMS = ["vomiting", "diarrhoea", "abdominal pain", "fever"];
const ITEMS = ["licence", "health-certificates", "cold-chain", "ware-washing", "pests", "samples"];

export const publicLife = defineProcess({
  name: "public-life",
  planCity({ day, start, dice, plan }, { city, scale }) {
    KINDS.forEach(({ perDay, from, to, working }, kind) => {
      if (working && !isWorkday(day)) return;
      const count = dice.poisson(perDay * scale);
      for (let n = 0; n < count; n++) {
        const time = start + Math.floor(dice.between(from, to) * HOUR_MS);
        plan(time, kind * 8_192 + (n % 8_192), dice.int(0, city.kitchens.length - 1));
      }
    });
  },
  act(world, planned) {
    const kind = KINDS[Math.floor(planned.what / 8_192)]!.name;
    if (kind === "illness" && !world.isFallible(planned.kitchen)) return;
    speakers[kind](world, planned, world.diceOf(planned));
  },
});

type Speaker = (world: World, planned: Readonly<Planned>, dice: Dice) => void;

const speakers: { readonly [K in Kind]: Speaker } = {
  rating(world, planned, dice) {
    const bad = dice.chance(NEGATIVE_SHARE);
    world.say(planned, "/platforms/meituan", "warmcity.rating.posted", {
      stars: bad ? dice.int(1, 2) : dice.int(4, 5),
      text: dice.pick(bad ? REVIEWS.bad : REVIEWS.good),
      accountAgeDays: dice.int(3, 2_500),
      orderVerified: dice.chance(0.92),
    });
  },
  illness(world, planned, dice) {
    world.say(planned, `/systems/${dice.pick(PORTALS)}`, "warmcity.illness.reported", {
      person: pseudonym(dice),
      ate: formatTime(planned.time - dice.int(6, 36) * HOUR_MS),
      symptoms: [dice.pick(SYMPTOMS)],
      hospital: false,
      people: 1,
    });
  },
  patrol(world, planned, dice) {
    world.say(planned, `/persons/s-${dice.int(1, 400)}`, "warmcity.patrol.completed", examined(dice, 1));
  },
  test(world, planned, dice) {
    const product = dice.pick(PRODUCTS).name;
    const report = `R-${planned.time.toString(36)}`;
    const passed = !dice.chance(world.isFallible(planned.kitchen) ? FAILED_SHARE : 0);
    if (!passed) {
      const { id } = world.city.kitchens[planned.kitchen]!;
      const asset = `report:${report}`;
      world.truth.add({
        code: "D10",
        cause: "public-life",
        kitchen: id,
        asset,
        from: planned.time,
        to: null,
      });
    }
    const result = { report, product, accredited: true, passed, hazard: "other" } as const;
    world.say(planned, "/labs/ordos-food", "warmcity.test.result", result);
  },
  question(world, planned) {
    const { id } = world.city.kitchens[planned.kitchen]!;
    world.say(planned, `/kitchens/${id}`, "warmcity.question.asked", {
      question: "留样柜温度记录需要保存多久？",
    });
  },
  survey(world, planned, dice) {
    world.say(planned, "/systems/survey", "warmcity.survey.answered", { score: dice.int(70, 100) });
  },
  seals(world, planned, dice) {
    const { id } = world.city.kitchens[planned.kitchen]!;
    world.say(planned, `/kitchens/${id}`, "warmcity.seals.counted", { left: dice.int(30, 900) });
  },
};

function pseudonym(dice: Dice): string {
  return `p-${dice.uint32().toString(36)}`;
}

function examined(dice: Dice, inspectors: number): InputData<"warmcity.inspection.completed"> {
  return {
    form: `F-${dice.int(1, 3)}`,
    findings: ITEMS.map((item) => ({ item, ok: !dice.chance(0.02) })),
    inspectors: Array.from({ length: inspectors }, () => `s-${dice.int(1, 400)}`),
  };
}
