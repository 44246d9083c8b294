/**
 * The life of a case, exactly DOMAIN §5.3: which state may follow which, and who may bring it about. Whatever is not
 * listed here is forbidden.
 *
 *   new → verifying → confirmed → dispatched → acked → rectifying → submitted → recheck → closed
 *
 * with the branches suppressed, merged, false, escalated, filed → decided | no-penalty, transferred, appealed, reopened.
 * The machine is flat, asks no clock and does nothing: limits, owners and notifications are `case.ts`.
 */
import { setup } from "xstate";
import {
  type CaseContext,
  type CaseEvent,
  type Circumstance,
  circumstances,
  may,
  type Need,
  type Permission,
  type Who,
} from "./case-permission.ts";
import type { CaseState } from "./events/output-events.ts";

export type CaseGuard =
  | { readonly type: "may"; readonly params: Permission }
  | { readonly type: "when"; readonly params: Circumstance };

/** Without a target the state stays: something is noted in it. */
export interface CaseEdge {
  readonly target?: CaseState;
  readonly guard?: CaseGuard;
}
type StateEdges = { readonly [T in CaseEvent["type"]]?: CaseEdge | readonly CaseEdge[] };

const by = (who: Who | readonly Who[], ...needs: Need[]): CaseGuard => ({
  type: "may",
  params: { by: typeof who === "string" ? [who] : who, needs },
});
const when = (circumstance: Circumstance): CaseGuard => ({ type: "when", params: circumstance });

const comment: StateEdges = { comment: { guard: by(["O", "S", "Q", "C", "B", "H", "PL", "OPS"]) } };
/** In any open state: take it over, hand it to another authority. */
const open: StateEdges = {
  ...comment,
  assign: { guard: by(["S", "Q", "C"]) },
  transfer: { target: "transferred", guard: by("Q") },
};
/** "Any of CONFIRMED … RECHECK". */
const fileable: StateEdges = { ...open, file: { target: "filed", guard: by("Q") } };
/** Q owns it and has to decide whether to file. */
const extendFiling: CaseEdge = { guard: by("Q", "reason", "filing-extendable") };
/** A hit that went out as a reminder is confirmed where the case stands. */
const confirmReminder: StateEdges = { "review-confirm": { guard: by("reviewer", "unconfirmed") } };

export const caseStates: { readonly [S in CaseState]: { readonly on: StateEdges } } = {
  new: {
    on: {
      ...open,
      suppress: { target: "suppressed" },
      merge: { target: "merged" },
      verify: { target: "verifying", guard: when("indirect") },
      send: { target: "dispatched", guard: when("direct") },
    },
  },
  suppressed: { on: { ...open, unsuppress: { target: "new" } } },
  merged: { on: comment },
  verifying: {
    on: {
      ...open,
      "review-confirm": { target: "confirmed", guard: by("reviewer") },
      "review-false": { target: "false", guard: by("reviewer", "reason") },
    },
  },
  false: {
    on: {
      ...comment,
      audit: { target: "verifying", guard: by("reviewer", "audit-time") },
      "new-evidence": { target: "verifying" },
    },
  },
  confirmed: {
    on: {
      ...fileable,
      dispatch: { target: "dispatched", guard: by("S") },
      send: { target: "dispatched" },
      appeal: { target: "appealed", guard: by("assignee", "appeal-time") },
    },
  },
  dispatched: {
    on: {
      ...fileable,
      ...confirmReminder,
      acknowledge: { target: "acked", guard: by("assignee") },
      dispute: { target: "verifying", guard: by("assignee") },
      audit: { target: "verifying", guard: by("S") },
      extend: extendFiling,
      escalate: { target: "escalated", guard: when("escalated-less-than-twice") },
      "close-alone": { target: "closed", guard: when("closes-alone") },
    },
  },
  escalated: { on: { ...fileable, "send-again": { target: "dispatched" } } },
  acked: {
    on: {
      ...fileable,
      ...confirmReminder,
      start: { target: "rectifying", guard: by("assignee") },
      dispute: { target: "verifying", guard: by("assignee") },
      audit: { target: "verifying", guard: by("S") },
      extend: [{ guard: by("S", "reason", "extendable") }, extendFiling],
      "start-alone": { target: "rectifying", guard: when("submits-alone") },
      "close-alone": { target: "closed", guard: when("closes-alone") },
    },
  },
  rectifying: {
    on: {
      ...fileable,
      submit: { target: "submitted", guard: by("assignee", "evidence") },
      extend: [{ guard: by("S", "reason", "extendable") }, extendFiling],
      "submit-alone": { target: "submitted", guard: when("submits-alone") },
      "close-alone": { target: "closed", guard: when("closes-alone") },
    },
  },
  submitted: { on: { ...fileable, "recheck-start": { target: "recheck", guard: by("S") } } },
  recheck: {
    on: {
      ...fileable,
      "recheck-pass": { target: "closed", guard: by("S", "two-inspectors", "quiet") },
      "recheck-fail": { target: "rectifying", guard: by("S") },
    },
  },
  closed: {
    on: {
      ...comment,
      ...confirmReminder,
      reopen: { target: "reopened" },
      audit: { target: "reopened", guard: by(["S", "Q"]) },
    },
  },
  filed: {
    on: {
      ...open,
      decide: [
        { target: "decided", guard: by("Q", "punishes") },
        { target: "decided", guard: by("C", "punishes-gravely") },
        { target: "no-penalty", guard: by("Q", "spares") },
      ],
    },
  },
  decided: {
    on: {
      ...open,
      close: { target: "closed", guard: by("Q") },
      appeal: { target: "appealed", guard: by("assignee", "appeal-time") },
    },
  },
  "no-penalty": { on: { ...open, close: { target: "closed", guard: by("Q") } } },
  transferred: { on: { ...comment, close: { target: "closed", guard: by("Q") } } },
  appealed: {
    on: {
      ...open,
      "review-confirm": { target: "confirmed", guard: by("reviewer", "another-reviewer") },
      "review-false": { target: "false", guard: by("reviewer", "reason", "another-reviewer") },
    },
  },
  reopened: { on: { ...open, "send-again": { target: "dispatched" } } },
};

export const caseMachine = setup({
  types: {
    context: {} as CaseContext,
    events: {} as CaseEvent,
    input: {} as CaseContext,
  },
  guards: {
    may: ({ context, event }, permission: Permission) => may(context, event, permission),
    when: ({ context }, circumstance: Circumstance) => circumstances[circumstance](context),
  },
}).createMachine({
  id: "case",
  context: ({ input }) => input,
  initial: "new",
  states: caseStates,
});

/** The edges of a state for an event, in order. */
export function edgesOf(state: CaseState, type: CaseEvent["type"]): readonly CaseEdge[] {
  const edges = caseStates[state].on[type];
  if (edges === undefined) return [];
  return isList(edges) ? edges : [edges];
}

function isList(edges: CaseEdge | readonly CaseEdge[]): edges is readonly CaseEdge[] {
  return Array.isArray(edges);
}

/**
 * The state after an event; `null` if the machine refuses it. The same table read without XState's actor machinery
 * (some hundred times faster); a property test holds both to the same answer.
 */
export function nextCaseState(state: CaseState, event: CaseEvent, context: CaseContext): CaseState | null {
  for (const { target, guard } of edgesOf(state, event.type)) {
    if (guard === undefined || passes(guard, event, context)) return target ?? state;
  }
  return null;
}

function passes(guard: CaseGuard, event: CaseEvent, context: CaseContext): boolean {
  return guard.type === "may" ? may(context, event, guard.params) : circumstances[guard.params](context);
}
