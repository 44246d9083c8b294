import { describe, expect, it } from "vitest";
import { insects } from "./p08-insects.ts";
import { RuleTrial } from "./rule-trial.ts";

type Row = readonly [
  at: string,
  zone?: string,
  what?: "cockroach" | "fly" | "cockroach_fly",
  confidence?: number,
];

function seen(...rows: readonly Row[]): RuleTrial {
  const trial = new RuleTrial(insects, { devices: [{ id: "K/cam-1", kind: "camera" }] });
  for (const [at, zone = "wash", what = "cockroach_fly", confidence = 0.8] of rows)
    trial.says("warmcity.detection", at, { class: what, confidence, zone }, { by: "K/cam-1" });
  return trial;
}

describe("P08 insects", () => {
  it("takes one cockroach in three frames 2 s apart for one hit", () => {
    expect(seen(["20:00:00"], ["20:00:02"], ["20:00:04"]).run("21:00")).toEqual([]);
  });

  it("rings at the third separate hit in 24 h", () => {
    expect(seen(["10:00"], ["15:00"], ["20:00"]).run("21:00")).toEqual(["20:00:00 raised L3 zone:K/wash"]);
    expect(
      seen(["10:00"], ["15:00", "wash", "fly"], ["20:00", "wash", "cockroach"]).run("21:00"),
    ).toHaveLength(1);
    expect(seen(["10:00"], ["15:00"], ["03-03 10:00"]).run("03-03 11:00")).toHaveLength(1);
    expect(seen(["10:00:00"], ["10:01:01"], ["10:02:02"]).run("11:00")).toHaveLength(1);
  });

  it("stays silent at two, at three in more than 24 h, in two zones, or at low confidence", () => {
    expect(seen(["10:00"], ["15:00"]).run("21:00")).toEqual([]);
    expect(seen(["10:00"], ["15:00"], ["03-03 10:00:01"]).run("03-03 11:00")).toEqual([]);
    expect(seen(["10:00"], ["15:00"], ["20:00", "prep"]).run("21:00")).toEqual([]);
    expect(seen(["10:00"], ["15:00"], ["20:00", "wash", "fly", 0.79]).run("21:00")).toEqual([]);
  });

  it("is over after 3 d without any; its case only with the record of the pest control", () => {
    const three: Row[] = [["10:00"], ["15:00"], ["20:00"]];
    const over = "03-05 20:00:00 resolved L3 zone:K/wash";
    expect(seen(...three).run("03-06 00:00")).toContain(over);
    expect(seen(...three, ["03-04 08:00"]).run("03-06 00:00")).toHaveLength(1);
    expect(seen(...three, ["03-04 08:00"]).run("03-08 00:00")).toContain(
      "03-07 08:00:00 resolved L3 zone:K/wash",
    );
  });

  it("counts no hits any more that a reviewer judged false", () => {
    const [lead] = seen(["10:00"], ["11:00"], ["12:00"]).alerts("13:00");
    const verdict = { case: lead!.case, command: "review-false", role: "S", reason: "oil drops" } as const;
    const judged = (...more: readonly Row[]) =>
      seen(["10:00"], ["11:00"], ["12:00"], ...more).says("warmcity.case.command", "14:00", verdict);
    expect(judged(["15:00"], ["16:00"]).run("20:00")).toHaveLength(2);
    expect(judged(["15:00"], ["16:00"], ["17:00"]).run("20:00").at(-1)).toBe(
      "17:00:00 raised L3 zone:K/wash",
    );
  });

  it("is mute in a unit that is closed, and rings when it opens with insects still there", () => {
    const trial = seen(["10:00"], ["15:00"], ["20:00"]);
    trial.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    trial.says("warmcity.kitchen.declared", "21:00", { state: "open" }, { by: "/kitchens/K" });
    expect(trial.run("22:00")).toEqual([
      "20:00:00 suppressed L3 zone:K/wash (closed-unit)",
      "21:00:00 raised L3 zone:K/wash",
    ]);
  });

  it("gives the same alerts for input thrice and shuffled; a late hit completes the number", () => {
    const trial = seen(["10:00:00"], ["10:00:40"], ["15:00"], ["20:00"], ["20:30"]);
    for (const shuffled of [1, 2, 3]) expect(trial.run("21:00", { shuffled })).toEqual(trial.run("21:00"));
    const late = seen(["10:00"], ["20:00"]);
    const data = { class: "fly", confidence: 0.9, zone: "wash" } as const;
    late.says("warmcity.detection", "15:00", data, { by: "K/cam-1", receivedAt: "20:30" });
    expect(late.alerts("21:00")).toMatchObject([{ raisedAt: "2026-03-02T20:00:00.000+08:00" }]);
  });
});
