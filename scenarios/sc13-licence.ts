import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import { civilFromDays, formatDate, parseDate } from "../twin/kernel/time.ts";
import type { Wanted } from "./scenario.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, matches } from "./verdict.ts";

const RENEWED = ["SC13-1", "SC13-2", "SC13-3"];
const PENDING = ["SC13-4", "SC13-5"];
const CLOSED = ["SC13-6", "SC13-7"];
const TRADING = ["SC13-8", "SC13-9"];
const ALL = [...RENEWED, ...PENDING, ...CLOSED, ...TRADING];

const shop = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["05:30", "21:00"]],
  licence: { number: `JY-${id}`, validTo: "2026-06-30" },
});
const story = new Story({ from: "05-30 12:00", until: "07-03 12:00", kitchens: ALL.map(shop), lives: false });

const decides = (kitchen: string, time: string, data: InputData<"warmcity.licence.changed">) =>
  story.says("warmcity.licence.changed", time, data, { kitchen, source: "/systems/licensing" });
const trades = (kitchen: string, time: string, kind: "pay" | "order" | "cooking" | "scan" = "pay") =>
  story.says("warmcity.kitchen.activity", time, { kind }, { kitchen });
const checksItself = (kitchen: string, cadence: "daily" | "weekly", day: number) => {
  const [date, clock] = [formatDate(day), cadence === "daily" ? "20:00" : "20:10"];
  const claimed = cadence === "daily" ? `${date}T20:00:00+08:00` : date;
  const form = { cadence, claimed, items: [{ id: "premises", ok: true }] };
  story.says("warmcity.selfcheck.submitted", `${date.slice(5)} ${clock}`, form, { kitchen });
};

// Somebody reads the code of a shop: no sign of trading, but the log begins, and goes on at the two midnights.
for (const time of ["05-30 12:00", "05-31 00:00:20", "06-08 00:00:20"]) trades("SC13-1", time, "scan");
for (const kitchen of RENEWED)
  decides(kitchen, "06-03 10:00", { validTo: "2031-06-30", renewal: "none", state: "valid" });
for (const kitchen of PENDING)
  decides(kitchen, "06-05 10:00", { validTo: "2026-06-30", renewal: "accepted", state: "valid" });
for (const kitchen of CLOSED) {
  decides(kitchen, "06-25 21:30", { validTo: "2026-06-30", state: "closed" });
  story.says("warmcity.kitchen.declared", "06-25 21:30", { state: "closed" }, { kitchen });
}
for (let day = parseDate("2026-05-30"); day < parseDate("2026-07-03"); day++) {
  for (const kitchen of ALL) {
    if (CLOSED.includes(kitchen) && day > parseDate("2026-06-25")) continue;
    checksItself(kitchen, "daily", day);
    const closes = CLOSED.includes(kitchen) && day === parseDate("2026-06-25");
    if (closes || civilFromDays(day).weekday === 0) checksItself(kitchen, "weekly", day);
  }
}
for (const kitchen of ALL.filter((id) => !CLOSED.includes(id))) trades(kitchen, "06-30 23:50");
for (const day of ["07-01", "07-02", "07-03"]) {
  for (const clock of ["05:50", "05:56"]) trades("SC13-8", `${day} ${clock}`, "cooking");
  for (const clock of ["06:00", "06:20", "08:00"]) trades("SC13-8", `${day} ${clock}`);
  for (const clock of ["09:30", "09:40", "11:00"]) trades("SC13-9", `${day} ${clock}`, "order");
  for (const kitchen of [...RENEWED, ...PENDING]) {
    for (const clock of ["06:00", "07:00", "10:00"]) trades(kitchen, `${day} ${clock}`);
  }
}

const REMINDED: Wanted = ["05-31 00:00", "D01 raised L4", 0];
const WARNED: Wanted = ["06-08 00:00", "D01 rose to L3", 0];

const each = (kitchens: readonly string[], ...are: readonly Wanted[]) =>
  Object.fromEntries(kitchens.map((kitchen) => [kitchen, are]));
/** What the citizens' page says of a licence at that time. */
const licencesAt = (told: Story, time: string): string[] => {
  const { city, fold } = told.upTo(at(time));
  return ["SC13-1", "SC13-4", "SC13-6", ...TRADING].map((id) => {
    const { licence } = publicKitchen(city, fold, city.kitchenIndex(id));
    return `${id} ${licence.state} to ${licence.validTo}`;
  });
};

export const licencesExpire = defineScenario({
  name: "sc13-licence",
  title: { zh: "九张许可证午夜到期", en: "licences expire at midnight" },
  story,
  ways: { load: ["07-01 05:40", "07-01 06:30"], tickMs: 30_000 },
  expects: [
    {
      says: { zh: "已续证者只收到到期前提醒", en: "reminds those which have renewed before the warning" },
      alertsOfEach: each(RENEWED, REMINDED, ["06-03 10:00", "D01 resolved L4", 0]),
    },
    {
      says: {
        zh: "续证待批者只提醒，照常营业",
        en: "reminds those whose renewal is pending, and lets them trade",
      },
      alertsOfEach: each(PENDING, REMINDED),
    },
    {
      says: {
        zh: "到期前 15 个工作日（端午不算）警告，关停后不再提",
        en: "warns 15 working days before, the festival left out, and says no more of those that close",
      },
      alertsOfEach: each(CLOSED, REMINDED, WARNED, ["06-25 21:30", "D01 resolved L3", 0]),
    },
    {
      says: {
        zh: "仍在营业的两家，在首次迹象 10 分钟后的第二次迹象时各查出一次",
        en: "finds the two that trade on at the second sign 10 min after the first, once",
      },
      alertsOfEach: {
        ...each(["SC13-8"], REMINDED, WARNED, ["07-01 06:00", "D01 rose to L2"]),
        ...each(["SC13-9"], REMINDED, WARNED, ["07-01 09:40", "D01 rose to L2"]),
      },
    },
    ...TRADING.map((kitchen) => ({
      says: { zh: `${kitchen} 的情况报旗区`, en: `tells the bureau of ${kitchen}` },
      noticesOf: { kitchen, code: "D01" },
      which: /^L2 to Q by/,
      are: ["L2 to Q by push", "L2 to Q by sms"],
    })),
  ],
  checks: [
    {
      says: { zh: "以营业迹象为证据", en: "names the signs of trading as evidence" },
      holds: (told) => {
        const alerts = told
          .alone()
          .outputs.filter(
            ({ type, subject }) => type === "warmcity.alert.level-changed" && subject === "SC13-8",
          );
        return [
          matches(alerts.at(-1)?.data, {
            because: [
              { summary: "licence valid to 2026-06-30" },
              { summary: "cooking", time: "2026-07-01T05:50:00.000+08:00" },
              { summary: "pay", time: "2026-07-01T06:00:00.000+08:00" },
            ],
          }),
        ];
      },
    },
    {
      says: {
        zh: "到期当夜零点与次日 08:00 都不对任何人告警",
        en: "says nothing to anybody at midnight or at 08:00 of the first day after",
      },
      holds: (told) => {
        const ofThatDay = told
          .alone()
          .outputs.filter(
            ({ type, time }) =>
              type.startsWith("warmcity.alert.") && time >= at("06-30 12:00") && time <= at("07-01 12:00"),
          );
        return [
          equal(
            ofThatDay.map(({ subject }) => subject),
            TRADING,
          ),
        ];
      },
    },
    {
      says: {
        zh: "零点起，扫码看到每家许可证的真实效力",
        en: "shows behind the code of each shop what its licence is worth from midnight on",
      },
      holds: (told) => {
        const others = [
          "SC13-1 valid to 2031-06-30",
          "SC13-4 pending to 2026-06-30",
          "SC13-6 revoked to 2026-06-30",
        ];
        const trading = (state: string) => TRADING.map((id) => `${id} ${state} to 2026-06-30`);
        return [
          equal(licencesAt(told, "06-30 23:59:59"), [...others, ...trading("expiring")], "before midnight"),
          equal(licencesAt(told, "07-01 00:00:00"), [...others, ...trading("expired")], "at midnight"),
        ];
      },
    },
  ],
});
