import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alertId, episodeKey } from "../../twin/alerts/episode.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { formatTime, hours, minutes, parseTime } from "../../twin/kernel/time.ts";
import { type AlertType, type Output, outputId } from "../output.ts";
import { ShadowComparison, type Side } from "./shadow-comparison.ts";

const FROM = parseTime("2026-03-02T08:00:00+08:00");
const city = generateCity({ seed: 5, preset: "baseline", kitchens: 24 });
const own = city.kitchens[0]!;
const foreign = city.kitchens.find(({ banner }) => banner !== own.banner)!;
const [KITCHEN, OTHER] = [own.id, foreign.id];

interface Told {
  readonly code?: string;
  readonly kitchen?: string | null;
  readonly asset?: string | null;
  readonly number?: number;
  readonly level?: Alert["level"];
  /** Minutes after `FROM`. */
  readonly raised: number;
  readonly rose?: number;
  readonly ended?: number | null;
  readonly reason?: Alert["reason"];
}

function output(what: "raised" | "level-changed" | "resolved" | "suppressed", told: Told): Output {
  const { code = "T01", kitchen = KITCHEN, asset = "fridge-1", number = 1, level = "L3" } = told;
  const { raised, rose = raised, ended = null, reason = null } = told;
  const type: AlertType = `warmcity.alert.${what}`;
  const at = (minute: number) => formatTime(FROM + minutes(minute));
  const data: Alert = {
    alert: alertId(episodeKey(code, kitchen ?? "", asset), number),
    case: "C",
    code,
    level,
    kitchen,
    asset,
    state: what === "resolved" ? "resolved" : "firing",
    raisedAt: at(raised),
    levelAt: at(rose),
    resolvedAt: ended === null ? null : at(ended),
    reason,
    lead: false,
    retro: false,
    delayed: false,
    exercise: false,
    title: { zh: "冷藏超温", en: "Fridge too warm" },
    value: null,
    rule: `${code}@1`,
    policy: "ordos-2026@1",
    legalBasis: [],
    because: [{ source: "/d", id: "1", time: at(raised), position: 1, summary: `${raised} min` }],
    parent: null,
    suppressedBy: null,
  };
  return { type, id: outputId(type, data.alert), time: FROM, subject: kitchen, data };
}

function compared(live: readonly Output[], shadow: readonly Output[]): ShadowComparison {
  const comparison = new ShadowComparison(city);
  for (const one of live) comparison.hear("live", one);
  for (const one of shadow) comparison.hear("shadow", one);
  return comparison;
}

/** What is not 0, in words. */
function counts(comparison: ShadowComparison, banner: string | null = null): string[] {
  return Object.entries(comparison.codes(banner)).map(([code, report]) => {
    const { live, shadow, same, ...kinds } = report;
    const told = Object.entries(kinds).flatMap(([kind, { count }]) =>
      count > 0 ? [`${kind} ${count}`] : [],
    );
    return [`${code} ${live}:${shadow}`, `same ${same}`, ...told].join(", ");
  });
}

describe("ShadowComparison", () => {
  it("finds the same the same, whatever the numbers of the episodes", () => {
    const live = [output("raised", { raised: 10, number: 7 })];
    expect(counts(compared(live, [output("raised", { raised: 10 })]))).toEqual(["T01 1:1, same 1"]);
  });

  it("tells two fridges of a kitchen apart, one fridge's two codes, and two kitchens", () => {
    const live = [output("raised", { raised: 10 })];
    for (const other of [{ asset: "fridge-2" }, { code: "T02" }, { kitchen: OTHER }])
      expect(counts(compared(live, [output("raised", { raised: 10, ...other })])).join(" ")).toContain(
        "more 1",
      );
  });

  it("says by how many minutes alerts come earlier and later, with examples of both sides", () => {
    const live = [10, 300, 600, 900].map((raised, i) => output("raised", { raised, number: i + 1 }));
    const ended = [10, 300, 600, 900].map((raised, i) =>
      output("resolved", { raised, ended: raised + 30, number: i + 1 }),
    );
    const shadow = [5, 290, 598, 925].map((raised, i) => output("raised", { raised, number: i + 1 }));
    const shadowEnded = [5, 290, 598, 925].map((raised, i) =>
      output("resolved", { raised, ended: raised + 30, number: i + 1 }),
    );
    const { T01 } = compared([...live, ...ended], [...shadow, ...shadowEnded]).codes(null);
    expect(T01).toMatchObject({
      same: 0,
      more: { count: 0, minutes: null },
      fewer: { count: 0 },
      earlier: { count: 3, minutes: { median: 5, max: 10 } },
      later: { count: 1, minutes: { median: 25, max: 25 } },
    });
    expect(T01?.earlier.examples[0]).toEqual({
      kitchen: KITCHEN,
      asset: "fridge-1",
      live: {
        raisedAt: formatTime(FROM + minutes(10)),
        level: "L3",
        levelAt: formatTime(FROM + minutes(10)),
        because: [{ zh: "10 min", en: "10 min" }],
      },
      shadow: {
        raisedAt: formatTime(FROM + minutes(5)),
        level: "L3",
        levelAt: formatTime(FROM + minutes(5)),
        because: [{ zh: "5 min", en: "5 min" }],
      },
    });
  });

  it("keeps the five earliest examples, whatever the order in which they came", () => {
    const shadow = [700, 100, 900, 400, 1_000, 300, 200].map((raised) =>
      output("raised", { raised, asset: `fridge-${raised}` }),
    );
    const examples = compared([], shadow)
      .codes(null)
      .T01?.more.examples.map(({ asset }) => asset);
    expect(examples).toEqual(["fridge-100", "fridge-200", "fridge-300", "fridge-400", "fridge-700"]);
  });

  it("compares the gravest level, and when it was reached", () => {
    const rose = (at: number, level: Alert["level"]) => [
      output("raised", { raised: 10 }),
      output("level-changed", { raised: 10, rose: at, level }),
    ];
    const raised = [output("raised", { raised: 10 })];
    expect(counts(compared(raised, rose(40, "L2")))).toEqual(["T01 1:1, same 0, higher 1"]);
    expect(counts(compared(rose(40, "L2"), raised))).toEqual(["T01 1:1, same 0, lower 1"]);
    expect(counts(compared(rose(40, "L2"), rose(30, "L2")))).toEqual(["T01 1:1, same 0, roseEarlier 1"]);
    expect(counts(compared(rose(40, "L2"), rose(70, "L2")))).toEqual(["T01 1:1, same 0, roseLater 1"]);
    expect(counts(compared(rose(40, "L2"), rose(40, "L2")))).toEqual(["T01 1:1, same 1"]);
  });

  it("counts what rings alone: nothing suppressed, nothing withdrawn", () => {
    const silent = [
      output("suppressed", { raised: 10, asset: "a" }),
      output("resolved", { raised: 10, ended: 20, asset: "a" }),
      output("raised", { raised: 10, asset: "b" }),
      output("resolved", { raised: 10, ended: 12, asset: "b", reason: "withdrawn" }),
    ];
    expect(counts(compared(silent, []))).toEqual([]);
    const spoken = output("raised", { raised: 10, asset: "a" });
    expect(counts(compared(silent, [...silent, spoken]))).toEqual(["T01 0:1, same 0, more 1"]);
  });

  it("shows a banner its own alone: its kitchens, its offices, itself", () => {
    const area = (asset: string) => output("raised", { code: "O02", kitchen: null, asset, raised: 5 });
    const comparison = compared(
      [],
      [
        output("raised", { raised: 10 }),
        output("raised", { raised: 10, kitchen: OTHER }),
        area(`banner:${own.banner}`),
        area(`office:${foreign.office}`),
        area("city"),
      ],
    );
    const expected = ["O02 0:1, same 0, more 1", "T01 0:1, same 0, more 1"];
    expect(counts(comparison, own.banner)).toEqual(expected);
    expect(counts(comparison, foreign.banner)).toEqual(expected);
    expect(counts(comparison)).toEqual(["O02 0:3, same 0, more 3", "T01 0:2, same 0, more 2"]);
    comparison.advance(FROM + hours(1_000));
    expect(counts(comparison, own.banner)).toEqual(expected);
  });

  it("counts the faults of rules in shadow, not those of the live ones", () => {
    const type = "warmcity.deadletter";
    const data = { reasons: [{ pointer: "", reason: "T01@2 threw: no such thing" }], payload: "" };
    const fault: Output = { type, id: "f", time: FROM, subject: null, data };
    expect(compared([fault], []).faults).toEqual({ count: 0, reasons: [] });
    expect(compared([], [fault]).faults).toEqual({ count: 1, reasons: ["T01@2 threw: no such thing"] });
  });

  it("forgets what is over, yet says the same as if it had kept all", () => {
    fc.assert(
      fc.property(lives(), lives(), (live, shadow) => {
        const told = [...toldBy("live", live), ...toldBy("shadow", shadow)].sort((a, b) => a.at - b.at);
        const [whole, swept] = [new ShadowComparison(city), new ShadowComparison(city)];
        for (const { side, at, output: one } of told) {
          swept.advance(FROM + minutes(at));
          for (const comparison of [whole, swept]) comparison.hear(side, one);
        }
        expect(swept.codes(null)).toEqual(whole.codes(null));
        swept.advance(FROM + hours(10_000));
        expect(swept.codes(null)).toEqual(whole.codes(null));
        const isOpen = [...live, ...shadow].some(([, to]) => to === null);
        if (!isOpen) expect(swept.pending).toBe(0);
      }),
    );
  });

  it("stays small when one side rings without end while the other is open all the time", () => {
    const comparison = compared([output("raised", { raised: 0 })], []);
    for (let number = 1; number <= 1_000; number++) {
      const raised = number * 30;
      comparison.hear("shadow", output("raised", { raised, number }));
      comparison.hear("shadow", output("resolved", { raised, number, ended: raised + 5 }));
      comparison.advance(FROM + minutes(raised));
    }
    expect(comparison.pending).toBeLessThan(80);
    expect(counts(comparison)).toEqual(["T01 1:1000, same 0, more 999, later 1"]);
  });
});

/** Episodes of one key: begin and end in minutes; the last may be open. */
function lives(): fc.Arbitrary<(readonly [from: number, to: number | null])[]> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: 6_000 }), { maxLength: 12 })
    .map((times) => times.sort((a, b) => a - b))
    .map((times) => times.flatMap((at, i) => (i % 2 === 0 ? [[at, times[i + 1] ?? null] as const] : [])));
}

function toldBy(side: Side, episodes: readonly (readonly [from: number, to: number | null])[]) {
  return episodes.flatMap(([raised, ended], i) => {
    const number = i + 1;
    const begun = { side, at: raised, output: output("raised", { raised, number }) };
    if (ended === null) return [begun];
    return [begun, { side, at: ended, output: output("resolved", { raised, number, ended }) }];
  });
}
