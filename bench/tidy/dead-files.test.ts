import { expect, it } from "vitest";
import { deadFiles } from "./dead-files.ts";
import { treeOf } from "./source-tree.ts";

it("deadFiles() finds what neither a main, a test, a page, a configuration nor a script reaches", () => {
  const tree = treeOf({
    "stream/main.ts": 'import "./a.ts"; new Worker(new URL("./worker.ts", import.meta.url))',
    "stream/a.ts": 'await import("./b.ts")',
    "stream/b.ts": 'import type { C } from "./c.ts"',
    "stream/c.ts": "",
    "stream/worker.ts": "",
    "stream/tested.ts": "",
    "stream/tested.test.ts": 'import "./tested.ts"',
    "viewer/src/routes/index.tsx": 'import "../points.ts"',
    "viewer/src/points.ts": "",
    "bench/vitest.config.ts": "",
    ".ci/check.mjs": "",
    "stream/dead.ts": 'import "./a.ts"; import "./dead-too.ts"',
    "stream/dead-too.ts": "",
  });
  expect(deadFiles(tree).map(({ path }) => path)).toEqual(["stream/dead.ts", "stream/dead-too.ts"]);
});
