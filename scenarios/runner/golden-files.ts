/** The reviewed texts, one file for each scenario: `<folder>/<name>.txt`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const GOLDEN_FOLDER = fileURLToPath(new URL("../golden", import.meta.url));

export class GoldenFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** As one names it from here. */
  pathOf(name: string): string {
    return relative(process.cwd(), this.#fileOf(name));
  }

  /** `null` = there is none yet. */
  read(name: string): string | null {
    const path = this.#fileOf(name);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  }

  write(name: string, text: string): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#fileOf(name), text);
  }

  #fileOf(name: string): string {
    return join(this.#folder, `${name}.txt`);
  }
}
