import { expect, it } from "vitest";
import { FLOORS, ROOT_ENTRIES } from "./rooms.ts";
import { rootFaults } from "./root-listing.ts";

const house = Object.keys(ROOT_ENTRIES).map((entry) =>
  Object.hasOwn(FLOORS, entry) ? `${entry}/README.md` : entry,
);

it("rootFaults() is content with the house as listed, dotfiles included", () => {
  expect(rootFaults([...house, ".gitignore", ".ci/run", "twin/kernel/time.ts"])).toEqual([]);
});

it("rootFaults() finds a stray file, a missing one and a floor without README", () => {
  const tracked = [
    ...house.filter((path) => path !== "NOTICE" && path !== "twin/README.md"),
    "twin/a.ts",
    "notes.md",
  ];
  expect(rootFaults(tracked).map(({ path }) => path)).toEqual(["notes.md", "NOTICE", "twin/README.md"]);
});
