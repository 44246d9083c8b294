import { describe, expect, it } from "vitest";
import { days, parseTime } from "../kernel/time.ts";
import { blackList, type ListCandidate, redList } from "./list-candidate.ts";
import {
  allowedListCommands,
  draftList,
  isShown,
  type ListCommand,
  type MonthlyList,
  stepList,
} from "./monthly-list.ts";

/** A Monday; the fifth working day after it is the Monday of the next week. */
const NOW = parseTime("2026-11-02T02:00:00+08:00");

function candidate(kitchen: string, known: Partial<ListCandidate> = {}): ListCandidate {
  return {
    kitchen,
    type: "small",
    banner: "150602",
    index: 97,
    evidenceDays: 30,
    onlineShare: 0.99,
    graveAlerts: [],
    hasOverdueCase: false,
    inspectionPassed: true,
    confirmed: [],
    ...known,
  };
}

describe("the red list", () => {
  const field = Array.from({ length: 40 }, (_, i) => candidate(`K-${i + 10}`, { index: 96 - i / 10 }));
  const names = (candidates: ListCandidate[]) => redList(candidates, NOW).map(({ kitchen }) => kitchen);

  it("takes the best twentieth of each type and banner", () => {
    expect(names(field)).toEqual(["K-10", "K-11"]);
    expect(names([...field, candidate("K-99", { type: "school", index: 95 })])).toEqual([
      "K-10",
      "K-11",
      "K-99",
    ]);
  });

  it.each([
    ["an index below 95", { index: 94.9 }],
    ["fewer than 20 days of evidence", { evidenceDays: 19 }],
    ["no rating", { index: null }],
    ["less than 95 % online", { onlineShare: 0.949 }],
    ["no devices", { onlineShare: null }],
    ["an overdue case", { hasOverdueCase: true }],
    ["no official inspection", { inspectionPassed: null }],
    ["a failed inspection", { inspectionPassed: false }],
    ["an L2 within 90 days", { graveAlerts: [NOW - days(90) + 1] }],
  ])("leaves out one with %s", (_name, known) => {
    expect(names([candidate("K-1", known)])).toEqual([]);
    expect(names([candidate("K-1")])).toEqual(["K-1"]);
  });

  it("forgives an L2 of 90 days ago", () => {
    expect(names([candidate("K-1", { graveAlerts: [NOW - days(90)] })])).toEqual(["K-1"]);
  });
});

describe("the black list", () => {
  const l2 = (n: number, overdue = false) => ({
    case: `c-${n}`,
    kind: "L2" as const,
    at: NOW - days(n),
    overdue,
  });
  const grounds = (known: Partial<ListCandidate>) =>
    blackList([candidate("K-1", known)], NOW).map(({ ground, cases }) => [ground, ...cases]);

  it("takes nobody for a low index alone", () => {
    expect(grounds({ index: 12, graveAlerts: [NOW - 1, NOW - 2, NOW - 3] })).toEqual([]);
  });

  it("takes a penalty, a confirmed L1, or three confirmed L2 of which one is overdue", () => {
    expect(grounds({ confirmed: [{ case: "c-1", kind: "penalty", at: NOW - 1, overdue: false }] })).toEqual([
      ["penalty", "c-1"],
    ]);
    expect(grounds({ confirmed: [{ case: "c-1", kind: "L1", at: NOW - 1, overdue: false }] })).toEqual([
      ["confirmed-L1", "c-1"],
    ]);
    expect(grounds({ confirmed: [l2(1), l2(2, true), l2(3)] })).toEqual([
      ["three-L2-with-overdue", "c-1", "c-2", "c-3"],
    ]);
  });

  it("needs the third L2, an overdue one, and all within 90 days", () => {
    expect(grounds({ confirmed: [l2(1), l2(2, true)] })).toEqual([]);
    expect(grounds({ confirmed: [l2(1), l2(2), l2(3)] })).toEqual([]);
    expect(grounds({ confirmed: [l2(1), l2(2, true), l2(90)] })).toEqual([]);
  });
});

describe("the life of a list", () => {
  const listed = [
    { kitchen: "K-1", banner: "150602", type: "small", index: 60, cases: ["c-1"], ground: "confirmed-L1" },
  ] as const;
  const draft = (colour: "red" | "black") =>
    draftList({ colour, banner: "150602", month: "2026-10" }, listed);
  const asked = (command: ListCommand["command"], role: ListCommand["role"], actor: string): ListCommand => ({
    command,
    role,
    actor,
    kitchen: "K-1",
    reason: "because",
  });
  const steps = (list: MonthlyList, at: number, ...commands: ListCommand[]) => {
    let now = list;
    for (const command of commands) {
      const step = stepList(now, command, at);
      if ("refused" in step) throw new Error(step.refused);
      now = step.next;
    }
    return now;
  };
  const refusal = (list: MonthlyList, command: ListCommand, at: number) => {
    const step = stepList(list, command, at);
    return "refused" in step ? step.refused : null;
  };
  const LATER = parseTime("2026-11-10T00:00:00+08:00");

  it("publishes a black entry after notice, five working days, and two signatures", () => {
    const notified = steps(draft("black"), NOW, asked("notify", "Q", "q-1"));
    expect(refusal(notified, asked("sign", "Q", "q-1"), LATER - days(1))).toMatch(/not over/);
    const signed = steps(notified, LATER, asked("sign", "Q", "q-1"));
    expect(refusal(signed, asked("publish", "C", "q-1"), LATER)).toMatch(/Who signed/);
    const published = steps(signed, LATER, asked("publish", "C", "c-9"));
    expect(isShown(published, published.entries[0]!, null, LATER)).toBe(true);
  });

  it("waits for the answer to an appeal, and shows nobody who was struck", () => {
    const appealed = steps(draft("black"), NOW, asked("notify", "Q", "q-1"), asked("appeal", "O", "o-1"));
    expect(refusal(appealed, asked("sign", "Q", "q-1"), LATER)).toMatch(/appeal is still open/);
    expect(allowedListCommands(appealed, "Q", LATER)).toEqual(["uphold", "strike"]);
    const struck = steps(appealed, LATER, asked("strike", "Q", "q-2"), asked("sign", "Q", "q-1"));
    const published = steps(struck, LATER, asked("publish", "C", "c-9"));
    expect(isShown(published, published.entries[0]!, null, LATER)).toBe(false);
  });

  it("takes no appeal after the fifth working day, and none against a red list", () => {
    const notified = steps(draft("black"), NOW, asked("notify", "Q", "q-1"));
    expect(refusal(notified, asked("appeal", "O", "o-1"), LATER)).toMatch(/are over/);
    expect(refusal(draft("red"), asked("notify", "Q", "q-1"), NOW)).toMatch(/red list/);
  });

  it("takes a black entry off 30 days after the recheck, 90 after a penalty", () => {
    const signed = steps(
      steps(draft("black"), NOW, asked("notify", "Q", "q-1")),
      LATER,
      asked("sign", "Q", "q-1"),
    );
    const list = steps(signed, LATER, asked("publish", "C", "c-9"));
    const [entry] = list.entries;
    expect(isShown(list, entry!, LATER, LATER + days(30) - 1)).toBe(true);
    expect(isShown(list, entry!, LATER, LATER + days(30))).toBe(false);
    expect(isShown(list, { ...entry!, ground: "penalty" }, LATER, LATER + days(90) - 1)).toBe(true);
    expect(isShown(list, { ...entry!, ground: "penalty" }, LATER, LATER + days(90))).toBe(false);
  });

  it("corrects what was published, and no more than once", () => {
    const list = steps(draft("red"), NOW, asked("sign", "Q", "q-1"), asked("publish", "C", "c-9"));
    const corrected = steps(list, NOW, asked("correct", "C", "c-9"));
    expect(isShown(corrected, corrected.entries[0]!, null, NOW)).toBe(false);
    expect(refusal(corrected, asked("correct", "C", "c-9"), NOW)).toMatch(/is corrected/);
  });
});
