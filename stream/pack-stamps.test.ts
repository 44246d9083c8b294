import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, expect, it } from "vitest";

const STAMPS = new URL("pack-stamps.mjs", import.meta.url).href;
const folder = mkdtempSync(join(tmpdir(), "warmcity-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a Node of its own makes of `code`, to which the two functions and `root` are known. */
function asked(root: string, code: string): unknown {
  const script = `import { firstChange, stampsOf } from ${JSON.stringify(STAMPS)};
    const root = ${JSON.stringify(root)};
    console.log(JSON.stringify(${code}));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }),
  );
}

it("knows sources that were copied, or only touched, and names the first that is another or gone", () => {
  const [here, there] = [join(folder, "here"), join(folder, "there")];
  for (const root of [here, there]) mkdirSync(root);
  for (const name of ["a.ts", "b.ts"]) {
    writeFileSync(join(here, name), `export const ${name[0]} = 1;\n`);
    copyFileSync(join(here, name), join(there, name));
    utimesSync(join(there, name), 1, 1);
  }
  const stamps = JSON.stringify(asked(here, 'stampsOf(root, ["a.ts", "b.ts"])'));
  expect(asked(here, `firstChange(root, ${stamps})`)).toBeNull();
  expect(asked(there, `firstChange(root, ${stamps})`)).toBeNull();
  writeFileSync(join(there, "b.ts"), "export const b = 2;\n");
  expect(asked(there, `firstChange(root, ${stamps})`)).toBe("b.ts has changed");
  rmSync(join(there, "a.ts"));
  expect(asked(there, `firstChange(root, ${stamps})`)).toBe("a.ts has changed");
});
