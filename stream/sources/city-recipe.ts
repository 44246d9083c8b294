/** From what a city is made, so that every thread makes the same one for itself. */
import { readFile } from "node:fs/promises";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { parseRegistry } from "../../twin/city/registry.ts";
import type { Preset } from "../../twin/city/sensor-profiles.ts";

export type CityRecipe =
  | {
      readonly kind: "generated";
      readonly seed: number;
      readonly preset: Preset;
      /** `null` = all of them. */
      readonly kitchens: number | null;
      /** Day number from which licences and certificates run; `null` = the generator's own. */
      readonly today: number | null;
    }
  | { readonly kind: "registry"; readonly file: string };

/** The city, or why there is none: every fault of the registry with its pointer. */
export async function cityOf(recipe: CityRecipe): Promise<City | string> {
  if (recipe.kind === "generated") {
    const { seed, preset, kitchens, today } = recipe;
    return generateCity({
      seed,
      preset,
      ...(kitchens === null ? {} : { kitchens }),
      ...(today === null ? {} : { today }),
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(await readFile(recipe.file, "utf8"));
  } catch (error) {
    return `--registry ${recipe.file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = parseRegistry(json);
  if (parsed.ok) return parsed.value;
  const faults = parsed.faults.map(({ pointer, reason }) => `  ${pointer || "/"}: ${reason}`);
  return [`--registry ${recipe.file} has ${faults.length} faults:`, ...faults].join("\n");
}
