import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transition } from "xstate";
import { DAY_MS } from "./kernel/time.ts";
import {
  type KitchenEvent,
  kitchenMachine,
  kitchenRegions,
  nextRegionState,
  REGION_NAMES,
  type RegionName,
  type RegionStates,
  statesOf,
} from "./kitchen.machine.ts";

const time = fc.integer({ min: 0, max: 5 * DAY_MS });
const colourEvents = fc.record({
  type: fc.constantFrom("colour.green", "colour.amber", "colour.red", "colour.grey"),
  time,
  urgent: fc.boolean(),
});
const otherEvents: fc.Arbitrary<KitchenEvent> = fc
  .constantFrom(
    "declared.open",
    "declared.closed",
    "declared.rest-day",
    "declared.maintenance",
    "activity",
    "silence-24h",
    "licence.valid",
    "licence.expired",
    "licence.revoked",
    "licence.pending",
    "licence.expiring",
    "connection.online",
    "connection.partial",
    "connection.dark",
    "hygiene.bad",
    "hygiene.good",
    "cold-chain.watch",
    "self-control.bad",
    "attention.L1",
    "attention.none",
    "attention.L3",
  )
  .map((type) => ({ type }));
const colourSince = fc.constantFrom(null, 0, DAY_MS, 2 * DAY_MS);

describe("the kitchen machine", () => {
  it("answers in every region as XState does, for any events and times", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: otherEvents }, colourEvents), colourSince), {
          maxLength: 12,
        }),
        (events) => {
          let states = stepAll({}, (region) => kitchenRegions[region].initial);
          for (const [event, since] of events) {
            const before = kitchenMachine.resolveState({ value: states, context: { colourSince: since } });
            const [after] = transition(kitchenMachine, before, event);
            states = stepAll(states, (region, state) => stepOf(region, state, event, since));
            expect(states).toEqual(after.value);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is presumed closed only from open, and opens again by activity only from there", () => {
    const to = (from: RegionStates["operation"], type: "silence-24h" | "activity") =>
      nextRegionState("operation", from, { type }, { colourSince: null });
    for (const state of statesOf("operation")) {
      expect(to(state, "silence-24h")).toBe(state === "open" ? "presumed-closed" : state);
      expect(to(state, "activity")).toBe(state === "presumed-closed" ? "open" : state);
    }
  });

  it("never goes back to never", () => {
    const targets = [
      ...Object.values(kitchenRegions.connection.on),
      ...Object.values(kitchenRegions.connection.states).flatMap(({ on }) => Object.values(on ?? {})),
    ].map(({ target }) => target);
    expect(targets).not.toContain(".never");
    expect(targets).not.toContain("never");
  });

  it("reaches every state of every region", () => {
    for (const region of REGION_NAMES) {
      const { initial, on, states } = kitchenRegions[region];
      const edges = [
        ...Object.values(on),
        ...Object.values(states).flatMap((state) => Object.values(state.on ?? {})),
      ];
      const reached = new Set([initial, ...edges.map(({ target }) => target.replace(".", ""))]);
      expect([region, [...reached].sort()]).toEqual([region, [...statesOf(region)].sort()]);
    }
  });
});

function stepAll(
  states: Readonly<Record<string, string>>,
  next: (region: RegionName, state: string) => string,
): Record<string, string> {
  return Object.fromEntries(REGION_NAMES.map((region) => [region, next(region, states[region] ?? "")]));
}

function stepOf(region: RegionName, state: string, event: KitchenEvent, since: number | null): string {
  const known = statesOf(region).find((name) => name === state);
  return known === undefined ? state : nextRegionState(region, known, event, { colourSince: since });
}
