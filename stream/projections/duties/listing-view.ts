/** The shops of a kitchen on the platforms, and whether the twin found them at odds with the licence (W02). */
import { isOpen } from "../../../twin/alerts/episode.ts";
import type { City } from "../../../twin/city/city.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { ListingView } from "../../server/duty-answers.ts";

export function listingViews(city: City, fold: CityFold, index: number): ListingView[] {
  const shops = fold.duties.books.listings.stateOf(index)?.shops ?? {};
  const doubted = new Set(
    Object.values(fold.kitchen(index).episodes)
      .filter((episode) => episode.code === "W02" && isOpen(episode))
      .map(({ asset }) => asset),
  );
  return Object.values(shops)
    .sort((a, b) => b.at - a.at || (a.shop < b.shop ? -1 : 1))
    .map((listing) => ({
      ...listing,
      kitchen: city.kitchens[index]!.id,
      at: formatTime(listing.at),
      mismatch: doubted.has(`shop:${listing.shop}`),
    }));
}
