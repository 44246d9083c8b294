/**
 * What the walk through the case machine is held against: the table of DOMAIN §5.3 both ways, an end in reach from
 * everywhere, and a lawful limit wherever somebody has to act, after which an authority has the case.
 */
import { caseStates } from "../case.machine.ts";
import type { Case, Role } from "../case-file.ts";
import { limitAt } from "../case-limits.ts";
import { reviewersOf } from "../case-policy.ts";
import { CASE_STATES } from "../events/output-events.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../kernel/time.ts";
import { POLICY, type Standing, TIMER } from "./case-model.ts";
import {
  AUTHORITIES,
  CASE_TABLE,
  ENDS,
  EXTENSIONS,
  LADDER_MOST,
  legalLimit,
  PASSED_THROUGH,
  WAITS,
} from "./case-table.ts";
import { arrowsMet, deadEnds, explore, type Model, type Move, type Reached, wayTo } from "./explore.ts";

const STATES_MOST = 20_000;
/** Left alone, no case takes more limits than this to come to rest with an authority. */
const PASSES_MOST = 8;

export interface CaseWalk {
  readonly reached: ReadonlyMap<string, Reached<Standing>>;
  /** `from>to by` -> the way to it. */
  readonly met: ReadonlyMap<string, string>;
  readonly steps: number;
  /** In words; none if all is well. */
  readonly faults: readonly string[];
}

/** Walks the cases of one kind. */
export function walkCases(model: Model<Standing>): CaseWalk {
  const reached = explore(model, STATES_MOST);
  const met = arrowsMet(reached, model.starts);
  const nodes = [...reached.values()];
  const faults = [
    ...nodes.slice(0, 1).flatMap(({ state }) => forbidden(met, state.case)),
    ...deadEnds(reached, model, ({ case: c }) => ENDS.has(c.state)).map(told("no end can be reached")),
    ...nodes.filter(isForgotten).map(told("nobody above has it, and no limit runs")),
    ...nodes.flatMap((node) => node.moves.flatMap((move) => lateLimit(node, move))),
    ...nodes.flatMap((node) => neverRests(node, reached, model)),
  ];
  return { reached, met, steps: nodes.reduce((sum, { moves }) => sum + moves.length, 0), faults };
}

const told =
  (fault: string) =>
  (node: Reached<Standing>): string =>
    `${node.key}: ${fault} (${wayTo(node)})`;

/** Transitions that the table does not know, or not of this role. */
function forbidden(met: ReadonlyMap<string, string>, c: Case): string[] {
  const allowed = new Set(
    CASE_TABLE.flatMap(({ arrows, by }) =>
      by.flatMap((who) => rolesOf(who, c)).flatMap((role) => arrows.map((arrow) => `${arrow} by ${role}`)),
    ),
  );
  return [...met]
    .filter(([arrow]) => !allowed.has(arrow))
    .map(([arrow, way]) => `${arrow}: forbidden (${way})`);
}

/** Who is meant by a word of the table. The city bureau can act for office and bureau in what belongs to no kitchen. */
function rolesOf(who: string, c: Pick<Case, "assignee" | "kitchen" | "code">): string[] {
  const isNobodys = c.kitchen < 0;
  const named: readonly string[] =
    who === "A"
      ? [c.assignee, ...(isNobodys ? [] : ["O"])]
      : who === "R"
        ? reviewersOf(POLICY, c.code)
        : [who];
  return isNobodys && named.some((role) => role === "S" || role === "Q") ? [...named, "C"] : [...named];
}

/** Rows of the table that no walk has met; those of states that no person finds a case in apart. */
export function unmet(walks: readonly CaseWalk[]): string[] {
  const met = new Set(walks.flatMap((walk) => [...walk.met.keys()]));
  const anOperators = { assignee: "O" as Role, kitchen: 0, code: "P02" };
  return CASE_TABLE.flatMap(({ row, arrows, by }) =>
    arrows.flatMap((arrow) =>
      by
        .flatMap((who) => rolesOf(who, anOperators))
        .filter((role) => role === "system" || !isPassedThrough(arrow))
        .map((role) => `${arrow} by ${role}`)
        .filter((name) => !met.has(name))
        .map((name) => `${name}: allowed by "${row}", but never met`),
    ),
  );
}

function isPassedThrough(arrow: string): boolean {
  return [...PASSED_THROUGH].some((state) => arrow.startsWith(`${state}>`));
}

/** The drawn machine against the table, both ways, whoever acts. */
export function drawnOtherwise(
  states: Readonly<Record<string, { readonly on: object }>> = caseStates,
): string[] {
  const drawn = new Set(
    Object.entries(states).flatMap(([from, { on }]) =>
      Object.values(on)
        .flat()
        .flatMap(({ target }: { readonly target?: string }) =>
          target === undefined ? [] : [`${from}>${target}`],
        ),
    ),
  );
  const wanted = new Set<string>(CASE_TABLE.flatMap(({ arrows }) => arrows));
  return [
    ...[...drawn].filter((arrow) => !wanted.has(arrow)).map((arrow) => `${arrow}: drawn, but forbidden`),
    ...[...wanted].filter((arrow) => !drawn.has(arrow)).map((arrow) => `${arrow}: allowed, but not drawn`),
    ...CASE_STATES.filter((state) => states[state] === undefined).map((state) => `${state}: not drawn`),
  ];
}

/** No limit runs, it is no end and no lawful wait, and who should put it right is all that has it. */
function isForgotten({ state: { case: c } }: Reached<Standing>): boolean {
  return c.due === null && WAITS[c.state] === undefined && !AUTHORITIES.has(c.owner);
}

/** A limit that a move has set, against the law's. */
function lateLimit(node: Reached<Standing>, { label, to }: Move<Standing>): string[] {
  const { case: before } = node.state;
  const { case: after, now } = to;
  if (after.due === null || after.dueKind === null) return [];
  if (after.dueKind === before.dueKind && before.due !== null && after.due <= before.due) return [];
  const most = mostFor(before, after, now, label);
  return after.due <= most
    ? []
    : [
        `${after.state} ${after.level}: ${after.dueKind} runs ${spanWords(after.due - most)} too long (${wayTo(node)}, ${label})`,
      ];
}

function mostFor(before: Case, after: Case, now: number, label: string): number {
  const at = (limit: Parameters<typeof limitAt>[0], from: number) => limitAt(limit, from, after, POLICY);
  const kind = after.dueKind ?? "file";
  if (label.startsWith("extend"))
    return at(kind === "file" ? legalLimit(after, kind, false) : EXTENSIONS[after.level], before.due ?? now);
  if (kind === "file") return at(legalLimit(after, kind, false), after.openedAt);
  if (kind === "acknowledge" && after.rung > 0)
    return at(LADDER_MOST[after.level], after.dispatchedAt ?? now);
  // One authority after the other has a working day to see to it.
  if (kind === "rectify" && after.rung > 0) return at({ kind: "workdays", n: 1 }, now);
  return at(legalLimit(after, kind, /^(dispute|audit)/.test(label)), now);
}

/** `10 min`, `24 h`, `15 d`. */
export function spanWords(ms: number): string {
  if (ms < HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms > 2 * DAY_MS && ms % DAY_MS === 0
    ? `${ms / DAY_MS} d`
    : `${Math.round((10 * ms) / HOUR_MS) / 10} h`;
}

/** Nobody does anything: limit after limit passes, until an authority has it for good. */
function neverRests(
  node: Reached<Standing>,
  reached: CaseWalk["reached"],
  model: Pick<Model<Standing>, "key">,
): string[] {
  const rest = restOf(node, reached, model);
  if (rest === null) return [told(`left alone, it does not rest after ${PASSES_MOST} limits`)(node)];
  const { case: c } = rest.node.state;
  return WAITS[c.state] !== undefined || AUTHORITIES.has(c.owner)
    ? []
    : [told(`left alone, it stays with ${c.owner} for good`)(node)];
}

/** Where a case comes to rest when only limits pass; `null` = nowhere. */
export function restOf(
  node: Reached<Standing>,
  reached: CaseWalk["reached"],
  model: Pick<Model<Standing>, "key">,
): { readonly node: Reached<Standing>; readonly passed: number } | null {
  let at = node;
  for (let passed = 0; passed <= PASSES_MOST; passed++) {
    const timer = at.moves.find(({ label }) => label === TIMER);
    if (timer === undefined) return { node: at, passed };
    const next = reached.get(model.key(timer.to));
    if (next === undefined) return null;
    at = next;
  }
  return null;
}
