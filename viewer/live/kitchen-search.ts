/** Search over what the page already holds: names and ids of all kitchens. Codes are asked of the server. */
import type { CityState } from "./city-state.ts";

/** Indices of the best matches among the kitchens that one sees: exact id, then names that begin with the text, then names that hold it. */
export function searchKitchens(
  city: Pick<CityState, "ids" | "names" | "outside">,
  text: string,
  limit: number,
): number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const ranked: { index: number; rank: number }[] = [];
  for (let index = 0; index < city.ids.length; index++) {
    if (city.outside[index] === 1) continue;
    const rank = rankOf(city.ids[index]!.toLowerCase(), city.names[index]!.toLowerCase(), wanted);
    if (rank < 9) ranked.push({ index, rank });
  }
  ranked.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return ranked.slice(0, limit).map(({ index }) => index);
}

function rankOf(id: string, name: string, wanted: string): number {
  if (id === wanted) return 0;
  if (name === wanted) return 1;
  if (name.startsWith(wanted)) return 2;
  if (name.includes(wanted)) return 3;
  if (wanted.length > 2 && id.includes(wanted)) return 4;
  return 9;
}

/** `150602-0000017`: banner and serial number, or enough of it. */
export function looksLikeCode(text: string): boolean {
  return /^\d{6}-?\d*$/.test(text.trim());
}
