import { describe, expect, it } from "vitest";
import { openCase, stepCase } from "./case.ts";
import type { Case } from "./case-file.ts";
import { ORDOS_CASES } from "./case-policy.ts";
import { isDueProvisional } from "./case-provisional.ts";
import type { Level } from "./events/fields.ts";
import { formatTime, parseTime } from "./kernel/time.ts";

/** A dispatched case, submitted at once: its recheck is due in three working days (L3), or five (L2). */
function submitted(level: Level, at: string): Case {
  const time = parseTime(`${at}+08:00`);
  const opening = {
    id: "C-1",
    alert: "A-1",
    kitchen: 0,
    code: "T01",
    policy: "ordos-2026@1",
    asset: "K/f",
    level,
    openedAt: time,
    lead: false,
    exercise: false,
    autoClose: "human",
    suppressed: null,
  } as const;
  let current = openCase(opening, ORDOS_CASES).next;
  for (const command of ["acknowledge", "start", "submit"] as const) {
    const proof = [{ sha256: "a" }];
    const input = {
      type: "command",
      command,
      role: "O",
      actor: "p",
      reason: "r",
      evidence: proof,
      decision: null,
    } as const;
    const step = stepCase(current, input, time, ORDOS_CASES);
    if ("refused" in step) throw new RangeError(step.refused);
    current = step.next;
  }
  return current;
}

describe("isDueProvisional()", () => {
  it("flags working days that run over New Year into a year that is not arranged", () => {
    const late = submitted("L3", "2026-12-30T10:00:00");
    expect(late.dueKind).toBe("recheck");
    expect(formatTime(late.due!)).toBe("2027-01-06T00:00:00.000+08:00");
    expect(isDueProvisional(late, ORDOS_CASES)).toBe(true);
  });

  it("flags none that end with the last day of a year on file", () => {
    const year = submitted("L3", "2026-12-28T10:00:00");
    expect(formatTime(year.due!)).toBe("2027-01-01T00:00:00.000+08:00");
    expect(isDueProvisional(year, ORDOS_CASES)).toBe(false);
  });

  it("flags no limit that counts hours or days of the clock, and no case without one", () => {
    const time = parseTime("2026-12-31T20:00:00+08:00");
    const acked = {
      ...submitted("L3", "2026-12-31T20:00:00"),
      dueKind: "rectify",
      due: time + 3 * 86_400_000,
    } as const;
    expect(isDueProvisional(acked, ORDOS_CASES)).toBe(false);
    expect(isDueProvisional({ ...acked, rung: 1 }, ORDOS_CASES)).toBe(true);
    expect(isDueProvisional({ ...acked, due: null, dueKind: null }, ORDOS_CASES)).toBe(false);
  });
});
