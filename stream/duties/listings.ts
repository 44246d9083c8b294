/** 网络餐饮平台: the shops of a kitchen as the platforms list them, newest word per shop. */
import { defineDuty, newest } from "./duty.ts";

export interface Listing {
  readonly platform: string;
  readonly shop: string;
  readonly licence: string;
  readonly licenceValidTo: string;
  readonly address: string;
  readonly dineIn: boolean;
  readonly noDineInLabel: boolean;
  readonly state: "listed" | "delisted";
  readonly at: number;
}

/** `platform/shop` -> what is listed. */
export interface ListingState {
  shops: Record<string, Listing>;
}

const KEPT = 30;

export const listings = defineDuty<ListingState>({
  name: "listings",
  version: 1,
  events: ["warmcity.platform.listing"],
  initial: () => ({ shops: {} }),
  fold(state, event) {
    if (event.type !== "warmcity.platform.listing") return;
    const platform = event.source.slice(event.source.lastIndexOf("/") + 1);
    const key = `${platform}/${event.data.shop}`;
    if ((state.shops[key]?.at ?? 0) > event.time) return;
    const { shop, licence, licenceValidTo, address, dineIn, noDineInLabel, state: listed } = event.data;
    const listing = {
      platform,
      shop,
      licence,
      licenceValidTo,
      address,
      dineIn,
      noDineInLabel,
      state: listed,
      at: event.time,
    };
    state.shops = newest({ ...state.shops, [key]: listing }, KEPT, ({ at }) => at);
  },
});
