import { expect, it } from "vitest";
import { missingLines } from "./catalogues.ts";
import { treeOf } from "./source-tree.ts";

const rules = {
  "stream/rules/rule.ts": "export function defineRule(a: Rule) {}",
  "stream/rules/t01.ts": "export const t01 = defineRule({});",
  "stream/rules/t02.ts": "export const t02 = defineRule({});",
  "stream/rules/t02.test.ts": "defineRule({});",
};

it("missingLines() names the rule that its catalogue forgot, and the list to add it to", () => {
  const tree = treeOf({ ...rules, "stream/rules/catalogue.ts": 'import { t01 } from "./t01.ts"' });
  expect(missingLines(tree)).toEqual([
    {
      path: "stream/rules/t02.ts",
      line: 1,
      message: "is not in the catalogue: add one line to stream/rules/catalogue.ts",
    },
  ]);
});

it("missingLines() is content when list and folder agree", () => {
  const list = 'import { t01 } from "./t01.ts"; import { t02 } from "./t02.ts"';
  expect(missingLines(treeOf({ ...rules, "stream/rules/catalogue.ts": list }))).toEqual([]);
});

it("missingLines() does not excuse a folder without a list", () => {
  expect(missingLines(treeOf(rules))).toHaveLength(2);
});
