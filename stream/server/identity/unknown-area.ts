/** Whether the registry knows what an area names: an account for an office that is mistyped would see nothing, and say nothing. */
import type { Area } from "../../../twin/authority/principal.ts";
import type { City } from "../../../twin/city/city.ts";

const EXAMPLES = 5;

/** What of the area the city does not know, and some of what it does; `null` = it knows all of it. */
export function unknownArea(area: Area, { kitchens }: Pick<City, "kitchens">): string | null {
  switch (area.kind) {
    case "city":
      return null;
    case "banner":
      return unknown("banner", [area.banner], new Set(kitchens.map(({ banner }) => banner)));
    case "office":
      return unknown("office", [area.office], new Set(kitchens.map(({ office }) => office)));
    case "kitchens":
      return unknown("kitchen", area.kitchens, new Set(kitchens.map(({ id }) => id)));
  }
}

function unknown(what: string, named: readonly string[], known: ReadonlySet<string>): string | null {
  const missing = named.filter((name) => !known.has(name));
  if (missing.length === 0) return null;
  const some = [...known].sort().slice(0, EXAMPLES).join(", ");
  return `the city has no ${what} ${missing.join(", ")}; it has ${some}${known.size > EXAMPLES ? ", …" : ""}`;
}
