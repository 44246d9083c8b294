import { describe, expect, it } from "vitest";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import { civilFromDays, formatDate, parseDate } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

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

const REMINDED: Expected = ["05-31 00:00", "D01 raised L4", 0];
const WARNED: Expected = ["06-08 00:00", "D01 rose to L3", 0];

function expectAlerts(kitchen: string, ...expected: Expected[]): void {
  expect(against(alertsOf(story.alone(), kitchen), expected)).toEqual(wordsOf(expected));
}

describe("SC13 licences expire at midnight", () => {
  it.each(RENEWED)("reminds %s, which has renewed before the warning", (kitchen) => {
    expectAlerts(kitchen, REMINDED, ["06-03 10:00", "D01 resolved L4", 0]);
  });

  it.each(PENDING)("reminds %s, whose renewal is pending, and lets it trade", (kitchen) => {
    expectAlerts(kitchen, REMINDED);
  });

  it.each(CLOSED)(
    "warns %s 15 working days before, the festival left out, and says no more when it closes",
    (kitchen) => {
      expectAlerts(kitchen, REMINDED, WARNED, ["06-25 21:30", "D01 resolved L3", 0]);
    },
  );

  it("finds the two that trade on at the second sign 10 min after the first, once", () => {
    expectAlerts("SC13-8", REMINDED, WARNED, ["07-01 06:00", "D01 rose to L2"]);
    expectAlerts("SC13-9", REMINDED, WARNED, ["07-01 09:40", "D01 rose to L2"]);
  });

  it("names the signs of trading as evidence, and tells the bureau", () => {
    const alerts = story
      .alone()
      .outputs.filter(({ type, subject }) => type === "warmcity.alert.level-changed" && subject === "SC13-8");
    expect(alerts.at(-1)?.data).toMatchObject({
      because: [
        { summary: "licence valid to 2026-06-30" },
        { summary: "cooking", time: "2026-07-01T05:50:00.000+08:00" },
        { summary: "pay", time: "2026-07-01T06:00:00.000+08:00" },
      ],
    });
    for (const kitchen of TRADING) {
      const toBureau = noticesOf(story.alone(), kitchen, "D01").filter(({ what }) =>
        what.startsWith("L2 to Q by"),
      );
      expect(toBureau.map(({ what }) => what).sort()).toEqual(["L2 to Q by push", "L2 to Q by sms"]);
    }
  });

  it("says nothing to anybody at midnight or at 08:00 of the first day after", () => {
    const ofThatDay = story
      .alone()
      .outputs.filter(
        ({ type, time }) =>
          type.startsWith("warmcity.alert.") && time >= at("06-30 12:00") && time <= at("07-01 12:00"),
      );
    expect(ofThatDay.map(({ subject }) => subject)).toEqual(TRADING);
  });

  it("shows behind the code of each shop what its licence is worth from midnight on", () => {
    const shown = (time: string) => {
      const { city, fold } = story.upTo(at(time));
      return ["SC13-1", "SC13-4", "SC13-6", ...TRADING].map((id) => {
        const { licence } = publicKitchen(city, fold, city.kitchenIndex(id));
        return `${id} ${licence.state} to ${licence.validTo}`;
      });
    };
    const others = [
      "SC13-1 valid to 2031-06-30",
      "SC13-4 pending to 2026-06-30",
      "SC13-6 revoked to 2026-06-30",
    ];
    expect(shown("06-30 23:59:59")).toEqual([
      ...others,
      ...TRADING.map((id) => `${id} expiring to 2026-06-30`),
    ]);
    expect(shown("07-01 00:00:00")).toEqual([
      ...others,
      ...TRADING.map((id) => `${id} expired to 2026-06-30`),
    ]);
  });

  tellEveryWay(story, { load: ["07-01 05:40", "07-01 06:30"], tickMs: 30_000 });
});
