/**
 * The verbs of `main.ts`, run from the pack where that is what the sources are (`build.mjs`), else from the sources. Takes
 * the same options.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("..", import.meta.url);
const INPUTS = new URL("dist/inputs.json", import.meta.url);

const changed = firstChange();
if (changed === null) {
  await import(new URL("dist/main.mjs", import.meta.url).href);
} else {
  console.log(
    `sources: run unpacked, which starts more slowly (${changed}); node stream/build.mjs packs them`,
  );
  const { register } = await import("tsx/esm/api");
  register();
  await import("./main.ts");
}

/** Why the pack is not what the sources are; `null` = it is. */
function firstChange() {
  if (!existsSync(INPUTS)) return "there is no pack";
  for (const [path, [modified, size]] of Object.entries(JSON.parse(readFileSync(INPUTS, "utf8")))) {
    const stat = statSync(fileURLToPath(new URL(path, ROOT)), { throwIfNoEntry: false });
    if (stat === undefined || Math.floor(stat.mtimeMs) !== modified || stat.size !== size)
      return `${path} has changed`;
  }
  return null;
}
