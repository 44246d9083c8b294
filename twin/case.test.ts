import { describe, expect, it } from "vitest";
import {
  at,
  CANTEEN_HOURS,
  command,
  notices,
  opened,
  path,
  refusal,
  shown,
  step,
  wait,
  walk,
} from "./case.fixture.ts";
import { allowedCommands } from "./case.ts";
import { HISTORY_MAX } from "./case-file.ts";
import { sha256Hex } from "./kernel/sha256.ts";
import { days, hours } from "./kernel/time.ts";

describe("openCase()", () => {
  it.each([
    ["T01", "L3", "dispatched"],
    ["T09", "L1", "dispatched"],
    ["O06", "L2", "dispatched"],
    ["D01", "L2", "dispatched"],
    ["D02", "L3", "dispatched"],
    ["D04", "L3", "dispatched"],
    ["P01", "L4", "dispatched"],
    ["D06", "L4", "dispatched"],
    ["P01", "L3", "verifying"],
    ["P07", "L2", "verifying"],
    ["D03", "L2", "verifying"],
    ["D08", "L1", "verifying"],
    ["C02", "L1", "verifying"],
    ["W01", "L3", "verifying"],
    ["B01", "L2", "verifying"],
  ] as const)("%s %s: NEW → %s", (code, level, state) => {
    const first = opened({ code, level });
    expect(path(first)).toEqual([">new", `new>${state}`]);
    expect(first.next.state).toBe(state);
  });

  it("keeps a muted alert suppressed, with the reason, and lets it go when the reason ends", () => {
    const first = opened({ code: "T01", suppressed: "closed-unit" });
    expect(path(first)).toEqual([">new", "new>suppressed"]);
    expect(first.changes.at(-1)?.reason).toBe("closed-unit");
    expect(first.next).toMatchObject({ due: null, suppressedBy: "closed-unit" });
    expect(first.notifications).toEqual([]);
    const out = step(first.next, { type: "unsuppressed" }, at("2026-05-13 08:00"));
    expect(path(out)).toEqual(["suppressed>new", "new>dispatched"]);
    expect(notices(out)).toEqual(["O push", "O sms"]);
    expect(shown(out.next.due)).toBe("05-14 08:00");
  });

  it("merges the second probe of a room into the case of the first", () => {
    expect(path(opened({ code: "T09", mergedInto: "C-0" }))).toEqual([">new", "new>merged"]);
  });

  it("sends each to who can put it right", () => {
    const assignee = (facts: Parameters<typeof opened>[0]) => opened(facts).next.assignee;
    expect(assignee({ code: "T01" })).toBe("O");
    expect(assignee({ code: "O01", level: "L4" })).toBe("OPS");
    expect(assignee({ code: "W01", asset: "station:Z", kitchen: -1 })).toBe("PL");
    expect(assignee({ code: "W01", asset: null })).toBe("O");
    expect(assignee({ code: "C02", asset: "place:109.9,39.8", kitchen: -1 })).toBe("S");
  });

  it("keeps the hours of the kitchen that it is given, and nothing else of it", () => {
    const kitchen = { ...CANTEEN_HOURS, name: "canteen", devices: [] };
    expect(opened({ code: "T01", hours: kitchen }).next.hours).toEqual(CANTEEN_HOURS);
  });

  it("notifies nobody of a drill", () => {
    expect(opened({ code: "T09", level: "L1", exercise: true }).notifications).toEqual([]);
  });
});

describe("limits of DOMAIN §5.1 and §5.3", () => {
  const noon = at("2026-05-12 12:00");

  it.each([
    ["T01", "L1", "05-12 12:10"],
    ["T01", "L2", "05-12 14:00"],
    ["T01", "L3", "05-13 12:00"],
    ["T01", "L4", "05-13 00:00"],
  ] as const)("%s %s is to be acknowledged by %s", (code, level, due) => {
    expect(shown(opened({ code, level, openedAt: noon }).next.due)).toBe(due);
  });

  it.each([
    ["D03", "L1", "05-12 12:10"],
    ["D03", "L2", "05-12 14:00"],
    ["P02", "L3", "05-13 12:00"],
    ["P02", "L1", "05-12 12:10"],
    ["D05", "L3", "05-16 00:00"],
  ] as const)("%s %s is to be reviewed by %s", (code, level, due) => {
    expect(shown(opened({ code, level, openedAt: noon }).next.due)).toBe(due);
  });

  it.each([
    ["T01", "L1", "05-12 14:00"],
    ["T01", "L2", "05-13 12:00"],
    ["T01", "L3", "05-15 12:00"],
    ["D06", "L4", "05-27 12:00"],
    ["T04", "L3", "05-12 13:00"],
    ["T03", "L3", "05-12 12:30"],
    ["T06", "L3", "05-12 17:30"],
    ["O02", "L2", "05-12 13:00"],
  ] as const)("%s %s is to be put right by %s once acknowledged", (code, level, due) => {
    const c = walk(opened({ code, level, openedAt: noon }).next, [
      "2026-05-12 12:00",
      command("acknowledge", "O"),
    ]);
    expect(shown(c.due)).toBe(due);
  });

  it("falls back on the level's limit where no meal is known", () => {
    const c = walk(opened({ code: "T06", openedAt: noon, hours: null }).next, [
      "2026-05-12 12:00",
      command("acknowledge", "O"),
    ]);
    expect(shown(c.due)).toBe("05-15 12:00");
  });

  it("counts the next meal over a holiday of the canteen", () => {
    const c = walk(opened({ code: "T06", openedAt: at("2026-04-30 18:30"), hours: CANTEEN_HOURS }).next, [
      "2026-04-30 18:31",
      command("acknowledge", "O"),
    ]);
    expect(shown(c.due)).toBe("05-06 06:30");
  });

  it("an L4 that nobody acknowledges reaches the office after 15 days and the bureau a working day later", () => {
    const { next, steps } = wait(opened({ code: "D06", level: "L4", openedAt: noon }).next, noon + days(60));
    expect(path(...steps)).toEqual([
      "dispatched>escalated",
      "escalated>dispatched",
      "dispatched>escalated",
      "escalated>dispatched",
    ]);
    expect(notices(...steps)).toEqual(["S in-app", "Q in-app (silent)"]);
    expect(next).toMatchObject({ owner: "Q", due: null, escalations: 2 });
  });

  it("escalations count on through a higher level: at most two, then the bureau owns it", () => {
    const { next } = wait(opened({ code: "T01", openedAt: noon }).next, noon + days(4));
    expect(next).toMatchObject({ owner: "Q", escalations: 1 });
    const raised = step(next, { type: "level-raised", level: "L2" }, noon + days(4));
    const { next: end, steps } = wait(raised.next, noon + days(10));
    expect(path(...steps)).toEqual(["dispatched>escalated", "escalated>dispatched"]);
    expect(end).toMatchObject({ owner: "Q", escalations: 2, dueKind: "file" });
    expect(end.due).toBe(at("2026-06-03 00:00"));
  });

  it("an extension is granted once, with a reason, before the limit has passed", () => {
    const acked = walk(opened({ code: "T01", level: "L2", openedAt: noon }).next, [
      "2026-05-12 12:00",
      command("acknowledge", "O"),
    ]);
    expect(refusal(acked, command("extend", "S", { reason: null }), noon)).toMatchObject({
      refused: "It needs a reason",
    });
    const extended = step(acked, command("extend", "S", { reason: "repair" }), noon + hours(1));
    expect(extended.next.due).toBe(noon + hours(72));
    expect(extended.remarks).toMatchObject([{ what: "extend", due: noon + hours(72), reason: "repair" }]);
    expect(allowedCommands(extended.next, "S")).not.toContain("extend");
    const late = wait(acked, noon + hours(24)).next;
    expect(allowedCommands(late, "S")).not.toContain("extend");
  });

  it("a returned case gets half of its first time", () => {
    const returned = walk(
      opened({ code: "T01", level: "L3", openedAt: noon }).next,
      ["2026-05-12 12:00", command("acknowledge", "O")],
      ["2026-05-12 13:00", command("extend", "S")],
      ["2026-05-12 14:00", command("start", "O")],
      ["2026-05-13 14:00", command("submit", "O")],
      ["2026-05-14 14:00", command("recheck-start", "S")],
      ["2026-05-14 15:00", command("recheck-fail", "S")],
    );
    expect(returned).toMatchObject({
      state: "rectifying",
      owner: "O",
      due: at("2026-05-14 15:00") + days(1.5),
    });
  });

  it("a level raised while a recheck is waited for shortens what comes back, to half of its own first time", () => {
    const submitted = walk(
      opened({ code: "T01", level: "L4", openedAt: noon }).next,
      ["2026-05-12 12:00", command("acknowledge", "O")],
      ["2026-05-12 13:00", command("start", "O")],
      ["2026-05-12 14:00", command("submit", "O")],
    );
    const raised = step(submitted, { type: "level-raised", level: "L2" }, noon + hours(3)).next;
    const returned = walk(
      raised,
      ["2026-05-13 10:00", command("recheck-start", "S")],
      ["2026-05-13 11:00", command("recheck-fail", "S")],
    );
    expect(shown(returned.due)).toBe("05-13 23:00");
  });
});

describe("filing, decision, appeal", () => {
  const filed = walk(opened({ code: "D01", level: "L2", openedAt: at("2026-05-12 12:00") }).next, [
    "2026-05-13 12:00",
    command("file", "Q"),
  ]);
  const decide = (
    role: "Q" | "C",
    decision: { kind: "penalty" | "warning" | "none"; fine?: number } | null,
  ) => refusal(filed, command("decide", role, { decision }), at("2026-06-13 12:00"));

  it("is to be decided within 90 days", () => {
    expect(filed).toMatchObject({ owner: "Q", dueKind: "decide", due: at("2026-05-13 12:00") + days(90) });
  });

  it("fines of 300,000 yuan are the city's to decide, smaller ones the bureau's", () => {
    expect(decide("Q", { kind: "penalty", fine: 299_999 })).toMatchObject({ next: { state: "decided" } });
    expect(decide("Q", { kind: "warning" })).toMatchObject({ next: { state: "decided" } });
    expect(decide("Q", { kind: "none" })).toMatchObject({ next: { state: "no-penalty" } });
    expect(decide("C", { kind: "penalty", fine: 300_000 })).toMatchObject({ next: { state: "decided" } });
    expect(decide("Q", { kind: "penalty", fine: 300_000 })).toHaveProperty("refused");
    expect(decide("C", { kind: "penalty", fine: 299_999 })).toHaveProperty("refused");
    expect(decide("Q", null)).toHaveProperty("refused");
  });

  it("an appeal comes within 5 working days and is answered by another reviewer", () => {
    const confirmed = walk(opened({ code: "P02" }).next, [
      "2026-05-12 13:00",
      command("review-confirm", "S"),
    ]);
    const appealed = step(confirmed, command("appeal", "O"), at("2026-05-12 13:30"));
    expect(appealed.next).toMatchObject({ state: "appealed", owner: "Q", due: at("2026-05-20 00:00") });
    expect(refusal(appealed.next, command("review-confirm", "S"), at("2026-05-13 09:00"))).toMatchObject({
      refused: "It needs another reviewer than who judged it before",
    });
    expect(step(appealed.next, command("review-false", "Q"), at("2026-05-13 09:00")).next.state).toBe(
      "false",
    );
    expect(refusal(confirmed, command("appeal", "O"), at("2026-05-20 00:01"))).toMatchObject({
      refused: "The time to appeal has passed",
    });
  });

  it("an appeal against a decision is answered neither by who decided nor by who confirmed", () => {
    const decided = walk(
      opened({ code: "P02" }).next,
      ["2026-05-12 13:00", command("review-confirm", "S")],
      ["2026-05-12 13:10", command("file", "Q")],
      ["2026-05-13 09:00", command("decide", "Q", { decision: { kind: "penalty", fine: 5_000 } })],
      ["2026-05-14 09:00", command("appeal", "O")],
    );
    const answer = (role: "S" | "Q", actor: string) =>
      refusal(decided, command("review-false", role, { actor }), at("2026-05-14 10:00"));
    expect(answer("S", "S-1")).toHaveProperty("refused");
    expect(answer("Q", "Q-1")).toHaveProperty("refused");
    expect(answer("Q", "Q-2")).toMatchObject({ next: { state: "false" } });
  });

  it("keeps with the step what was decided and who inspected", () => {
    const decision = { kind: "penalty", fine: 5_000 } as const;
    expect(decide("Q", decision)).toMatchObject({ changes: [{ to: "decided", decision }] });
    const checked = walk(
      opened({ code: "T01", level: "L2" }).next,
      ["2026-05-12 13:00", command("acknowledge", "O")],
      ["2026-05-12 13:00", command("start", "O")],
      ["2026-05-12 13:00", command("submit", "O")],
      ["2026-05-12 13:00", command("recheck-start", "S")],
      ["2026-05-12 13:00", command("recheck-pass", "S", { inspectors: ["i-1", "i-2"] })],
    );
    expect(checked.history.at(-1)).toMatchObject({ to: "closed", inspectors: ["i-1", "i-2"] });
  });

  it("is the city's where it belongs to no kitchen: no office and no banner need have it in its area", () => {
    const cluster = opened({ code: "C02", level: "L1", kitchen: -1, asset: "place:109.9,39.8" }).next;
    const confirmed = walk(cluster, ["2026-05-12 13:00", command("review-confirm", "C")]);
    expect(walk(confirmed, ["2026-05-12 13:01", command("transfer", "C")]).state).toBe("transferred");
    const inKitchen = opened({ code: "C02", level: "L1" }).next;
    expect(refusal(inKitchen, command("review-confirm", "C"), inKitchen.openedAt)).toMatchObject({
      refused: "The command review-confirm is for S, Q, H, not for C",
    });
  });

  it("what was judged false may be audited for 30 days", () => {
    const dismissed = walk(opened({ code: "P02" }).next, ["2026-05-12 13:00", command("review-false", "S")]);
    expect(step(dismissed, command("audit", "Q"), at("2026-06-11 13:00")).next.state).toBe("verifying");
    expect(refusal(dismissed, command("audit", "Q"), at("2026-06-11 13:01"))).toMatchObject({
      refused: "The time for an audit has passed",
    });
  });
});

describe("stepCase()", () => {
  it("refuses with a reason and what the role could do", () => {
    const c = opened({ code: "T01" }).next;
    expect(refusal(c, command("acknowledge", "S"), c.openedAt)).toEqual({
      refused: "The command acknowledge is for O, not for S",
      allowed: ["audit", "assign", "comment"],
    });
    expect(refusal(c, command("submit", "O"), c.openedAt)).toEqual({
      refused: "A case that is dispatched takes no submit",
      allowed: ["acknowledge", "dispute", "comment"],
    });
    expect(refusal(c, { type: "level-raised", level: "L4" }, c.openedAt)).toEqual({
      refused: "L4 is no graver than L3",
      allowed: [],
    });
  });

  it("needs evidence to submit and a reason to judge false", () => {
    const c = walk(
      opened({ code: "T01" }).next,
      ["2026-05-12 13:00", command("acknowledge", "O")],
      ["2026-05-12 13:00", command("start", "O")],
    );
    expect(refusal(c, command("submit", "O", { evidence: [] }), c.since)).toMatchObject({
      refused: "It needs a photo, clip or record as evidence",
    });
    const seen = opened({ code: "P02" }).next;
    expect(refusal(seen, command("review-false", "S", { reason: null }), seen.since)).toMatchObject({
      refused: "It needs a reason",
    });
  });

  it("keeps who, when and why of each step, the newest hundred of them", () => {
    let c = walk(opened({ code: "T01" }).next, [
      "2026-05-12 13:00",
      command("acknowledge", "O", { actor: "p-7", reason: "on my way", evidence: ["e1"] }),
    ]);
    expect(c.history.at(-1)).toEqual({
      step: 3,
      time: at("2026-05-12 13:00"),
      from: "dispatched",
      to: "acked",
      what: "acknowledge",
      actor: "p-7",
      role: "O",
      reason: "on my way",
      due: c.due,
      evidence: ["e1"],
      evidenceHash: sha256Hex('["e1"]'),
    });
    for (let i = 0; i < HISTORY_MAX; i++) c = step(c, command("comment", "S"), c.since).next;
    expect(c.history).toHaveLength(HISTORY_MAX);
    expect(c.history.at(-1)?.step).toBe(c.steps);
    expect(c.steps).toBe(HISTORY_MAX + 3);
  });

  it("changes nothing in the case that it was given", () => {
    const c = opened({ code: "T01" }).next;
    const before = JSON.stringify(c);
    step(c, command("acknowledge", "O"), c.since);
    step(c, { type: "level-raised", level: "L1" }, c.since);
    expect(JSON.stringify(c)).toBe(before);
  });

  it("closes a case whose alert was taken over, if the system may close it, and else notes why", () => {
    const offline = opened({ code: "O01", level: "L4" });
    const taken = step(offline.next, { type: "suppressed", reason: "outage" }, at("2026-05-12 14:06"));
    expect(path(taken)).toEqual(["dispatched>closed"]);
    expect(taken.changes[0]).toMatchObject({ reason: "outage", actor: "system", role: null });
    const rat = opened({ code: "P07", autoClose: "never" });
    const noted = step(rat.next, { type: "suppressed", reason: "withdrawn" }, at("2026-05-12 14:06"));
    expect(path(noted)).toEqual([]);
    expect(noted.remarks).toMatchObject([{ what: "suppressed", reason: "withdrawn" }]);
  });

  it("closes at its dispatch what cleared while it was verified", () => {
    const c = walk(
      opened({ code: "B02" }).next,
      ["2026-05-12 12:30", { type: "cleared", withRecord: true }],
      ["2026-05-12 13:00", command("review-confirm", "S")],
    );
    expect(path(...wait(c, at("2026-05-20 00:00")).steps)).toEqual([
      "confirmed>dispatched",
      "dispatched>closed",
    ]);
  });

  it("lets the integrator handle its own cases, and the platform its", () => {
    const offline = opened({ code: "O01", level: "L4" }).next;
    expect(step(offline, command("acknowledge", "OPS"), offline.since).next.owner).toBe("OPS");
    const seals = walk(opened({ code: "W01", asset: "rider:r1", kitchen: -1 }).next, [
      "2026-05-12 13:00",
      command("review-confirm", "S"),
    ]);
    const out = walk(seals, ["2026-05-12 13:10", command("dispatch", "S")]);
    expect(allowedCommands(out, "PL")).toContain("acknowledge");
    expect(allowedCommands(out, "O")).not.toContain("acknowledge");
  });
});
