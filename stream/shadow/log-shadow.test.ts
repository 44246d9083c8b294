import { describe, expect, it } from "vitest";
import { minutes, parseTime } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES, PolicyBook } from "../../twin/policy/policy-book.ts";
import { ORDOS_2026, type PolicyPack } from "../../twin/policy/policy-pack.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import { fridgeHigh } from "../rules/t01-fridge-high.ts";
import { LogShadow } from "./log-shadow.ts";
import type { CodeReport, ShadowReport } from "./shadow-report.ts";
import { type ShadowRules, shadowRules } from "./shadow-rules.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const script = new CrashScript({
  seed: 1,
  from: FROM,
  until: FROM + minutes(100),
  network: { duplicates: 0.01, loss: 0.01, reorder: 0.05 },
});
const twin = await liveTwin();

/** A city that has lived through much, alerts ahead of the watermark and their withdrawal included. */
async function liveTwin(): Promise<Twin> {
  const opened = await openTwin(script.city, new FaultyFiles());
  for (let some = script.next(opened.processor.fold); some; some = script.next(opened.processor.fold)) {
    for (const step of some) takeStep(opened, step);
    await opened.processor.commit();
  }
  return opened;
}

const packOf = (change: Partial<PolicyPack>) => new PolicyBook([{ ...ORDOS_2026, version: 2, ...change }]);

function shadowOf(
  policies = DEFAULT_POLICIES,
  rules: ShadowRules = shadowRules([], []),
  of: Twin = twin,
): ShadowReport {
  const shadow = new LogShadow(script.city, policies, rules);
  for (const record of of.log.readSync(0)) shadow.read(record);
  return shadow.report(null);
}

const changed = ({ same: _, live: __, shadow: ___, ...kinds }: CodeReport) =>
  Object.entries(kinds).flatMap(([kind, { count }]) => (count > 0 ? [kind] : []));
const different = ({ codes }: ShadowReport) =>
  Object.entries(codes).flatMap(([code, report]) => (changed(report).length > 0 ? [code] : []));

describe("LogShadow", () => {
  it("finds no difference between the live city and the same rules and packs", () => {
    const report = shadowOf();
    expect(different(report)).toEqual([]);
    expect(Object.keys(report.codes).length).toBeGreaterThan(10);
    for (const { live, shadow, same } of Object.values(report.codes))
      expect([shadow, same]).toEqual([live, live]);
  });

  it("finds what another pack would have changed, there alone", () => {
    const report = shadowOf(
      packOf({ rules: { T01: { limitC: 7, holdMs: minutes(10) } }, disabled: ["T09"] }),
    );
    expect(changed(report.codes.T01!)).toContain("earlier");
    expect(changed(report.codes.T09!)).toEqual(["fewer"]);
    expect(report.codes.T02?.same).toBe(report.codes.T02?.live);
    expect(report.policies).toMatchObject([{ policy: "ordos-2026@2" }]);
  });

  it("tries a new version of a rule in its namesake's place", () => {
    const second = {
      ...fridgeHigh,
      version: 2,
      parameters: { ...fridgeHigh.parameters, holdMs: minutes(10) },
    };
    const report = shadowOf(DEFAULT_POLICIES, shadowRules([second], []));
    expect(report.rules).toEqual(["T01@2"]);
    expect(report.codes.T01?.earlier).toMatchObject({ minutes: { median: 20, max: 20 } });
    expect(different(report).filter((code) => code !== "T01" && code !== "S01")).toEqual([]);
  });

  it("contains a version that throws, and says so: what it did not raise is no finding", () => {
    const broken = {
      ...fridgeHigh,
      version: 2,
      fold: () => {
        throw new RangeError("no such fridge");
      },
    };
    const { faults, codes } = shadowOf(DEFAULT_POLICIES, shadowRules([broken], []));
    expect(faults.count).toBeGreaterThan(0);
    expect(faults.reasons[0]).toContain("T01@2 failed: RangeError: no such fridge");
    expect(codes.T01?.fewer.count).toBe(codes.T01?.live);
  });

  it("pairs what a gap of days makes both sides find at once", async () => {
    const of = await openTwin(script.city, new FaultyFiles());
    const short = new CrashScript({ seed: 1, from: FROM, until: FROM + minutes(40), network: {} });
    for (let some = short.next(of.processor.fold); some; some = short.next(of.processor.fold))
      for (const step of some) takeStep(of, step);
    for (const day of [3, 6, 9]) of.processor.tick(FROM + minutes(day * 1_440), true);
    await of.processor.commit();
    const report = shadowOf(DEFAULT_POLICIES, shadowRules([], []), of);
    expect(different(report)).toEqual([]);
    expect(report.codes.O01?.same).toBeGreaterThan(0);
    await of.close();
  });
});
