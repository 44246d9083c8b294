import { describe, expect, it } from "vitest";
import type { Output } from "../stream/output.ts";
import type { FoodSafetyIndex } from "../twin/food-safety-index/food-safety-index.ts";
import { DAY_MS, formatTime, HOUR_MS, parseTime } from "../twin/kernel/time.ts";
import { AlertDays } from "./alert-days.ts";
import { CaseOutcomes } from "./case-outcomes.ts";
import { indexFigures, indexNote } from "./index-spread.ts";
import { progressLine } from "./progress-bar.ts";

const MONDAY = parseTime("2026-06-01T00:00:00+08:00");

type Alerts = Extract<Output, { type: "warmcity.alert.raised" }>["data"];
function raised(code: string, at: number, more: Partial<Alerts> = {}): Output {
  const time = formatTime(at);
  const data: Alerts = {
    ...{ alert: `${code} ${at}`, case: code, code, level: "L3", kitchen: "K", asset: null, state: "firing" },
    ...{ raisedAt: time, levelAt: time, resolvedAt: null, reason: null, value: null, because: [] },
    ...{ lead: false, retro: false, delayed: false, exercise: false, parent: null, suppressedBy: null },
    ...{ title: { zh: "冷藏超温", en: "Fridge too warm" }, rule: `${code}@1`, policy: "p@1", legalBasis: [] },
    ...more,
  };
  return { type: "warmcity.alert.raised", id: data.alert, time: at, subject: "K", data };
}

describe("alerts of a month", () => {
  it("are counted by the day on which they were raised, what held before on the first; medians leave that one out", () => {
    const days = new AlertDays(MONDAY, 7);
    for (const day of [0, 0, 0, 1, 2, 2, 3, 5]) days.hear(raised("T01", MONDAY + day * DAY_MS + HOUR_MS));
    days.hear(raised("D01", MONDAY - 40 * DAY_MS));
    const [d01, t01] = days.byDay().lines.slice(1);
    expect(t01?.split(/\s+/)).toEqual(["T01", "3", "1", "2", "1", "0", "1", "0"]);
    expect(d01?.split(/\s+/).slice(0, 2)).toEqual(["D01", "1"]);
    const [, , ofT01] = days.summary("baseline").lines;
    // All, on workdays (1 2 1 0), on days of rest (1 0), least, most.
    expect(ofT01?.split(/\s+/).slice(0, 6)).toEqual(["T01", "8", "1", "0", "0", "2"]);
    expect(ofT01).toContain("35 (T01,T02)");
  });
});

describe("cases of a month", () => {
  it("are timed from state to state", () => {
    const outcomes = new CaseOutcomes();
    const move = (id: string, to: "dispatched" | "acked" | "closed", hours: number) => {
      const nothing = { actor: null, reason: null, due: null, evidenceHash: null, from: null };
      const data = { case: id, alert: id, to, role: "O", ...nothing, dueProvisional: false, evidence: [] };
      const time = MONDAY + hours * HOUR_MS;
      outcomes.hear({ type: "warmcity.case.changed", id: `${id} ${to}`, time, subject: "K", data });
    };
    for (const [id, hours] of [
      ["a", 1],
      ["b", 5],
      ["c", 3],
    ] as const) {
      move(id, "dispatched", 0);
      move(id, "acked", hours);
      move(id, "closed", hours + 10);
    }
    expect(outcomes.figures("m", []).map(({ name, value }) => [name, value])).toEqual([
      ["m.stay.dispatched", 3],
      ["m.stay.acked", 10],
    ]);
    expect(outcomes.standing([]).lines.join("\n")).toContain("closed 3 times by people");
  });
});

describe("indices of a month", () => {
  it("stand beside the percentiles of DOMAIN, those that are not rated apart", () => {
    const rated = Array.from({ length: 100 }, (_, i): FoodSafetyIndex => {
      return { index: i + 1, standing: "rated", own: i, reasons: [], version: "index@1" };
    });
    const unrated: FoodSafetyIndex = { ...rated[0]!, index: null, standing: "not-rated" };
    const all = [...rated, unrated];
    expect(indexFigures("m", all).map(({ value }) => value)).toEqual([1, 5, 25, 50]);
    expect(indexNote(all).lines.join("\n")).toContain("100 rated, 0 insufficient, 1 not-rated");
  });
});

describe("the bar of a long run", () => {
  it("says how far it is and how long it will take", () => {
    expect(progressLine(0.2, MONDAY + 6 * DAY_MS, 60)).toBe(
      "[######........................]  20 %  2026-06-07 00:00  60 s, 240 s to go",
    );
    expect(progressLine(1, MONDAY, 60)).toContain("100 %");
  });
});
