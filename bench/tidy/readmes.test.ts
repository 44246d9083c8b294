import { expect, it } from "vitest";
import { deadLinks, wrongFloors } from "./readmes.ts";

const exists = (path: string) => ["LICENSE", "twin/README.md"].includes(path);

it("deadLinks() finds links and pictures that lead nowhere, from where the README stands", () => {
  const readmes = {
    "README.md": "[a](LICENSE) [b](https://example.org/x) [c](#floors)\n![d](.pictures/gone.png)",
    "twin/README.md": "[a](../LICENSE) [b](README.md#kernel) [c](../stream/README.md)",
  };
  expect(deadLinks(readmes, exists)).toEqual([
    { path: "README.md", line: 2, message: "points to .pictures/gone.png, which is not there" },
    { path: "twin/README.md", line: 1, message: "points to ../stream/README.md, which is not there" },
  ]);
});

it("wrongFloors() finds an arrow that differs and one that is missing", () => {
  const floors = {
    bench: ["viewer", "stream", "twin"],
    viewer: ["stream/wire.ts", "twin"],
    stream: ["twin"],
    twin: [],
  };
  const right =
    "bench  -> everything         measures\nviewer -> stream/wire, twin  the browser\nstream -> twin\ntwin   -> nothing";
  expect(wrongFloors(right, floors)).toEqual([]);
  expect(wrongFloors(right.replace("stream/wire, twin", "twin"), floors)).toHaveLength(1);
  expect(wrongFloors(right.replace("twin   ->", "twin"), floors)).toHaveLength(1);
});
