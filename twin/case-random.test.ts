import fc from "fast-check";
import { expect, it } from "vitest";
import { CANTEEN_HOURS, isRefusal, opened, opening } from "./case.fixture.ts";
import { caseStates } from "./case.machine.ts";
import { type Case, type CaseInput, type CaseStep, stepCase } from "./case.ts";
import { ORDOS_CASES } from "./case-policy.ts";
import { CASE_COMMANDS, ROLES } from "./events/public-events.ts";
import { days, MINUTE_MS } from "./kernel/time.ts";

const arrows = new Set(
  Object.entries(caseStates).flatMap(([from, { on }]) =>
    Object.values(on).flatMap((edges) => [edges].flat().map(({ target }) => `${from}>${target}`)),
  ),
);
const level = fc.constantFrom("L1", "L2", "L3", "L4");
const facts = fc.record({
  code: fc.constantFrom(...Object.keys(ORDOS_CASES.codes), "T01", "P02", "D02"),
  level,
  kitchen: fc.constantFrom(-1, 7),
  autoClose: fc.constantFrom("condition", "condition+record", "human", "never"),
  lead: fc.boolean(),
  exercise: fc.boolean(),
  suppressed: fc.option(fc.constant("closed-unit"), { freq: 4 }),
  hours: fc.constantFrom(null, CANTEEN_HOURS, { ...CANTEEN_HOURS, calendar: "event" as const }),
  openedAt: fc.integer({ min: 0, max: 500 * 24 * 60 }).map((n) => opening.openedAt + n * MINUTE_MS),
});
const input: fc.Arbitrary<CaseInput> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<CaseInput>({ type: "timer" }) },
  fc.record({ type: fc.constant("level-raised" as const), level }),
  fc.record({ type: fc.constant("cleared" as const), withRecord: fc.boolean() }),
  fc.constant<CaseInput>({ type: "seen-again" }),
  fc.record({ type: fc.constant("suppressed" as const), reason: fc.constant("outage") }),
  fc.constant<CaseInput>({ type: "unsuppressed" }),
  fc.record({ type: fc.constant("merged" as const), into: fc.constant("C-0") }),
  fc.record({
    type: fc.constant("recurred" as const),
    alert: fc.constantFrom("A-2", "A-3"),
    level,
    suppressed: fc.boolean(),
  }),
  {
    weight: 20,
    arbitrary: fc.record({
      type: fc.constant("command" as const),
      command: fc.constantFrom(...CASE_COMMANDS),
      role: fc.constantFrom(...ROLES),
      actor: fc.constantFrom(null, "p-1", "p-2"),
      reason: fc.constantFrom(null, "so"),
      evidence: fc.constantFrom([], ["photo"]),
      decision: fc.constantFrom(null, { kind: "penalty" as const, fine: 5_000 }, { kind: "none" as const }),
    }),
  },
);
/** Waits that let limits pass, and steps back: late data has a time before the last step. */
const wait = fc.oneof(fc.integer({ min: -10, max: 60 * 24 }), fc.constant("until due" as const));

function holds(before: Case | null, { next, changes, remarks, notifications }: CaseStep, time: number): void {
  let state = before?.state ?? null;
  for (const { from, to } of changes) {
    expect(from).toBe(state);
    if (from !== null) expect(arrows).toContain(`${from}>${to}`);
    state = to;
  }
  expect(next.state).toBe(state);
  expect(["new", "escalated", "reopened"]).not.toContain(next.state);
  for (const { from, to } of remarks) expect(from).toBe(to);
  if (next.due !== null && next.due !== before?.due) expect(next.due).toBeGreaterThanOrEqual(time);
  expect(next.due === null).toBe(next.dueKind === null);
  expect(next.escalations).toBeLessThanOrEqual(2);
  expect(next.steps).toBe((before?.steps ?? 0) + changes.length + remarks.length);
  for (const { key } of notifications) expect(key).toMatch(/^N-[0-9a-f]{16}$/);
  expect(JSON.parse(JSON.stringify(next))).toEqual(next);
}

it("random lives never throw, never leave the table, never set a limit in the past, never notify twice", () => {
  fc.assert(
    fc.property(facts, fc.array(fc.tuple(input, wait), { maxLength: 40 }), (given, inputs) => {
      const first = opened(given);
      holds(null, first, given.openedAt);
      const told = new Set(first.notifications.map(({ key }) => key));
      expect(told.size).toBe(first.notifications.length);
      let [current, time] = [first.next, given.openedAt];
      for (const [next, pause] of inputs) {
        time = pause === "until due" ? (current.due ?? time) : time + pause * MINUTE_MS;
        const step = stepCase(current, next, time, ORDOS_CASES);
        if (isRefusal(step)) {
          expect(step.refused.length).toBeGreaterThan(5);
          continue;
        }
        holds(current, step, time);
        for (const { key } of step.notifications) {
          expect(told).not.toContain(key);
          told.add(key);
        }
        current = step.next;
      }
    }),
    { numRuns: 400 },
  );
});

it("left alone, every case comes to rest: its limits end, in the hands of somebody above the operator", () => {
  fc.assert(
    fc.property(facts, (given) => {
      let current = opened({ ...given, suppressed: null }).next;
      for (let passed = 0; current.due !== null; passed++) {
        expect(passed).toBeLessThan(8);
        const step = stepCase(current, { type: "timer" }, current.due, ORDOS_CASES);
        if (isRefusal(step)) throw new Error(step.refused);
        current = step.next;
      }
      expect(["verifying", "dispatched"]).toContain(current.state);
      expect(current.owner).toBe("Q");
      expect(current.since).toBeLessThan(given.openedAt + days(60));
    }),
    { numRuns: 200 },
  );
});
