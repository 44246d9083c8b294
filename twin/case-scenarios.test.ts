import { describe, expect, it } from "vitest";
import { at, command, notices, opened, path, refusal, shown, step, wait, walk } from "./case.fixture.ts";
import { allowedCommands, type Case } from "./case.ts";

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
      refused: "A recheck on site needs two inspectors, named in `inspectors`",
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

  it("a higher level never gives more time", () => {
    const hit = opened({
      code: "P07",
      lead: true,
      autoClose: "never",
      openedAt: at("2026-05-12 15:00"),
    }).next;
    const raised = step(hit, { type: "level-raised", level: "L2" }, at("2026-05-12 16:30"));
    expect([shown(hit.due), shown(raised.next.due)]).toEqual(["05-12 17:00", "05-12 17:00"]);
  });

  it("never closes by itself, whatever its rule says", () => {
    const careless = walk(
      opened({ code: "P07", autoClose: "condition" }).next,
      ["2026-05-12 12:10", { type: "cleared", withRecord: true }],
      ["2026-05-12 12:20", command("review-confirm", "S")],
      ["2026-05-12 12:30", command("dispatch", "S")],
    );
    expect(careless.state).toBe("dispatched");
  });

  it("waits for the recheck after its condition has cleared", () => {
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
    expect(steps.map(({ changes }) => changes[1]!.reason)).toEqual([
      "escalated to Q-head",
      "escalated to C-head",
    ]);
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
