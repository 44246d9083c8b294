import { expect, it } from "vitest";
import { badNames } from "./names.ts";
import { treeOf } from "./source-tree.ts";

const bad = (path: string) => badNames(treeOf({ [path]: "" }));

it.each([
  "twin/utils.ts",
  "stream/log-helpers.ts",
  "stream/common/a.ts",
  "stream/alert-manager.ts",
  "twin/kitchen-service.test.ts",
  "twin/data.ts",
  "twin/kitchen-data.ts",
  "twin/city/index.ts",
  "twin/types.ts",
  "twin/kitchenState.ts",
  "twin/Kitchen.ts",
  "twin/kitchen_state.ts",
  "viewer/index.tsx",
])("badNames() refuses %s", (path) => {
  expect(bad(path)).toHaveLength(1);
});

it.each([
  "twin/kitchen.machine.ts",
  "stream/door/data-checks.ts",
  "twin/food-safety-index.test.ts",
  "stream/log/segments.slow.test.ts",
  "viewer/routes/kitchens/[id]/index.tsx",
  "viewer/src/entry.ssr.tsx",
  ".ci/check.mjs",
])("badNames() allows %s", (path) => {
  expect(bad(path)).toEqual([]);
});
