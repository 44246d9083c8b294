/** The reviewed texts, one file for each scenario: `scenarios/golden/<name>.txt`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../golden/", import.meta.url);

export function goldenFile(name: string): string {
  return `scenarios/golden/${name}.txt`;
}

/** `null` = there is none yet. */
export function readGolden(name: string): string | null {
  const path = fileURLToPath(new URL(`${name}.txt`, FOLDER));
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

export function writeGolden(name: string, text: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileURLToPath(new URL(`${name}.txt`, FOLDER)), text);
}
