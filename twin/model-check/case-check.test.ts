import { beforeAll, describe, expect, it } from "vitest";
import { caseStates } from "../case.machine.ts";
import { type CaseWalk, drawnOtherwise, unmet, walkCases } from "./case-check.ts";
import { CASE_KINDS, caseModel, type Standing } from "./case-model.ts";
import type { Model, Move } from "./explore.ts";

const walked = CASE_KINDS.map((kind) => ({ kind, model: caseModel(kind) }));
const P02 = walked.find(({ kind }) => kind.code === "P02")!.model;

/** The model with one thing done to its moves. */
function planted(change: (move: Move<Standing>, from: Standing) => Move<Standing>[]): Model<Standing> {
  return { ...P02, moves: (from) => P02.moves(from).flatMap((move) => change(move, from)) };
}

describe("every case that can be", () => {
  const walks = new Map<string, CaseWalk>();
  beforeAll(() => {
    for (const { kind, model } of walked) walks.set(kind.code, walkCases(model));
  }, 120_000);

  it.each(CASE_KINDS.map(({ code }) => code))(
    "%s: forbidden moves, dead ends, missing or unlawful limits are none",
    (code) => {
      const { faults, reached } = walks.get(code)!;
      expect(faults.slice(0, 5)).toEqual([]);
      expect(reached.size).toBeGreaterThan(1_000);
    },
  );

  it("meets each transition of DOMAIN §5.3, by each who may", () => {
    expect(unmet([...walks.values()])).toEqual([]);
  });
});

describe("the drawn machine", () => {
  it("has the arrows of DOMAIN §5.3, no more and no fewer", () => {
    expect(drawnOtherwise()).toEqual([]);
  });

  it("is found out when an arrow is added or lost", () => {
    const more = { ...caseStates, merged: { on: { verify: { target: "verifying" } } } };
    expect(drawnOtherwise(more)).toEqual(["merged>verifying: drawn, but forbidden"]);
    const fewer = { ...caseStates, submitted: { on: {} } };
    expect(drawnOtherwise(fewer)).toContain("submitted>recheck: allowed, but not drawn");
  });
});

describe("a planted fault", () => {
  const faultsOf = (model: Model<Standing>) => walkCases(model).faults.join("\n");

  it("a dead end is found", () => {
    const stuck = planted((move, { case: c }) => (c.state === "decided" ? [] : [move]));
    expect(faultsOf(stuck)).toMatch(/^decided.*: no end can be reached/m);
  });

  it("a forbidden transition is found, and the way to it", () => {
    const shortcut = planted((move) =>
      move.label === "review-confirm by S"
        ? [{ ...move, arrows: [{ from: "verifying", to: "closed", by: "S" }] }]
        : [move],
    );
    expect(faultsOf(shortcut)).toMatch(/verifying>closed by S: forbidden \(.*review-confirm by S\)/);
  });

  it("a transition of somebody who may not is found", () => {
    const usurped = planted((move) => [
      { ...move, arrows: move.arrows.map((arrow) => (arrow.by === "Q" ? { ...arrow, by: "B" } : arrow)) },
    ]);
    expect(faultsOf(usurped)).toContain("by B: forbidden");
  });

  it("a lost transition is found", () => {
    const lost = planted((move) => (move.label === "recheck-fail by S" ? [] : [move]));
    expect(unmet([walkCases(lost)]).join("\n")).toContain("recheck>rectifying by S: allowed by");
  });

  it("a state without a limit is found", () => {
    const endless = planted((move) => {
      const { case: c, now } = move.to;
      return c.state === "acked"
        ? [{ ...move, to: { case: { ...c, due: null, dueKind: null }, now } }]
        : [move];
    });
    expect(faultsOf(endless)).toMatch(/^acked.*: nobody above has it, and no limit runs/m);
  });

  it("a limit that is longer than the law's is found", () => {
    const slow = planted((move) => {
      const { case: c, now } = move.to;
      const late = c.due === null ? null : c.due + 3_600_000;
      return c.dueKind === "dispatch" ? [{ ...move, to: { case: { ...c, due: late }, now } }] : [move];
    });
    expect(faultsOf(slow)).toMatch(/dispatch runs 1 h too long/);
  });
});
