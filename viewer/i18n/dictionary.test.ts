import { describe, expect, it } from "vitest";
import { MAP_STATES } from "../../stream/wire.ts";
import { banners } from "../../twin/city/geography.ts";
import { DICTIONARIES, LANGS } from "./dictionary.ts";
import { bannerName, quantity, regionGravity, regionState, STATE_LABELS, zoneName } from "./enum-labels.ts";
import { ago, clockTime, dateWithWeekday, daysLeft, elapsed, momentText } from "./wall-time.ts";

const NOON = Date.parse("2026-06-01T12:00:00+08:00");

describe("the dictionary", () => {
  it("says everything in both languages", () => {
    const { zh, en } = DICTIONARIES;
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    for (const text of Object.values(zh)) if (typeof text === "string") expect(text.trim()).not.toBe("");
  });

  it("speaks no Chinese in English, but for the other name and the other language", () => {
    const { language: _l, productOther: _p, ...english } = DICTIONARIES.en;
    expect(JSON.stringify(english)).not.toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("enum labels", () => {
  it("name every state and banner in both languages", () => {
    for (const lang of LANGS) {
      for (const state of MAP_STATES) expect(STATE_LABELS[state][lang]).not.toBe("");
      for (const { code } of banners) expect(bannerName(code, lang)).not.toBe(code);
    }
  });

  it("show what they do not know as it is", () => {
    expect(bannerName("999999", "en")).toBe("999999");
    expect(regionState("unheard-of", "zh")).toBe("unheard-of");
    expect(zoneName("attic", "zh")).toBe("attic");
  });

  it("read a zone's kind from its id", () => {
    expect(zoneName("cold-store", "en")).toBe("Cold store");
    expect(zoneName("cold-store-2", "zh")).toBe("冷库");
  });

  it("write values with the units people read", () => {
    expect(quantity({ number: 8.42, unit: "Cel" }, "zh")).toBe("8.4 °C");
    expect(quantity({ number: 8.42, unit: "Cel" }, "en")).toBe("8.4 °C");
    expect(quantity({ number: 1432.4, unit: "W" }, "en")).toBe("1432 W");
    expect(quantity({ number: 3, unit: "{case}" }, "en")).toBe("3 cases");
    expect(quantity({ number: 95.25, unit: "%" }, "en")).toBe("95.3%");
  });

  it("know which states of a kitchen are grave", () => {
    expect(regionGravity("expired")).toBe("grave");
    expect(regionGravity("partial")).toBe("doubtful");
    expect(regionGravity("valid")).toBe("fine");
  });
});

describe("wall time", () => {
  it("is Shanghai's, whatever the machine's", () => {
    expect(clockTime(NOON)).toBe("12:00:00");
    expect(dateWithWeekday(NOON, "zh")).toBe("2026-06-01 周一");
    expect(dateWithWeekday(NOON, "en")).toBe("2026-06-01 Mon");
  });

  it("says the date only of another day", () => {
    expect(momentText("2026-06-01T11:20:30.000+08:00", NOON)).toBe("11:20:30");
    expect(momentText("2026-05-31T23:20:30.000+08:00", NOON)).toBe("05-31 23:20");
  });

  it("shows dashes while there is no time yet", () => {
    expect(clockTime(Number.NaN)).toBe("--:--:--");
    expect(dateWithWeekday(Number.NaN, "zh")).toBe("");
  });

  it("counts the days that a licence still holds, the last one included", () => {
    expect(daysLeft("2026-06-01", NOON)).toBe(0);
    expect(daysLeft("2026-06-30", NOON)).toBe(29);
    expect(daysLeft("2026-05-31", NOON)).toBe(-1);
  });

  it("says how long ago in words", () => {
    expect(ago("2026-06-01T11:59:10.000+08:00", NOON, "zh")).toBe("刚刚");
    expect(ago("2026-06-01T11:52:10.000+08:00", NOON, "zh")).toBe("7 分前");
    expect(ago("2026-06-01T09:45:00.000+08:00", NOON, "en")).toBe("2 h 15 min ago");
  });

  it("rounds how long ago to what matters", () => {
    expect(elapsed("2026-06-01T11:52:10.000+08:00", NOON, "en")).toBe("7 min");
    expect(elapsed("2026-06-01T09:45:00.000+08:00", NOON, "zh")).toBe("2 时 15 分");
    expect(elapsed("2026-05-25T12:00:00.000+08:00", NOON, "en")).toBe("7 d");
  });
});
