import { describe, expect, it } from "vitest";
import { sampleAlert as alert } from "../test/sample-alert.ts";
import { AlertBook } from "./alert-book.ts";

describe("AlertBook", () => {
  it("lists the worst first, and the newest among equals", () => {
    const book = new AlertBook();
    book.put(alert("old"));
    book.put(alert("new", { levelAt: "2026-06-01T12:30:00.000+08:00" }));
    book.put(alert("worst", { level: "L1", levelAt: "2026-06-01T09:00:00.000+08:00" }));
    expect(book.list().map((item) => item.alert)).toEqual(["worst", "new", "old"]);
    expect(book.counts()).toEqual({ L1: 1, L2: 0, L3: 2, L4: 0 });
  });

  it("says whether an alert is new, so that a repeat rings nowhere", () => {
    const book = new AlertBook();
    expect(book.put(alert("a"))).toBe(true);
    expect(book.put(alert("a"))).toBe(false);
    expect(book.size).toBe(1);
  });

  it("follows an alert to a higher level and out of the list", () => {
    const book = new AlertBook();
    book.put(alert("a"));
    book.put(alert("a", { level: "L2", levelAt: "2026-06-01T13:30:00.000+08:00" }));
    expect(book.list()[0]?.level).toBe("L2");
    book.put(alert("a", { state: "resolved" }));
    expect(book.list()).toEqual([]);
  });

  it("does not fall back to an older state that arrives late", () => {
    const book = new AlertBook();
    book.put(alert("a", { level: "L2", levelAt: "2026-06-01T13:30:00.000+08:00" }));
    book.put(alert("a"));
    expect(book.list()[0]?.level).toBe("L2");
  });

  it("never lists a suppressed alert", () => {
    const book = new AlertBook();
    expect(book.put(alert("a", { state: "suppressed" }))).toBe(false);
    expect(book.size).toBe(0);
  });

  it("forgets what a fresh list does not hold", () => {
    const book = new AlertBook();
    book.put(alert("a"));
    book.put(alert("b"));
    book.keepOnly(new Set(["b"]));
    expect(book.list().map((item) => item.alert)).toEqual(["b"]);
  });
});
