import { expect, it } from "vitest";
import { isMet } from "../verdict.ts";
import { verdictsIn } from "./program-told.ts";

const report = (...assertionResults: readonly object[]) =>
  JSON.stringify({ testResults: [{ assertionResults }] });

it("reads a verdict from each test of a report, and takes none for a failure", () => {
  const passed = { title: "restarts", status: "passed", failureMessages: [] };
  const failed = { title: "repeats nothing", status: "failed", failureMessages: ["it was told twice"] };
  const verdicts = verdictsIn(report(passed, failed));
  expect(verdicts.map(isMet)).toEqual([true, false]);
  expect(verdicts.map(({ says }) => says.en)).toEqual(["restarts", "repeats nothing"]);
  expect(verdicts[1]!.rows[0]!.seen).toContain("it was told twice");
  expect(verdictsIn(report({ ...passed, status: "skipped" })).map(isMet)).toEqual([false]);
  expect(verdictsIn(report()).map(isMet)).toEqual([false]);
});
