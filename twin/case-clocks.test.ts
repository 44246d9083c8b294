import { describe, expect, it } from "vitest";
import { at, command, opened, shown, step, wait, walk } from "./case.fixture.ts";
import type { Case } from "./case.ts";
import { statutoryClocks } from "./case-clocks.ts";
import { ORDOS_CASES } from "./case-policy.ts";

/** `clock due` of each that runs. */
const clocks = (c: Case, graveSince: string | null = null) =>
  statutoryClocks(c, ORDOS_CASES, graveSince === null ? null : at(graveSince)).map(
    ({ clock, due }) => `${clock} ${shown(due)}`,
  );

describe("statutoryClocks()", () => {
  it("gives two hours to report an accident, as long as its case is open", () => {
    const c = opened({ code: "C02", level: "L1" }).next;
    expect(clocks(c, "2026-05-12 20:40")).toEqual(["report 05-12 22:40"]);
    const dismissed = walk(c, ["2026-05-12 21:00", command("review-false", "H")]);
    expect(clocks(dismissed, "2026-05-12 20:40")).toEqual([]);
  });

  it("counts 15 working days from the lead to decide on filing, 15 more once the bureau extended it", () => {
    const c = opened({ code: "T01", level: "L2" }).next;
    expect(clocks(c)).toEqual(["file 06-03 00:00"]);
    const { next: owned } = wait(c, at("2026-05-20 12:00"));
    expect(owned).toMatchObject({ owner: "Q", dueKind: "file" });
    const extended = step(owned, command("extend", "Q"), at("2026-06-01 10:00")).next;
    expect(clocks(extended)).toEqual([`file ${shown(extended.due)}`]);
    // 30 working days from the lead, the Dragon Boat Festival (19 June) left out.
    expect(shown(extended.due)).toBe("06-25 00:00");
    const { next: forgotten } = wait(extended, at("2026-12-01 00:00"));
    expect(clocks(forgotten)).toEqual(clocks(extended));
    expect(clocks(opened({ code: "D06", level: "L4" }).next)).toEqual([]);
  });

  it("gives 90 days from the filing to decide, whether or not they have passed", () => {
    const filed = walk(opened({ code: "T01" }).next, ["2026-05-13 12:00", command("file", "Q")]);
    expect(clocks(filed)).toEqual(["decide 08-11 12:00"]);
    expect(clocks(wait(filed, at("2026-12-01 00:00")).next)).toEqual(["decide 08-11 12:00"]);
    const decided = walk(filed, [
      "2026-06-01 12:00",
      command("decide", "Q", { decision: { kind: "warning" } }),
    ]);
    expect(clocks(decided)).toEqual([]);
  });
});
