import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import type { Output } from "../stream/output.ts";
import { opened } from "../twin/case.fixture.ts";
import type { Case, CaseChange } from "../twin/case.ts";
import { sha256Hex } from "../twin/kernel/sha256.ts";
import {
  alertsWhileClosed,
  differences,
  forbiddenSteps,
  leadsInIndex,
  lossOf,
  movedAlerts,
  movedBystanders,
  mutedWords,
  namedReporters,
  noticesWhileSuppressed,
  repeatedNotices,
  secondCases,
  unheardSteps,
  wrongHashes,
} from "./invariants.ts";
import { at, Story } from "./story.ts";

/** A gas alarm: an alert, a case, notifications. */
const { outputs, summary, lines } = new Story({
  from: "05-12 14:00",
  until: "05-12 14:20",
  kitchens: [{ id: "K", type: "medium", devices: [{ id: "K/gas-1", kind: "gas", reportEveryMs: 5_000 }] }],
  incidents: [
    { kind: "gas-release", device: "K/gas-1", steps: [[at("05-12 14:10"), 60]], until: at("05-12 14:12") },
  ],
}).alone();
const [raised] = outputs.flatMap((output) => (output.type === "warmcity.alert.raised" ? [output] : []));
const [notice] = outputs.flatMap((output) =>
  output.type === "warmcity.notification.requested" ? [output] : [],
);
const { next: one } = opened({ code: "T01", autoClose: "condition" });

function closedAt(c: Case, time: number): Case {
  const change: CaseChange = { ...c.history.at(-1)!, time, from: c.state, to: "closed" };
  return { ...c, state: "closed", history: [...c.history, change] };
}

describe("the invariants see what breaks them", () => {
  it("I1: a second open case of a key, an alert that changes its case", () => {
    const later = { ...one, id: "C-2", openedAt: one.openedAt + 60_000 };
    expect(secondCases([one, later])).toHaveLength(1);
    expect(secondCases([closedAt(one, one.openedAt + 30_000), later])).toEqual([]);
    expect(secondCases([closedAt(one, one.openedAt + 90_000), later])).toHaveLength(1);
    expect(secondCases([one, { ...later, asset: "K/other" }])).toEqual([]);
    expect(movedAlerts(outputs)).toEqual([]);
    const moved = { ...raised!, data: { ...raised!.data, case: "C-other" } };
    expect(movedAlerts([...outputs, moved])).toHaveLength(1);
  });

  it("I2: the same notification twice", () => {
    expect(repeatedNotices(outputs)).toEqual([]);
    expect(repeatedNotices([...outputs, notice!])).toHaveLength(2);
    const renamed = { ...notice!, data: { ...notice!.data, notification: "N-other" } };
    expect(repeatedNotices([...outputs, renamed])).toHaveLength(1);
  });

  it("I3: a step that the machine has not, or not for that role, or that nobody heard of", () => {
    expect(forbiddenSteps([one])).toEqual([]);
    expect(forbiddenSteps([closedAt(one, one.openedAt)])).toEqual([]);
    const byOperator = closedAt(one, one.openedAt);
    const last = byOperator.history.at(-1)!;
    expect(
      forbiddenSteps([{ ...byOperator, history: [...one.history, { ...last, role: "O" as const }] }]),
    ).toHaveLength(1);
    expect(
      forbiddenSteps([{ ...one, history: [...one.history, { ...last, to: "decided" as const }] }]),
    ).toHaveLength(1);
    expect(unheardSteps([one], outputs)).toHaveLength(1);
    expect(unheardSteps([], [])).toEqual([]);
  });

  it("evidence that speaks one language only", () => {
    expect(mutedWords(outputs)).toEqual([]);
    const { because } = raised!.data;
    const english = because.map(({ text: _, ...rest }) => rest);
    const untranslated = because.map((cause) => ({
      ...cause,
      text: { zh: cause.summary, en: cause.summary },
    }));
    for (const muted of [english, untranslated])
      expect(mutedWords([{ ...raised!, data: { ...raised!.data, because: muted } }])).toHaveLength(1);
  });

  it("I4: an alert of a closed unit, a notification of a suppressed case", () => {
    const closing: Output = {
      type: "warmcity.kitchen.changed",
      id: "x",
      time: at("05-12 13:00"),
      subject: "K",
      data: { region: "operation", from: "open", to: "closed" },
    };
    expect(alertsWhileClosed([closing, raised!])).toEqual([]);
    const fridge = { ...raised!, data: { ...raised!.data, code: "T01" } };
    expect(alertsWhileClosed([closing, fridge])).toHaveLength(1);
    const reopening: Output = {
      ...closing,
      time: at("05-12 13:30"),
      data: { region: "operation", from: "closed", to: "open" },
    };
    expect(alertsWhileClosed([closing, reopening, fridge])).toEqual([]);
    expect(noticesWhileSuppressed([], [notice!])).toHaveLength(1);
  });

  it("I8 and I9: events lost, another fold that differs", () => {
    expect(lossOf(summary, lines)).toEqual([]);
    expect(lossOf({ ...summary, accepted: summary.accepted - 1 }, lines)).toHaveLength(1);
    expect(lossOf(summary, lines.slice(1))).toHaveLength(1);
    expect(differences(outputs, outputs)).toEqual([]);
    expect(differences(outputs, outputs.slice(1))).toHaveLength(1);
    expect(differences(outputs, outputs.slice(0, -1))).toHaveLength(1);
  });

  it("I5: a hit that nobody confirmed in an index", () => {
    const reasons = [{ component: "behaviour", points: 5, fact: { code: "P07", about: one.id } }];
    const told = { city: { kitchens: [{ id: "K" }] }, fold: { rating: { indexOf: () => ({ reasons }) } } };
    const lead = { ...one, lead: true };
    expect(leadsInIndex(told, [lead])).toHaveLength(1);
    const confirmation = { ...one.history[0]!, what: "review-confirm" };
    expect(leadsInIndex(told, [{ ...lead, history: [...one.history, confirmation] }])).toEqual([]);
  });

  it("I6: somebody's score moved by what happens to others", () => {
    const fridge = (id: string) => ({
      id: `${id}/fridge-1`,
      kind: "fridge-temperature",
      reportEveryMs: 300_000,
    });
    const street = (incidents: readonly Incident[]) =>
      new Story({
        from: "05-12 14:00",
        until: "05-12 17:00",
        kitchens: ["K", "N"].map((id) => ({ id, type: "medium", devices: [fridge(id)] })),
        incidents,
      }).alone();
    const quiet = street([]);
    const fails = { kind: "cold-failure", at: at("05-12 14:10"), slopePerMin: 0.1, ambient: 22 } as const;
    const crowded = street([{ ...fails, device: "N/fridge-1", repairAt: null }]);
    expect(movedBystanders(quiet, crowded, (id) => id === "N")).toEqual([]);
    expect(movedBystanders(quiet, crowded, (id) => id === "K")).toHaveLength(1);
  });

  it("I7: evidence that is not what its hash says", () => {
    const step = { ...one.history[0]!, evidence: ["photo-1"], evidenceHash: sha256Hex('["photo-1"]') };
    expect(wrongHashes([{ ...one, history: [step] }])).toEqual([]);
    expect(wrongHashes([{ ...one, history: [{ ...step, evidence: ["photo-2"] }] }])).toHaveLength(1);
  });

  it("I10: a reporter named outside", () => {
    const told = new Story({
      from: "05-12 14:00",
      until: "05-12 14:20",
      kitchens: [{ id: "K", type: "medium" }],
      lives: false,
    }).says(
      "warmcity.illness.reported",
      "05-12 14:10",
      { person: "p-7", ate: "2026-05-12T12:00:00+08:00", hospital: true },
      { kitchen: "K", source: "/systems/12315" },
    );
    const telling = told.alone();
    expect(telling.outputs.length).toBeGreaterThan(0);
    expect(namedReporters(telling)).toEqual([]);
    const because = [{ ...raised!.data.because[0]!, source: "/persons/p-7" }];
    const named = { ...raised!, data: { ...raised!.data, because } };
    expect(namedReporters({ ...telling, outputs: [...telling.outputs, named] })).toHaveLength(1);
  });
});
