import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transition } from "xstate";
import { command, isRefusal, opened } from "./case.fixture.ts";
import { caseMachine, caseStates, nextCaseState } from "./case.machine.ts";
import { type Case, type CommandName, type Role, stepCase } from "./case.ts";
import { type CaseContext, type CaseEvent, SYSTEM_MOVES } from "./case-permission.ts";
import { ORDOS_CASES } from "./case-policy.ts";
import { CASE_STATES, type CaseState } from "./events/output-events.ts";
import { CASE_COMMANDS, ROLES } from "./events/public-events.ts";
import { days } from "./kernel/time.ts";

const S_Q: Role[] = ["S", "Q"];
const open = (state: CaseState): [CaseState, CommandName, Role[], CaseState][] => [
  [state, "transfer", ["Q"], "transferred"],
  [state, "assign", ["S", "Q", "C"], state],
  [state, "comment", [...ROLES], state],
];
const fileable = (state: CaseState): [CaseState, CommandName, Role[], CaseState][] => [
  ...open(state),
  [state, "file", ["Q"], "filed"],
];
/** Every command of people that a case of an operator accepts, with all it must bring: state, command, roles, next state. */
const COMMANDS: readonly [CaseState, CommandName, Role[], CaseState][] = [
  ...open("new"),
  ...open("suppressed"),
  ["merged", "comment", [...ROLES], "merged"],
  ...open("verifying"),
  ["verifying", "review-confirm", S_Q, "confirmed"],
  ["verifying", "review-false", S_Q, "false"],
  ["false", "comment", [...ROLES], "false"],
  ["false", "audit", S_Q, "verifying"],
  ...fileable("confirmed"),
  ["confirmed", "dispatch", ["S"], "dispatched"],
  ["confirmed", "appeal", ["O"], "appealed"],
  ...fileable("dispatched"),
  ["dispatched", "acknowledge", ["O"], "acked"],
  ["dispatched", "dispute", ["O"], "verifying"],
  ["dispatched", "audit", ["S"], "verifying"],
  ...fileable("escalated"),
  ...fileable("acked"),
  ["acked", "start", ["O"], "rectifying"],
  ["acked", "dispute", ["O"], "verifying"],
  ["acked", "audit", ["S"], "verifying"],
  ["acked", "extend", ["S"], "acked"],
  ...fileable("rectifying"),
  ["rectifying", "submit", ["O"], "submitted"],
  ["rectifying", "extend", ["S"], "rectifying"],
  ...fileable("submitted"),
  ["submitted", "recheck-start", ["S"], "recheck"],
  ...fileable("recheck"),
  ["recheck", "recheck-pass", ["S"], "closed"],
  ["recheck", "recheck-fail", ["S"], "rectifying"],
  ["closed", "comment", [...ROLES], "closed"],
  ["closed", "audit", S_Q, "dispatched"],
  ...open("filed"),
  ["filed", "decide", ["Q", "C"], "decided"],
  ...open("decided"),
  ["decided", "close", ["Q"], "closed"],
  ["decided", "appeal", ["O"], "appealed"],
  ...open("no-penalty"),
  ["no-penalty", "close", ["Q"], "closed"],
  ["transferred", "comment", [...ROLES], "transferred"],
  ["transferred", "close", ["Q"], "closed"],
  ...open("appealed"),
  ["appealed", "review-confirm", S_Q, "confirmed"],
  ["appealed", "review-false", S_Q, "false"],
  ...open("reopened"),
];

const base = opened({ code: "P02", autoClose: "human" }).next;
const inState = (state: CaseState): Case => ({
  ...base,
  state,
  due: base.openedAt + days(1),
  dueKind: state === "acked" || state === "rectifying" ? "rectify" : null,
  rectifyMs: days(1),
});
const ideal = (name: CommandName, role: Role) =>
  command(name, role, {
    actor: `${role}-2`,
    decision: name === "decide" ? { kind: "penalty", fine: role === "C" ? 300_000 : 5_000 } : null,
  });

describe("the commands of DOMAIN §5.3 (its transitions: model-check/)", () => {
  it("has all states of the wire", () => {
    expect(Object.keys(caseStates)).toEqual([...CASE_STATES]);
  });

  it("people reach with the listed commands and roles, and with no others", () => {
    const accepted: string[] = [];
    for (const state of CASE_STATES) {
      for (const name of CASE_COMMANDS) {
        for (const role of ROLES) {
          const step = stepCase(inState(state), ideal(name, role), base.openedAt + 1, ORDOS_CASES);
          if (!isRefusal(step)) accepted.push(`${state} ${name} ${role} ${step.next.state}`);
        }
      }
    }
    const listed = COMMANDS.flatMap(([from, name, roles, to]) =>
      roles.map((role) => `${from} ${name} ${role} ${to}`),
    );
    expect(accepted.sort()).toEqual(listed.sort());
  });
});

const caseOf = fc
  .record({
    code: fc.constantFrom("T01", "T09", "P01", "P07", "C02", "D08", "O01", "W01", "D01"),
    level: fc.constantFrom("L1", "L2", "L3", "L4"),
    kitchen: fc.constantFrom(-1, 0),
    autoClose: fc.constantFrom("condition", "condition+record", "human", "never"),
    lead: fc.boolean(),
    asset: fc.constantFrom(null, "rider:r1"),
  })
  .chain((facts) =>
    fc
      .record({
        state: fc.constantFrom(...CASE_STATES),
        escalations: fc.integer({ min: 0, max: 2 }),
        extended: fc.boolean(),
        rung: fc.integer({ min: 0, max: 2 }),
        dueKind: fc.constantFrom(null, "rectify", "file", "review"),
        clearedAt: fc.constantFrom(null, 1),
        proven: fc.boolean(),
        reviewedBy: fc.constantFrom(null, "S-1", "Q-1"),
      })
      .map((more): Case => ({ ...opened(facts).next, ...more })),
  );
const time = fc.integer({ min: 0, max: days(60) }).map((ms) => base.openedAt + ms);
const event: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom(...SYSTEM_MOVES), time }),
  fc.record({
    type: fc.constantFrom(...CASE_COMMANDS),
    time,
    role: fc.constantFrom(...ROLES),
    actor: fc.constantFrom(null, "S-1", "Q-1"),
    reason: fc.constantFrom(null, "", "towel"),
    evidence: fc.constantFrom([], ["photo"]),
    decision: fc.constantFrom(
      null,
      { kind: "none" as const },
      { kind: "warning" as const },
      { kind: "penalty" as const, fine: 300_000 },
    ),
    inspectors: fc.constantFrom(undefined, ["a"], ["a", "a"], ["a", "b"]),
  }),
);

describe("nextCaseState()", () => {
  it("answers as XState does, for any state, event and circumstances", () => {
    fc.assert(
      fc.property(caseOf, event, (c, given) => {
        const context: CaseContext = { case: c, policy: ORDOS_CASES };
        const before = caseMachine.resolveState({ value: c.state, context });
        const [after] = transition(caseMachine, before, given);
        const to = nextCaseState(c.state, given, context);
        expect(to ?? c.state).toBe(after.value);
        const moves = to !== null && to !== c.state;
        expect(moves).toBe(before.can(given));
      }),
      { numRuns: 2_000 },
    );
  });
});
