import { expect, it, vi } from "vitest";
import { sampleCase } from "../test/sample-case.ts";
import { CaseBook } from "./case-book.ts";

const brief = (id: string) => sampleCase({ case: id });

it("reads each wanted case once, and says when one is known", async () => {
  const read = vi.fn(async (id: string) => brief(id));
  const changed = vi.fn();
  const book = new CaseBook(read, changed);
  expect(book.of("a")).toBeUndefined();
  book.want(["a", "b"]);
  book.want(["a", "b"]);
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(2));
  book.want(["b", "a"]);
  expect(read.mock.calls).toEqual([["a"], ["b"]]);
  expect(book.of("b")?.state).toBe("dispatched");
});

it("does without a case that cannot be read, and does not ask for it again at once", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const read = vi.fn(async (id: string) => {
    if (id === "gone") throw new Error("404");
    return brief(id);
  });
  const book = new CaseBook(read, () => undefined);
  book.want(["gone", "b"]);
  await vi.waitFor(() => expect(book.of("b")).toBeDefined());
  book.want(["gone", "b"]);
  expect(book.of("gone")).toBeUndefined();
  expect(read).toHaveBeenCalledTimes(2);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

it("knows at once what somebody has done with a case", () => {
  const changed = vi.fn();
  const book = new CaseBook(async (id) => brief(id), changed);
  book.put(sampleCase({ case: "a", state: "acked" }));
  expect(book.of("a")?.state).toBe("acked");
  expect(changed).toHaveBeenCalledOnce();
});
