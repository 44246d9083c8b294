import { describe, expect, it } from "vitest";
import { stepKitchen } from "../kitchen-regions.ts";
import { nextStates, walkColours, walkRegions } from "./kitchen-check.ts";

describe("the kitchen machine", () => {
  it("has the transitions of its table, no more and no fewer, and no dead end, in every region", () => {
    expect(walkRegions().flatMap(({ faults }) => faults)).toEqual([]);
  });

  it("gives every colour that is due within a day, by ticks alone", () => {
    const { states, faults } = walkColours();
    expect(faults.slice(0, 5)).toEqual([]);
    expect(states).toBeGreaterThan(200);
  });
});

describe("a planted fault", () => {
  const faultsOf = (next: typeof nextStates) => walkRegions(next).flatMap(({ faults }) => faults);

  it("a dead end is found", () => {
    const stuck = faultsOf((states, event) =>
      states.licence === "revoked" && event.type.startsWith("licence") ? states : nextStates(states, event),
    );
    expect(stuck).toContain("licence revoked: a dead end");
  });

  it("a forbidden transition is found", () => {
    const back = faultsOf((states, event) =>
      event.type === "activity" ? { ...states, connection: "never" } : nextStates(states, event),
    );
    expect(back).toContain("connection online>never: forbidden");
  });

  it("an event that moves two regions is found", () => {
    const both = faultsOf((states, event) => {
      const next = nextStates(states, event);
      return event.type === "silence-24h" && next.operation !== states.operation
        ? { ...next, licence: "expired" }
        : next;
    });
    expect(both).toContain("silence-24h moves operation, and licence as well");
  });

  it("a colour that no tick brings is found", () => {
    const deaf: typeof stepKitchen = (regions, input, time) =>
      input.type === "tick" && regions.colour === "amber"
        ? { next: regions, changes: [] }
        : stepKitchen(regions, input, time);
    expect(walkColours(deaf).faults.join("\n")).toMatch(/amber: its timer does not go on|still not/);
  });
});
