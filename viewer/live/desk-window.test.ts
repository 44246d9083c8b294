import { describe, expect, it } from "vitest";
import { sampleAlert } from "../test/sample-alert.ts";
import { sampleCase } from "../test/sample-case.ts";
import { DeskBook } from "./desk-book.ts";
import { ALL, type DeskFilter } from "./desk-filter.ts";
import { DESK_ROW_PX, DeskWindow } from "./desk-window.ts";
import type { CaseView } from "./wire-types.ts";

const NOW = Date.parse("2026-06-01T12:00:00.000+08:00");
const STEP: CaseView["steps"][number] = {
  time: "2026-06-01T12:00:00.000+08:00",
  from: null,
  to: "new",
  actor: null,
  role: null,
  reason: null,
  what: "opened",
  evidence: [],
  evidenceHash: null,
  inspectors: null,
};

const READER = { role: "S", now: NOW };

function filled(...cases: readonly Partial<CaseView>[]) {
  const alert = sampleAlert("A-1", { raisedAt: "2026-06-01T11:00:00.000+08:00" });
  const book = new DeskBook({
    alert: (id) => (id === "A-1" ? alert : undefined),
    place: ({ kitchen }) => ({ name: `店 ${kitchen}`, banner: "150602", office: "150602-01" }),
  });
  cases.forEach((change, i) => {
    book.put(sampleCase({ case: `C-${i + 1}`, ...change }));
  });
  const window = new DeskWindow(book);
  const show = (change: Partial<DeskFilter> = {}) => window.show({ ...ALL, ...change }, READER);
  show();
  return { book, window, show };
}
const seen = (window: DeskWindow) =>
  window.view(0, 10 * DESK_ROW_PX, READER).rows.map(({ work }) => work.case);

describe("DeskWindow", () => {
  it("lists the worst first, of these what is due first", () => {
    const { window, show } = filled(
      { level: "L4" },
      { level: "L2", due: "2026-06-02T12:00:00.000+08:00" },
      { level: "L2", due: "2026-06-01T12:30:00.000+08:00" },
    );
    expect(seen(window)).toEqual(["C-3", "C-2", "C-1"]);
    show({ reversed: true });
    expect(seen(window)).toEqual(["C-1", "C-3", "C-2"]);
  });

  it("moves nothing when a case comes, changes or ends, and takes the new one in when asked", () => {
    const { book, window, show } = filled({ level: "L3" }, { level: "L4" });
    book.put(sampleCase({ case: "C-9", level: "L1" }));
    book.step({ case: "C-1", alert: "A-1", kitchen: null, to: "closed", due: null });
    const view = window.view(0, 10 * DESK_ROW_PX, READER);
    expect(view.rows.map(({ work }) => [work.case, work.state])).toEqual([
      ["C-1", "closed"],
      ["C-2", "dispatched"],
    ]);
    expect(view.fresh).toBe(1);
    expect(window.stillFits(view.rows[0]!, READER)).toBe(false);
    show();
    expect(seen(window)).toEqual(["C-9", "C-2"]);
    expect(window.view(0, 10 * DESK_ROW_PX, READER).fresh).toBe(0);
  });

  it("counts a new case only where it fits the filter", () => {
    const { book, window, show } = filled({ level: "L3" });
    show({ levels: ["L3"] });
    book.put(sampleCase({ case: "C-8", level: "L4" }));
    const view = window.view(0, 10 * DESK_ROW_PX, READER);
    expect(view.fresh).toBe(0);
    expect(view.levels).toEqual({ L1: 0, L2: 0, L3: 1, L4: 1 });
    expect(view.banners).toEqual({ 150602: 1 });
  });

  it("knows what is over its limit, and what waits for whom", () => {
    const { window, show } = filled(
      { due: "2026-06-01T11:59:59.000+08:00", owner: "S" },
      { due: "2026-06-01T12:00:01.000+08:00", owner: "O" },
      { due: null, owner: "S" },
      { due: null, owner: "Q", steps: [{ ...STEP, what: "limit-passed" }] },
    );
    show({ overdue: true });
    expect(seen(window)).toEqual(["C-4", "C-1"]);
    show({ mine: true });
    expect(seen(window)).toEqual(["C-1", "C-3"]);
  });

  it("finds by kitchen, code and id", () => {
    const { window, show } = filled({ kitchen: "K-00007" }, { code: "P07" });
    show({ text: "k-00007" });
    expect(seen(window)).toEqual(["C-1"]);
    show({ text: "p07" });
    expect(seen(window)).toEqual(["C-2"]);
  });

  it("holds no more rows of thousands than are in sight, and a few to spare", () => {
    const { window } = filled(...Array.from({ length: 5_000 }, () => ({})));
    const view = window.view(1_000 * DESK_ROW_PX, 10 * DESK_ROW_PX, READER);
    expect(view.total).toBe(5_000);
    expect(view.first).toBe(994);
    expect(view.rows).toHaveLength(22);
  });
});

describe("DeskBook", () => {
  it("takes the episode's beginning from the alert that is open", () => {
    const { book } = filled({ alerts: ["A-0", "A-1"], openedAt: "2026-05-01T00:00:00.000+08:00" });
    expect(book.row("C-1")?.since).toBe("2026-06-01T11:00:00.000+08:00");
    expect(book.row("C-1")?.alert?.alert).toBe("A-1");
  });

  it("takes no older word over a newer one, and no case that was over before it was seen", () => {
    const { book } = filled({ state: "acked", steps: [STEP, STEP] });
    book.put(sampleCase({ case: "C-1", state: "dispatched", steps: [STEP] }));
    expect(book.work("C-1")?.state).toBe("acked");
    book.put(sampleCase({ case: "C-2", state: "closed" }));
    expect(book.work("C-2")).toBeUndefined();
  });
});
