import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import { EarlyOutputs } from "./early-outputs.ts";
import type { Output } from "./output.ts";
import { sampleAlert } from "./server/in-memory-city.ts";

const T = 1_780_000_000_000;

function raised(alert: string, level: "L1" | "L3" = "L3", time = T): Output {
  return { ...sampleAlert(alert, { level }), id: `raised ${alert} ${time}`, time };
}

function changed(alert: string, level: "L1" | "L3", time = T): Output {
  const { data, subject } = raised(alert, level);
  if (!("raisedAt" in data)) throw new TypeError("no alert");
  const id = `changed ${alert} ${time}`;
  return { type: "warmcity.alert.level-changed", id, time, subject, data: { ...data, level } };
}

describe("what went out ahead of the watermark", () => {
  test("goes out once, and is confirmed by the ordered fold without going out again", () => {
    const early = new EarlyOutputs();
    early.begin();
    expect(early.say(raised("A"), T)).toBe(true);
    early.begin();
    expect(early.say(raised("A"), T)).toBe(false);
    expect(early.confirm(raised("A"))).toBe(true);
    expect(early.isEmpty).toBe(true);
  });

  test("stays the same alert when a late input moves its time", () => {
    const early = new EarlyOutputs();
    early.begin();
    early.say(raised("A", "L3", T + MINUTE_MS), T + MINUTE_MS);
    early.begin();
    expect(early.say(raised("A", "L3", T), T)).toBe(false);
    expect(early.earliest).toBe(T);
    expect(early.confirm(raised("A", "L3", T))).toBe(true);
    expect(early.takeUnconfirmed(T + 10 * MINUTE_MS)).toEqual([]);
  });

  test("goes out a second time when the fold says it twice", () => {
    const early = new EarlyOutputs();
    early.begin();
    expect(early.say(raised("A"), T)).toBe(true);
    expect(early.say(raised("A", "L3", T + 1), T + 1)).toBe(true);
  });

  test("is found unconfirmed once the watermark has passed it, and not before", () => {
    const early = new EarlyOutputs();
    early.begin();
    early.say(raised("A"), T);
    early.say(raised("B"), T + MINUTE_MS);
    expect(early.takeUnconfirmed(T - 1)).toEqual([]);
    expect(early.takeUnconfirmed(T).map(({ id }) => id)).toEqual([raised("A").id]);
    expect(early.confirm(raised("B"))).toBe(true);
  });

  test("an L1 that rang at once does not become L1 a second time by way of L3", () => {
    const early = new EarlyOutputs();
    early.begin();
    expect(early.say(raised("A", "L1"), T)).toBe(true);
    early.begin();
    expect(early.say(raised("A", "L3"), T)).toBe(false);
    expect(early.say(changed("A", "L1"), T)).toBe(false);
    expect(early.confirm(raised("A", "L3"))).toBe(true);
    expect(early.confirm(changed("A", "L1"))).toBe(true);
    expect(early.isEmpty).toBe(true);
  });

  test("is known after a restart", () => {
    const early = new EarlyOutputs();
    early.begin();
    early.say(raised("A", "L1"), T);
    const again = new EarlyOutputs(JSON.parse(JSON.stringify(early.save())));
    again.begin();
    expect(again.say(raised("A", "L3"), T)).toBe(false);
    expect(again.say(changed("A", "L1"), T)).toBe(false);
  });
});
