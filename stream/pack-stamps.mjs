/** By what a pack knows that the sources are still those it was made of: their content, which a copied folder keeps. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Path from `root` -> hash of the file. */
export function stampsOf(root, paths) {
  return Object.fromEntries(paths.map((path) => [path, stampOf(join(root, path))]));
}

/** Why the files are not what the stamps say; `null` = they are. */
export function firstChange(root, stamps) {
  for (const [path, stamp] of Object.entries(stamps))
    if (stampOf(join(root, path)) !== stamp) return `${path} has changed`;
  return null;
}

/** `null` = there is no such file. */
function stampOf(path) {
  try {
    return createHash("sha1").update(readFileSync(path)).digest("base64");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
