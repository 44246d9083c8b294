/** The model check as a report: what was walked, which limit runs where and who has the case after it, what is wrong. */

import { LEVELS } from "../alerts/level.ts";
import type { DueKind } from "../case-file.ts";
import type { Limit } from "../case-policy.ts";
import { CASE_STATES } from "../events/output-events.ts";
import { type CaseWalk, drawnOtherwise, restOf, spanWords, unmet, walkCases } from "./case-check.ts";
import { CASE_KINDS, caseModel, type Standing, TIMER } from "./case-model.ts";
import { CASE_TABLE, legalLimit, WAITS } from "./case-table.ts";
import { caseDiagram, kitchenDiagram } from "./diagrams.ts";
import type { Model, Reached } from "./explore.ts";
import { type RegionWalk, walkColours, walkRegions } from "./kitchen-check.ts";

export interface ModelReport {
  readonly cases: readonly {
    readonly code: string;
    readonly model: Model<Standing>;
    readonly walk: CaseWalk;
  }[];
  readonly regions: readonly RegionWalk[];
  readonly colourStates: number;
  /** In words; none if all is well. */
  readonly faults: readonly string[];
}

/** Walks everything; `said` hears of each part when it is done. */
export function checkModels(said: (line: string) => void): ModelReport {
  const cases = CASE_KINDS.map((kind) => {
    const model = caseModel(kind);
    const walk = walkCases(model);
    said(
      `cases of ${kind.code}: ${walk.reached.size} states, ${walk.steps} steps, ${walk.faults.length} faults`,
    );
    return { code: kind.code, model, walk };
  });
  const regions = walkRegions();
  const colours = walkColours();
  said(`kitchen: ${regions.length} regions, ${colours.states} states of its colour`);
  const faults = [
    ...drawnOtherwise(),
    ...unmet(cases.map(({ walk }) => walk)),
    ...cases.flatMap(({ code, walk }) => walk.faults.map((fault) => `${code}: ${fault}`)),
    ...regions.flatMap((region) => region.faults),
    ...colours.faults,
  ];
  return { cases, regions, colourStates: colours.states, faults };
}

/** Markdown; the diagrams stand in it as Mermaid. */
export function reportText(report: ModelReport): string {
  const { cases, regions, faults, colourStates } = report;
  const product = regions.reduce((all, { states }) => all * states.length, 1);
  return [
    "# Model check of the machines",
    "",
    faults.length === 0 ? "No fault." : `${faults.length} faults:`,
    ...faults.map((fault) => `- ${fault}`),
    "",
    "## Case (DOMAIN §5.3)",
    "",
    "Every state that a case can reach, told apart by what decides how it may go on; walked with `openCase` and `stepCase`.",
    "",
    ...table(
      ["code", "states", "steps", "transitions met"],
      cases.map(({ code, walk }) => [code, walk.reached.size, walk.steps, walk.met.size]),
    ),
    "",
    "### Transitions: the table and what was met",
    "",
    "A = who has to put it right, R = who reviews; C acts for S and Q in what belongs to no kitchen.",
    "",
    ...transitionTable(cases.map(({ walk }) => walk)),
    "",
    "### Limits, and where a case is when nobody acts",
    "",
    ...limitTable(report),
    "",
    "Without a running limit stand only:",
    "",
    ...Object.entries(WAITS).map(([state, why]) => `- ${state}: ${why}`),
    "- any state whose limits have all passed: an authority has it",
    "",
    "```mermaid",
    caseDiagram().trimEnd(),
    "```",
    "",
    "## Kitchen",
    "",
    `No event moves two regions: ${product} states of the whole, the product of its regions. Its colour was walked with all`,
    `that decides it, ${colourStates} states: what is due comes within a day, by ticks alone.`,
    "",
    ...table(
      ["region", "states", "transitions"],
      regions.map(({ region, states, arrows }) => [region, states.join(", "), arrows.size]),
    ),
    "",
    "```mermaid",
    kitchenDiagram(regions).trimEnd(),
    "```",
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "or")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function transitionTable(walks: readonly CaseWalk[]): string[] {
  const met = new Map<string, Set<string>>();
  for (const name of walks.flatMap((walk) => [...walk.met.keys()])) {
    const [arrow = "", by = ""] = name.split(" by ");
    met.set(arrow, (met.get(arrow) ?? new Set()).add(by));
  }
  const rows = CASE_TABLE.flatMap(({ row, arrows, by }) =>
    arrows.map((arrow) => [
      row,
      arrow,
      by.join(", "),
      [...(met.get(arrow) ?? [])].sort().join(", ") || "passed through",
    ]),
  );
  return table(["row of §5.3", "transition", "who may", "met by"], rows);
}

/** State, level and kind of limit -> the law's words for it, and what was seen to follow. */
function limitTable({ cases }: ModelReport): string[] {
  const rows = new Map<string, { limits: Set<string>; after: Set<string>; rests: Set<string> }>();
  for (const { model, walk } of cases) {
    for (const node of walk.reached.values()) {
      const { case: c } = node.state;
      if (c.dueKind === null) continue;
      const key = `${c.state}|${c.level}|${c.dueKind}`;
      const row = rows.get(key) ?? { limits: new Set(), after: new Set(), rests: new Set() };
      rows.set(key, row);
      row.limits.add(limitWords(legalLimit(c, c.dueKind, false)));
      row.after.add(afterTimer(node));
      const rest = restOf(node, walk.reached, model);
      if (rest !== null) row.rests.add(`${rest.node.state.case.state} with ${rest.node.state.case.owner}`);
    }
  }
  return table(
    ["state", "level", "limit", "at most", "then", "left alone it rests"],
    [...rows]
      .sort(([a], [b]) => orderOf(a) - orderOf(b))
      .map(([key, { limits, after, rests }]) => [
        ...key.split("|"),
        [...limits].sort().join("; "),
        [...after].sort().join("; "),
        [...rests].sort().join("; "),
      ]),
  );
}

const KINDS: readonly DueKind[] = [
  "review",
  "dispatch",
  "acknowledge",
  "rectify",
  "recheck",
  "appeal",
  "file",
  "decide",
];

function orderOf(key: string): number {
  const [state, level, kind] = key.split("|");
  const place = (list: readonly string[], word: string | undefined) => list.indexOf(word ?? "");
  return place(CASE_STATES, state) * 100 + place(LEVELS, level) * 10 + place(KINDS, kind);
}

function afterTimer({ state, moves }: Reached<Standing>): string {
  const timer = moves.find(({ label }) => label === TIMER);
  if (timer === undefined) return "nothing";
  const { case: after } = timer.to;
  if (timer.arrows.length > 0) return timer.arrows.map(({ to }) => to).join(" → ");
  const owner = after.owner === state.case.owner ? `stays with ${after.owner}` : `passes to ${after.owner}`;
  return after.due === null ? `${owner}, told above` : owner;
}

/** A limit as people say it. */
export function limitWords(limit: Limit): string {
  switch (limit.kind) {
    case "elapsed":
      return spanWords(limit.ms);
    case "in-hours":
      return `${spanWords(limit.ms)} of opening`;
    case "day-window":
      return `${spanWords(limit.ms)} of 07–22`;
    case "workdays":
      return `${limit.n} working days`;
    case "same-day":
      return "midnight";
    case "next-meal":
      return "the next meal";
    case "meal-end":
      return "the end of the meal";
  }
}
