/** With what the shadow of `--shadow FILE` begins. */
import { join } from "node:path";
import { LOG_FOLDER } from "../log/verify-command.ts";
import type { CityRecipe } from "../sources/city-recipe.ts";
import { shadowPoliciesOf } from "../sources/policy-file.ts";
import type { ShadowOrder } from "./shadow-thread.ts";

/** `directory`: that of the city's data. `null` = none is wanted; a text = why it cannot be. */
export async function shadowOrderOf(
  file: string | null,
  recipe: CityRecipe,
  directory: string,
): Promise<ShadowOrder | null | string> {
  if (file === null) return null;
  const policies = await shadowPoliciesOf(file);
  if (typeof policies === "string") return policies;
  return { recipe, packs: policies.eras.map(({ pack }) => pack), log: join(directory, LOG_FOLDER) };
}
