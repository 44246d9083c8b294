/**
 * The verbs of `main.ts`, run from the pack where that is what the sources are (`build.mjs`), else from the sources. Takes
 * the same options.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { firstChange } from "./pack-stamps.mjs";

const ROOT = new URL("..", import.meta.url);
const INPUTS = new URL("dist/inputs.json", import.meta.url);

const changed = existsSync(INPUTS)
  ? firstChange(fileURLToPath(ROOT), JSON.parse(readFileSync(INPUTS, "utf8")))
  : "there is no pack";
if (changed === null) {
  await import(new URL("dist/main.mjs", import.meta.url).href);
} else {
  console.error(
    `sources: run unpacked, which starts more slowly (${changed}); node stream/build.mjs packs them`,
  );
  const { register } = await import("tsx/esm/api");
  register();
  await import("./main.ts");
}
