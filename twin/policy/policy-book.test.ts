import { describe, expect, it } from "vitest";
import { parseTime } from "../kernel/time.ts";
import { DEFAULT_POLICIES, PolicyBook } from "./policy-book.ts";
import { ORDOS_2026, type PolicyPack } from "./policy-pack.ts";

const FIRST: PolicyPack = { ...ORDOS_2026, validTo: "2026-06-30" };
const SECOND: PolicyPack = {
  ...ORDOS_2026,
  version: 2,
  validFrom: "2026-07-01",
  rules: { T01: { limitC: 6 } },
};
const book = new PolicyBook([SECOND, FIRST]);
const at = (text: string) => parseTime(`${text}+08:00`);

describe("PolicyBook", () => {
  it.each([
    ["2019-05-01T12:00:00", "ordos-2026@1"],
    ["2026-06-30T23:59:59", "ordos-2026@1"],
    ["2026-07-01T00:00:00", "ordos-2026@2"],
    ["2031-01-01T00:00:00", "ordos-2026@2"],
  ])("judges %s by %s: packs change at Shanghai's midnight", (time, name) => {
    expect(book.at(at(time)).name).toBe(name);
  });

  it("finds the pack of a case by its name, and says which there are if it has none", () => {
    expect(book.named("ordos-2026@1")).toBe(FIRST);
    expect(() => book.named("ordos-2025@1")).toThrow("there are ordos-2026@1, ordos-2026@2");
    expect(() => new PolicyBook([])).toThrow(RangeError);
  });

  it("goes on with data that were folded under the same packs, whatever begins later", () => {
    const june = at("2026-06-15T12:00:00");
    const stamps = DEFAULT_POLICIES.stampsUpTo(june);
    expect(stamps).toMatchObject([{ policy: "ordos-2026@1", from: null }]);
    expect(book.refusal(stamps, june)).toBeNull();
    expect(JSON.stringify(book.stampsUpTo(at("2026-07-02T00:00:00")))).toContain("ordos-2026@2");
  });

  it("does not go on with data of a pack that has changed, or that another has taken over since", () => {
    const july = at("2026-07-15T12:00:00");
    expect(book.refusal(DEFAULT_POLICIES.stampsUpTo(july), july)).toMatch(
      /^These data were folded under ordos-2026@1 \(\w+\), not ordos-2026@1 \(\w+\), ordos-2026@2 /,
    );
    const other = new PolicyBook([{ ...ORDOS_2026, disabled: ["P05"] }]);
    expect(other.refusal(DEFAULT_POLICIES.stampsUpTo(july), july)).not.toBeNull();
  });

  it("knows a pack whose fields stand in another order for the same", () => {
    const { cases, ...rest } = ORDOS_2026;
    const turned = { cases: Object.fromEntries(Object.entries(cases).reverse()) as typeof cases, ...rest };
    const time = at("2026-06-15T12:00:00");
    expect(new PolicyBook([turned]).refusal(DEFAULT_POLICIES.stampsUpTo(time), time)).toBeNull();
  });
});
