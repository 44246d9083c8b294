import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sampleCase } from "../test/sample-case.ts";
import { chancesOf } from "./bulk-acts.ts";
import { BulkSend, type BulkState, UNDO_MS } from "./bulk-send.ts";
import type { CaseOrder } from "./wire-types.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ORDER: CaseOrder = { command: "dispatch", role: "S" };

function bulk(refuses: readonly string[] = []) {
  const sent: string[] = [];
  let state: BulkState | null = null;
  const send = async (id: string) => {
    sent.push(id);
    if (refuses.includes(id)) throw new Error("no");
    return sampleCase({ case: id });
  };
  const one = new BulkSend(send, (now) => {
    state = now;
  });
  return { one, sent, state: (): BulkState | null => state };
}

it("sends nothing before the time to undo is over, and then to each once", async () => {
  const { one, sent, state } = bulk();
  expect(one.begin(["a", "b"], ORDER)).toBe(true);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect(sent).toEqual([]);
  expect(one.isBusy).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toEqual(["a", "b"]);
  expect(state()).toMatchObject({ phase: "done", done: 2, refused: [] });
  expect(one.isBusy).toBe(false);
});

it("sends nothing at all when it is undone", async () => {
  const { one, sent, state } = bulk();
  one.begin(["a"], ORDER);
  one.dismiss();
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(sent).toEqual([]);
  expect(state()).toBeNull();
});

it("says who refused, and goes on with the others", async () => {
  const { one, sent, state } = bulk(["b"]);
  one.begin(["a", "b", "c"], ORDER);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(sent).toEqual(["a", "b", "c"]);
  expect(state()).toMatchObject({ phase: "done", done: 2, refused: [{ case: "b", why: new Error("no") }] });
});

it("does not begin another before the first is out", () => {
  const { one } = bulk();
  one.begin(["a"], ORDER);
  expect(one.begin(["b"], ORDER)).toBe(false);
});

it("offers what is the role's business, with those cases that allow it, and nothing that needs the facts of one", () => {
  const who = { id: "s-1", role: "S" as const, area: "office:150602-01", kitchens: [] };
  const works = [
    sampleCase({ case: "a", allowed: ["dispatch", "comment", "file"] }),
    sampleCase({ case: "b", allowed: ["comment", "transfer"] }),
  ];
  expect(chancesOf(works, who)).toEqual([
    { command: "dispatch", role: "S", cases: ["a"] },
    { command: "comment", role: "S", cases: ["a", "b"] },
  ]);
});
