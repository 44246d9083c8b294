import { expect, it } from "vitest";
import { CASE_STATES } from "../events/output-events.ts";
import { REGION_NAMES } from "../kitchen.machine.ts";
import { CASE_TABLE } from "./case-table.ts";
import { caseDiagram, kitchenDiagram } from "./diagrams.ts";
import { walkRegions } from "./kitchen-check.ts";

it("draws every transition of the case once, with who may", () => {
  const text = caseDiagram();
  const drawn = text.split("\n").flatMap((line) => {
    const [, from, to] = /^ {2}([a-z_]+) --> ([a-z_]+):/.exec(line) ?? [];
    return from === undefined ? [] : [`${from}>${to}`.replaceAll("_", "-")];
  });
  expect(drawn.sort()).toEqual(CASE_TABLE.flatMap(({ arrows }) => arrows).sort());
  expect(text).toContain("  submitted --> recheck: S recheck-start\n");
  expect(text).toContain("  acked --> closed: (close-alone) if closes-alone\n");
  for (const state of CASE_STATES) expect(text).toContain(state.replaceAll("-", "_"));
});

it("draws every region of the kitchen, side by side", () => {
  const text = kitchenDiagram(walkRegions());
  for (const region of REGION_NAMES) expect(text).toContain(`state "${region}"`);
  expect(text.split("    --\n")).toHaveLength(REGION_NAMES.length);
  expect(text).toContain("    operation_open --> operation_presumed_closed: silence-24h\n");
});
