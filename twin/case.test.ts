import { describe, expect, it } from "vitest";
import {
  at,
  CANTEEN_HOURS,
  command,
  notices,
  opened,
  path,
  shown,
  step,
  wait,
  walk,
} from "./case.fixture.ts";
import { allowedCommands, type Case, stepCase } from "./case.ts";
import { HISTORY_MAX } from "./case-file.ts";
import { ORDOS_2026 } from "./case-policy.ts";
import { days, hours } from "./kernel/time.ts";

const refusal = (c: Case, ...[input, time]: [Parameters<typeof stepCase>[1], number]) =>
  stepCase(c, input, time, ORDOS_2026);

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

  it("notifies nobody of a drill", () => {
    expect(opened({ code: "T09", level: "L1", exercise: true }).notifications).toEqual([]);
  });
});

describe("SC01, a canteen fridge fails at night", () => {
  const l3 = opened({ code: "T01", autoClose: "condition+record", openedAt: at("2026-05-13 00:17") });
  const l2 = step(l3.next, { type: "level-raised", level: "L2" }, at("2026-05-13 01:47"));

  it("the L3 is a silent push to the operator", () => {
    expect(notices(l3)).toEqual(["O push (silent)"]);
  });

  it("the L2 is the same case, rings by SMS and calls from 07:00, and reaches office, board and cadre", () => {
    expect(path(l2)).toEqual([]);
    expect(l2.remarks).toMatchObject([{ what: "level-raised", from: "dispatched", to: "dispatched" }]);
    expect(notices(l2)).toEqual([
      "O push",
      "O sms",
      "O call (from 05-13 07:00)",
      "S push",
      "S sms",
      "S call (from 05-13 07:00)",
      "Q-board in-app",
      "B push",
      "B sms",
    ]);
  });

  it("is to be acknowledged within 2 h of opening time", () => {
    expect(l2.next).toMatchObject({ dueKind: "acknowledge", due: at("2026-05-13 07:00") });
    const unknown = opened({ code: "T01", level: "L2", hours: null, openedAt: at("2026-05-13 01:47") });
    expect(unknown.next.due).toBe(at("2026-05-13 09:00"));
  });

  it("is submitted by the system with the record, and closed by the office only", () => {
    const acked = step(l2.next, command("acknowledge", "O"), at("2026-05-13 05:30"));
    expect(acked.next).toMatchObject({ state: "acked", dueKind: "rectify", due: at("2026-05-14 05:30") });
    const bare = step(acked.next, { type: "cleared", withRecord: false }, at("2026-05-13 07:31"));
    expect(path(bare)).toEqual([]);
    const cleared = step(bare.next, { type: "cleared", withRecord: true }, at("2026-05-13 07:31"));
    expect(path(cleared)).toEqual(["acked>rectifying", "rectifying>submitted"]);
    expect(cleared.next).toMatchObject({ owner: "S", dueKind: "recheck", due: at("2026-05-21 00:00") });
    const checked = walk(cleared.next, ["2026-05-13 10:00", command("recheck-start", "S")]);
    expect(
      refusal(checked, command("recheck-pass", "S", { inspectors: ["a"] }), at("2026-05-13 10:30")),
    ).toEqual({
      refused: "A recheck on site needs two inspectors",
      allowed: ["recheck-pass", "recheck-fail", "assign", "comment"],
    });
    const closed = step(
      checked,
      command("recheck-pass", "S", { inspectors: ["a", "b"] }),
      at("2026-05-13 10:30"),
    );
    expect(closed.next).toMatchObject({ state: "closed", due: null });
  });

  it("submits at once what was remedied before it was acknowledged", () => {
    const cleared = walk(l2.next, ["2026-05-13 04:00", { type: "cleared", withRecord: true }]);
    expect(cleared.state).toBe("dispatched");
    expect(path(step(cleared, command("acknowledge", "O"), at("2026-05-13 05:30")))).toEqual([
      "dispatched>acked",
      "acked>rectifying",
      "rectifying>submitted",
    ]);
  });
});

describe("SC04, a rat seen twice", () => {
  const first = opened({ code: "P07", lead: true, autoClose: "never", openedAt: at("2026-05-12 02:10") });
  const twice = step(first.next, { type: "level-raised", level: "L2" }, at("2026-05-12 02:31"));

  it("is due for review at 09:00, 2 h between 07 and 22, and calls nobody before it is confirmed", () => {
    expect(first.next).toMatchObject({ state: "verifying", owner: "S", dueKind: "review" });
    expect(shown(first.next.due)).toBe("05-12 09:00");
    expect(shown(twice.next.due)).toBe("05-12 09:00");
    expect(notices(first, twice)).toEqual([]);
  });

  it("goes out within the hour of its confirmation and is closed after 7 quiet days only", () => {
    const confirmed = step(twice.next, command("review-confirm", "S"), at("2026-05-12 08:20"));
    expect(confirmed.next).toMatchObject({ state: "confirmed", confirmed: true, lead: false });
    expect(shown(confirmed.next.due)).toBe("05-12 09:20");
    const { next: out, steps } = wait(confirmed.next, at("2026-05-12 09:20"));
    expect(path(...steps)).toEqual(["confirmed>dispatched"]);
    expect(notices(...steps)).toContain("pest-contractor sms");
    const submitted = walk(
      out,
      ["2026-05-12 10:00", command("acknowledge", "O")],
      ["2026-05-12 10:05", { type: "seen-again" }],
      ["2026-05-12 10:10", command("start", "O")],
      ["2026-05-12 16:00", command("submit", "O")],
    );
    expect(shown(submitted.due)).toBe("05-20 00:00");
    const check = walk(submitted, ["2026-05-15 10:00", command("recheck-start", "S")]);
    expect(check.due).toBeGreaterThan(at("2026-05-19 10:05"));
    const pass = command("recheck-pass", "S");
    expect(refusal(check, pass, at("2026-05-19 10:04"))).toMatchObject({
      refused: "The condition has not been absent long enough",
    });
    expect(step(check, pass, at("2026-05-19 10:05")).next.state).toBe("closed");
  });

  it("never closes by itself", () => {
    const dispatched = walk(
      twice.next,
      ["2026-05-12 08:20", command("review-confirm", "S")],
      ["2026-05-12 08:30", command("dispatch", "S")],
      ["2026-05-12 08:40", command("acknowledge", "O")],
      ["2026-06-12 08:40", { type: "cleared", withRecord: true }],
    );
    expect(dispatched.state).toBe("acked");
  });

  it("is judged false in the twin unit, which a new hit takes up again", () => {
    const cat = step(twice.next, command("review-false", "S", { reason: "pet cat" }), at("2026-05-12 08:30"));
    expect(cat.next).toMatchObject({ state: "false", due: null, reviewedBy: "S-1", confirmed: false });
    const again = step(
      cat.next,
      { type: "recurred", alert: "A-2", level: "L3", suppressed: false },
      at("2026-05-13 12:00"),
    );
    expect(path(again)).toEqual(["false>verifying"]);
    expect(shown(again.next.due)).toBe("05-13 14:00");
  });

  it("passes from office to bureau when nobody reviews, and is never confirmed by time", () => {
    const { next, steps } = wait(twice.next, at("2026-07-12 00:00"));
    expect(path(...steps)).toEqual([]);
    expect(steps.map(({ remarks }) => remarks[0]?.reason)).toEqual([
      "not reviewed in time: passed on to Q",
      "not reviewed in time",
    ]);
    expect(steps.map((s) => shown(s.remarks[0]!.time))).toEqual(["05-12 09:00", "05-12 11:00"]);
    expect(next).toMatchObject({ state: "verifying", owner: "Q", due: null, confirmed: false });
    expect(notices(...steps)).toEqual(["C push", "C sms"]);
  });
});

describe("SC05, a camera covered again", () => {
  it("closes by itself, is reopened by the same key within 7 d, and closed again", () => {
    const first = opened({
      code: "O03",
      level: "L4",
      autoClose: "condition",
      openedAt: at("2026-05-12 11:23"),
    });
    expect(notices(first)).toEqual(["O voice", "O in-app"]);
    const raised = step(first.next, { type: "level-raised", level: "L3" }, at("2026-05-12 11:30"));
    const closed = step(raised.next, { type: "cleared", withRecord: true }, at("2026-05-12 11:55"));
    expect(path(first, raised, closed)).toEqual([">new", "new>dispatched", "dispatched>closed"]);
    const again = step(
      closed.next,
      { type: "recurred", alert: "A-2", level: "L4", suppressed: false },
      at("2026-05-12 12:13"),
    );
    expect(path(again)).toEqual(["closed>reopened", "reopened>dispatched"]);
    expect(again.next).toMatchObject({ alert: "A-2", level: "L4", repeats: 1, id: first.next.id });
    expect(notices(again)).toEqual(["O voice"]);
    const closedAgain = step(again.next, { type: "cleared", withRecord: true }, at("2026-05-12 12:19"));
    expect(closedAgain.next.state).toBe("closed");
    const third = step(
      closedAgain.next,
      { type: "recurred", alert: "A-3", level: "L3", suppressed: false },
      at("2026-05-12 13:03"),
    );
    expect(third.next).toMatchObject({ state: "dispatched", level: "L3", repeats: 2 });
    expect(notices(third)).toEqual(["O voice", "S push", "S sms"]);
  });

  it("stays closed while the new episode is muted, and is reopened when the reason ends", () => {
    const closed = walk(opened({ code: "O03", level: "L4" }).next, [
      "2026-05-12 11:55",
      { type: "cleared", withRecord: true },
    ]);
    const muted = step(
      closed,
      { type: "recurred", alert: "A-2", level: "L4", suppressed: true },
      at("2026-05-12 22:00"),
    );
    expect(path(muted)).toEqual([]);
    expect(path(step(muted.next, { type: "unsuppressed" }, at("2026-05-13 05:00")))).toEqual([
      "closed>reopened",
      "reopened>dispatched",
    ]);
    const over = walk(muted.next, ["2026-05-13 04:00", { type: "cleared", withRecord: true }]);
    expect(refusal(over, { type: "unsuppressed" }, at("2026-05-13 05:00"))).toMatchObject({
      refused: "The case is not suppressed",
    });
  });
});

describe("SC16, a gas leak", () => {
  const leak = opened({
    code: "T09",
    level: "L3",
    autoClose: "condition+record",
    openedAt: at("2026-05-12 14:21:00"),
  });
  const l1 = step(leak.next, { type: "level-raised", level: "L1" }, at("2026-05-12 14:21:25"));

  it("reaches everybody at once, by voice, SMS and recorded call", () => {
    expect(notices(l1).filter((notice) => notice.startsWith("O"))).toEqual([
      "O voice",
      "O sms",
      "O recorded-call",
    ]);
    expect(new Set(l1.notifications.map(({ to }) => to))).toEqual(
      new Set(["O", "S", "Q", "C-duty", "B", "gas-company", "fire-service"]),
    );
  });

  it("goes to the bureau after 10 minutes, to the city after 30, and is the bureau's then", () => {
    const { next, steps } = wait(l1.next, at("2026-05-12 15:00:00"));
    expect(path(...steps)).toEqual([
      "dispatched>escalated",
      "escalated>dispatched",
      "dispatched>escalated",
      "escalated>dispatched",
    ]);
    expect(steps.map(({ changes }) => changes[0]!.time)).toEqual([
      at("2026-05-12 14:31:25"),
      at("2026-05-12 14:51:25"),
    ]);
    expect(steps.map(({ notifications }) => notifications[0]?.to)).toEqual(["Q-head", "C-head"]);
    expect(next).toMatchObject({ owner: "Q", escalations: 2, dueKind: "file" });
  });

  it("rings at night as well", () => {
    const night = opened({ code: "T09", level: "L1", openedAt: at("2026-05-12 03:00") });
    expect(night.notifications.every(({ ring, notBefore }) => ring && notBefore === null)).toBe(true);
    expect(notices(night)).toContain("O recorded-call");
  });

  it("is never closed by the system, not even with the clearance", () => {
    const acked = walk(
      l1.next,
      ["2026-05-12 14:25", command("acknowledge", "O")],
      ["2026-05-12 14:50", { type: "cleared", withRecord: true }],
    );
    expect(acked.state).toBe("submitted");
  });
});

describe("SC18, a dishwasher below temperature", () => {
  const facts = { code: "T06", autoClose: "condition+record", openedAt: at("2026-05-12 13:35") } as const;
  const acked = walk(opened(facts).next, ["2026-05-12 13:40", command("acknowledge", "O")]);

  it("is closed at 14:20 with the re-wash record", () => {
    const closed = step(acked, { type: "cleared", withRecord: true }, at("2026-05-12 14:20"));
    expect(path(closed)).toEqual(["acked>closed"]);
  });

  it("stays ACKED without it to its deadline, the next meal, and closes when the record comes", () => {
    const waiting = step(acked, { type: "cleared", withRecord: false }, at("2026-05-12 14:20"));
    expect(path(waiting)).toEqual([]);
    expect(waiting.next).toMatchObject({ state: "acked", due: at("2026-05-12 17:30") });
    expect(step(waiting.next, { type: "cleared", withRecord: true }, at("2026-05-12 15:00")).next.state).toBe(
      "closed",
    );
    const { next, steps } = wait(waiting.next, at("2026-05-14 12:00"));
    expect(path(...steps)).toEqual([]);
    expect(next).toMatchObject({ state: "acked", owner: "Q", dueKind: "file" });
    expect(steps.map((s) => `${shown(s.remarks[0]!.time)} ${s.remarks[0]!.reason}`)).toEqual([
      "05-12 17:30 not put right in time: S answers for it",
      "05-14 00:00 not put right in time: Q answers for it",
    ]);
    expect(notices(...steps)).toEqual(["S push", "S sms", "Q push (silent)"]);
  });
});

describe("SC20, hats missing again and again", () => {
  const monday = opened({
    code: "P01",
    level: "L4",
    lead: true,
    autoClose: "condition",
    openedAt: at("2026-05-11 11:52"),
  });
  const again = (c: Case, alert: string, level: "L3" | "L4", time: string) =>
    step(c, { type: "recurred", alert, level, suppressed: false }, at(time));

  it("goes out as a reminder that only a person confirms", () => {
    expect(notices(monday)).toEqual(["O voice", "O in-app"]);
    expect(monday.next).toMatchObject({ state: "dispatched", lead: true, confirmed: false });
    const confirmed = step(monday.next, command("review-confirm", "S"), at("2026-05-11 15:00"));
    expect(path(confirmed)).toEqual([]);
    expect(confirmed.next).toMatchObject({ state: "dispatched", lead: false, confirmed: true });
    expect(refusal(confirmed.next, command("review-confirm", "S"), at("2026-05-11 15:01"))).toMatchObject({
      refused: "It has no hit of a camera alone to confirm",
    });
  });

  it("prompts each meal, is judged false by way of VERIFYING, and comes back to a reviewer as L3", () => {
    const closed = walk(monday.next, ["2026-05-11 22:00", { type: "cleared", withRecord: true }]);
    const tuesday = again(closed, "A-2", "L4", "2026-05-12 18:05");
    expect(notices(tuesday)).toEqual(["O voice"]);
    const towel = step(
      tuesday.next,
      command("review-false", "S", { reason: "towel" }),
      at("2026-05-13 09:00"),
    );
    expect(path(towel)).toEqual(["dispatched>verifying", "verifying>false"]);
    const thursday = again(towel.next, "A-3", "L3", "2026-05-14 12:10");
    expect(path(thursday)).toEqual(["false>verifying"]);
    expect(thursday.next).toMatchObject({ level: "L3", lead: true });
  });

  it("is judged false after it closed by itself, each arrow on the way a listed one", () => {
    const closed = walk(monday.next, ["2026-05-11 22:00", { type: "cleared", withRecord: true }]);
    expect(allowedCommands(closed, "S")).toContain("review-false");
    const towel = step(closed, command("review-false", "S", { reason: "towel" }), at("2026-05-12 09:00"));
    expect(path(towel)).toEqual([
      "closed>reopened",
      "reopened>dispatched",
      "dispatched>verifying",
      "verifying>false",
    ]);
    expect(refusal(closed, command("review-false", "S", { reason: " " }), 0)).toMatchObject({
      refused: "A case that is closed takes no review-false",
    });
  });

  it("on the third day of the week the open case rises to L3 without a second case", () => {
    const thursday = again(monday.next, "A-2", "L3", "2026-05-14 12:10");
    expect(path(thursday)).toEqual([]);
    expect(thursday.next).toMatchObject({ level: "L3", alert: "A-2", repeats: 1, state: "dispatched" });
    expect(notices(thursday)).toEqual(["O voice", "O push", "O sms"]);
  });
});

describe("SC24, a restart", () => {
  it("goes on from plain JSON, fires what passed once and in order, and repeats no notification", () => {
    const first = opened({ code: "T01", level: "L2", openedAt: at("2026-05-12 08:00") });
    const restored: Case = JSON.parse(JSON.stringify(first.next));
    expect(restored).toEqual(first.next);
    const until = at("2026-05-14 00:00");
    const { next, steps } = wait(restored, until);
    expect(steps).toEqual(wait(first.next, until).steps);
    expect(
      steps.flatMap(({ changes, remarks }) => [...changes, ...remarks]).map(({ time }) => shown(time)),
    ).toEqual(["05-12 10:00", "05-12 12:00", "05-12 12:00", "05-13 08:00", "05-13 08:00"]);
    const told = [...first.notifications, ...steps.flatMap(({ notifications }) => notifications)];
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
    expect(refusal(next, { type: "timer" }, next.due! - 1)).toMatchObject({ refused: "No limit has passed" });
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
      refused: "It needs another reviewer than the first",
    });
    expect(step(appealed.next, command("review-false", "Q"), at("2026-05-13 09:00")).next.state).toBe(
      "false",
    );
    expect(refusal(confirmed, command("appeal", "O"), at("2026-05-20 00:01"))).toMatchObject({
      refused: "The time to appeal has passed",
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
      refused: "The command acknowledge is for assignee, not for S",
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
