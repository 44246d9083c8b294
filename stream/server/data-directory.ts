/** What a data directory remembers besides its log: which city it was made for, and the admin token. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The generated city of a data directory: the same arguments give the same registry for ever. */
export interface CityOrigin {
  readonly seed: number;
  readonly preset: "baseline" | "full";
  /** `null` = all of them. */
  readonly kitchens: number | null;
  /** Day number of the first start: licences and certificates run from there. */
  readonly today: number;
}

const TOKEN_BYTES = 32;
const ORIGIN = "city.json";

/** The admin token: made at the first start, readable by its owner alone. */
export async function tokenOf(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, "token");
  const known = await textOf(path);
  if (known !== null) return known.trim();
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  return token;
}

/** The origin noted at the first start, or this one, which is noted now. */
export async function originOf(directory: string, wanted: CityOrigin): Promise<CityOrigin> {
  const known = await knownOrigin(directory);
  if (known !== null) return known;
  await writeFile(join(directory, ORIGIN), `${JSON.stringify(wanted)}\n`);
  return wanted;
}

/** The origin noted at the first start; `null` = there was none, or the city came from a registry. */
export async function knownOrigin(directory: string): Promise<CityOrigin | null> {
  const known = await textOf(join(directory, ORIGIN));
  return known === null ? null : JSON.parse(known);
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
