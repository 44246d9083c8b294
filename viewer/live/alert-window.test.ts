import { describe, expect, it } from "vitest";
import { sampleAlert } from "../test/sample-alert.ts";
import { AlertBook } from "./alert-book.ts";
import { AlertWindow, ROW_PX } from "./alert-window.ts";

function minute(i: number): string {
  return `2026-06-01T12:${String(i).padStart(2, "0")}:00.000+08:00`;
}

function filled(count: number): AlertBook {
  const book = new AlertBook();
  for (let i = 0; i < count; i++) book.put(sampleAlert(`A-${i}`, { levelAt: minute(i) }));
  return book;
}

const ids = (window: AlertWindow, top = 0) => window.view(top, ROW_PX * 3).rows.map(({ alert }) => alert);

describe("AlertWindow", () => {
  it("holds no more rows than are in sight, and a few to spare", () => {
    const window = new AlertWindow(filled(50));
    const view = window.view(20 * ROW_PX, ROW_PX * 3);
    expect(view.total).toBe(50);
    expect(view.first).toBe(16);
    expect(view.rows).toHaveLength(11);
    expect(view.rows[4]?.alert).toBe("A-29");
  });

  it("shows a new alert at once while nobody reads", () => {
    const book = filled(3);
    const window = new AlertWindow(book);
    book.put(sampleAlert("gas", { level: "L1" }));
    expect(ids(window)[0]).toBe("gas");
    expect(window.view(0, 100).fresh).toBe(0);
  });

  it("stands still while held, even when scrolled, and counts what is new", () => {
    const book = filled(30);
    const window = new AlertWindow(book);
    window.hold();
    const before = ids(window, 10 * ROW_PX);
    book.put(sampleAlert("gas", { level: "L1" }));
    book.put(sampleAlert("A-20", { state: "resolved" }));
    expect(ids(window, 10 * ROW_PX)).toEqual(before);
    expect(window.view(0, 100)).toMatchObject({ total: 30, fresh: 1 });
    window.release();
    expect(ids(window)[0]).toBe("gas");
    expect(window.view(0, 100)).toMatchObject({ total: 30, fresh: 0 });
  });

  it("shows one level alone", () => {
    const book = filled(3);
    book.put(sampleAlert("gas", { level: "L1" }));
    const window = new AlertWindow(book);
    window.show("L1");
    expect(ids(window)).toEqual(["gas"]);
    expect(window.at(0)?.alert).toBe("gas");
    expect(window.at(1)).toBeUndefined();
    window.show(null);
    expect(window.view(0, 100).total).toBe(4);
  });

  it("shows what is wanted alone, and counts its levels whichever is shown", () => {
    const book = filled(3);
    book.put(sampleAlert("gas", { level: "L1", kitchen: "K-00002" }));
    const window = new AlertWindow(book);
    window.show("L1", ({ kitchen }) => kitchen === "K-00001");
    expect(window.view(0, 100)).toMatchObject({ total: 0, counts: { L1: 0, L3: 3 } });
    window.show(null, ({ kitchen }) => kitchen === "K-00002");
    expect(ids(window)).toEqual(["gas"]);
  });
});
