/** The machines as Mermaid state diagrams, drawn from the very definitions that run. */
import { type CaseEdge, caseStates } from "../case.machine.ts";
import { SYSTEM_MOVES } from "../case-permission.ts";
import { kitchenRegions, REGION_NAMES, type RegionName } from "../kitchen.machine.ts";
import type { RegionWalk } from "./kitchen-check.ts";

const SYSTEM: ReadonlySet<string> = new Set(SYSTEM_MOVES);

/** The case: who is written before a command, the system's moves stand alone. */
export function caseDiagram(): string {
  const lines = ["stateDiagram-v2", "  [*] --> new"];
  for (const [from, { on }] of Object.entries(caseStates)) {
    const labels = new Map<string, string[]>();
    for (const [event, edges] of Object.entries(on)) {
      for (const edge of [edges].flat()) {
        if (edge.target === undefined) continue;
        labels.set(edge.target, [...(labels.get(edge.target) ?? []), labelOf(event, edge)]);
      }
    }
    for (const [target, texts] of labels) {
      lines.push(`  ${nodeOf(from)} --> ${nodeOf(target)}: ${[...new Set(texts)].join(" / ")}`);
    }
  }
  return `${[...lines, "  closed --> [*]", "  merged --> [*]"].join("\n")}\n`;
}

function labelOf(event: string, { guard }: CaseEdge): string {
  if (guard?.type === "may") return `${guard.params.by.join(",")} ${event}`;
  const name = SYSTEM.has(event) ? `(${event})` : event;
  return guard === undefined ? name : `${name} if ${guard.params}`;
}

/** Mermaid takes no hyphen in a state's name. */
function nodeOf(state: string): string {
  return state.replaceAll("-", "_");
}

/** The kitchen: its regions side by side. */
export function kitchenDiagram(walks: readonly RegionWalk[]): string {
  const lines = ["stateDiagram-v2", "  state kitchen {"];
  REGION_NAMES.forEach((region, i) => {
    if (i > 0) lines.push("    --");
    lines.push(
      ...regionLines(
        region,
        walks.find((walk) => walk.region === region),
      ),
    );
  });
  return `${[...lines, "  }"].join("\n")}\n`;
}

/** An event that leads from everywhere to its state is drawn once, from any. */
function regionLines(region: RegionName, walk: RegionWalk | undefined): string[] {
  const name = (state: string) => nodeOf(`${region}_${state}`);
  const { initial, on, states } = kitchenRegions[region];
  const anywhere = name("anywhere");
  const lines = [`    state "${region}" as ${anywhere}`, `    [*] --> ${name(initial)}`];
  for (const [event, edge] of Object.entries(on))
    lines.push(`    ${anywhere} --> ${name(edge.target.slice(1))}: ${event}`);
  for (const [from, { on: own }] of Object.entries(states)) {
    for (const [event, edge] of Object.entries(own ?? {})) {
      lines.push(`    ${name(from)} --> ${name(edge.target)}: ${event}`);
    }
  }
  return walk === undefined
    ? lines
    : [...lines, ...walk.states.map((state) => `    ${name(state)}: ${state}`)];
}
