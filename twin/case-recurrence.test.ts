import { describe, expect, it } from "vitest";
import { at, command, notices, opened, step, wait, walk } from "./case.fixture.ts";

describe("a danger that comes again", () => {
  const recurred = (alert: string, level: "L1" | "L2" | "L3") => ({
    type: "recurred" as const,
    alert,
    level,
    suppressed: false,
  });
  const first = opened({ code: "T09", level: "L1", openedAt: at("2026-05-12 10:00") });
  const closed = walk(
    first.next,
    ["2026-05-12 10:05", command("transfer", "Q")],
    ["2026-05-12 12:00", command("close", "Q")],
  );

  it("is told to everybody again when the case is reopened, each notification with a name of its own", () => {
    const again = step(closed, recurred("A-2", "L1"), at("2026-05-13 10:00"));
    expect(notices(again)).toEqual(notices(first));
    const names = [...first.notifications, ...again.notifications].map(({ key }) => key);
    expect(new Set(names).size).toBe(names.length);
  });

  it("is told again while the case is still open, and climbs the ladder of people again", () => {
    const again = step(first.next, recurred("A-2", "L1"), at("2026-05-12 11:00"));
    expect(notices(again)).toEqual(notices(first));
    const reopened = step(closed, recurred("A-2", "L1"), at("2026-05-13 10:00"));
    const { steps } = wait(reopened.next, at("2026-05-13 10:31"));
    expect(steps.flatMap(({ notifications }) => notifications.map(({ to }) => to))).toContain("C-head");
  });

  it("is not told again by churn: the same episode seen again, raised again, or a milder one after it", () => {
    const seen = step(first.next, { type: "seen-again" }, at("2026-05-12 10:01"));
    const reopened = step(closed, recurred("A-1", "L1"), at("2026-05-12 12:30"));
    const milder = step(first.next, recurred("A-2", "L3"), at("2026-05-12 11:00"));
    expect(notices(seen, reopened, milder)).toEqual([]);
  });

  it("is told of once only where it is a general breach", () => {
    const l3 = opened({ code: "T01", level: "L3", openedAt: at("2026-05-12 10:00") });
    const again = step(l3.next, recurred("A-2", "L3"), at("2026-05-12 11:00"));
    expect(notices(again)).toEqual([]);
  });
});
