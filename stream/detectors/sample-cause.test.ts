import { describe, expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { worded } from "../rules/cause.ts";
import { causeOfSilence, offsetText, readingText } from "./sample-cause.ts";

describe("what a cause says", () => {
  it("names the device kind, the value and its unit in both languages", () => {
    expect(readingText("fridge-temperature", 8.4)).toEqual({
      zh: "冷藏温度 8.4 °C",
      en: "Fridge temperature 8.4 °C",
    });
    expect(readingText("gas", 12.345).zh).toBe("燃气浓度 12.35 % LEL");
    expect(readingText("rodent-infrared", 3)).toEqual({ zh: "鼠患红外 3 次", en: "Rodent infrared 3 times" });
  });

  it("shows no digits of binary fractions", () => {
    expect(readingText("freezer-temperature", -11.100000000000001).en).toBe("Freezer temperature -11.1 °C");
  });

  it("says since when a device is silent by the clock of Shanghai", () => {
    const [last, at] = [parseTime("2026-03-02T02:00:00Z"), parseTime("2026-03-02T02:03:00Z")];
    expect(causeOfSilence({ id: "K/f-1" }, at, last)).toEqual({
      source: "/devices/K/f-1",
      id: "silent-since-2026-03-02T10:00:00.000+08:00",
      time: "2026-03-02T10:03:00.000+08:00",
      position: null,
      summary: "no message since 2026-03-02 10:00",
      text: { zh: "自 2026-03-02 10:00 起无数据", en: "no message since 2026-03-02 10:00" },
    });
  });

  it("tells a clock that is ahead from one that is behind", () => {
    expect(offsetText(121_000)).toEqual({ zh: "时钟快 121 秒", en: "clock 121 s ahead" });
    expect(offsetText(-180_400)).toEqual({ zh: "时钟慢 180 秒", en: "clock 180 s behind" });
  });

  it("has the English text as its summary", () => {
    expect(worded({ zh: "收款", en: "payment" })).toEqual({
      summary: "payment",
      text: { zh: "收款", en: "payment" },
    });
  });
});
