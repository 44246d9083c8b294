/** What the components of the city page share. */
import { createContextId, type NoSerialize, type Signal } from "@builder.io/qwik";
import type { MapState } from "../stream/wire.ts";
import type { Theme } from "./basemap/extent.ts";
import type { Lang } from "./i18n/dictionary.ts";
import type { CityPicture, CitySession } from "./live/city-session.ts";
import { totalOf } from "./live/city-state.ts";
import type { Alert, Session } from "./live/wire-types.ts";

export interface PageState {
  lang: Lang;
  theme: Theme;
  /** `null` until the first frame. */
  picture: CityPicture | null;
  /** States that stay bright on the map; empty = all. */
  filter: MapState[];
  /** Id of the kitchen whose drawer is open. */
  selected: string | null;
  /** The alert without a kitchen (of an area, a rider, the city) whose drawer is open. */
  areaAlert: Alert | null;
  /** Code of the banner that the alert list is about; `null` = all. */
  banner: string | null;
  /** What a narrow window shows. */
  sheet: "map" | "city" | "alerts";
  /** Who is signed in; `null` until it is known. */
  who: Session | null;
  /** The server does not know us any more. */
  sessionEnded: boolean;
  signIn: boolean;
  help: boolean;
  failure: string | null;
  noWebgl: boolean;
  opened: boolean;
}

export function firstPageState(): PageState {
  return {
    lang: "zh",
    theme: "night",
    picture: null,
    filter: [],
    selected: null,
    areaAlert: null,
    banner: null,
    sheet: "map",
    who: null,
    sessionEnded: false,
    signIn: false,
    help: false,
    failure: null,
    noWebgl: false,
    opened: false,
  };
}

export const PageContext = createContextId<PageState>("page");
export const SessionContext = createContextId<Signal<NoSerialize<CitySession>>>("session");

/** Whether somebody who sees a part of the city sees any kitchen of this banner; who sees all sees every banner. */
export function isOwnBanner({ who, picture }: Pick<PageState, "who" | "picture">, code: string): boolean {
  const counts = picture?.banners[code];
  return who === null || who.kitchens === null || (counts !== undefined && totalOf(counts) > 0);
}
