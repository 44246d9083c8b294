/**
 * One open city page: the globe, the two streams and the book of alerts, tied together outside the page framework. The
 * page hears of it four times a second at most, however fast the city changes.
 */
import { type CityTotals, MAP_STATES, type MapState } from "../../stream/wire.ts";
import { banners } from "../../twin/city/geography.ts";
import type { Theme } from "../basemap/extent.ts";
import type { MapLines } from "../basemap/map-lines.ts";
import type { CityGlobe } from "../globe/city-globe.ts";
import type { CityLabels } from "../globe/city-labels.ts";
import { type Framed, HOME, placesView } from "../globe/views.ts";
import type { Lang } from "../i18n/dictionary.ts";
import { AlertBook } from "./alert-book.ts";
import { AlertFeed } from "./alert-feed.ts";
import { AlertWindow } from "./alert-window.ts";
import { getCase, getPositions, getSession, signInFromAddress } from "./api.ts";
import { CaseBook } from "./case-book.ts";
import { CityFeed, type FeedStatus } from "./city-feed.ts";
import { CityState, type StateCounts } from "./city-state.ts";
import type { Alert, Level, Session } from "./wire-types.ts";

/** What the panels show. */
export interface CityPicture {
  readonly status: FeedStatus;
  /** Event time, ms since epoch; NaN before the first frame. */
  readonly time: number;
  /** Seconds since the server was last heard. */
  readonly ageS: number;
  readonly counts: StateCounts;
  readonly banners: Readonly<Record<string, StateCounts>>;
  readonly totals: CityTotals | null;
  readonly openAlerts: Readonly<Record<Level, number>>;
  /** Grows with every change of the alert book. */
  readonly alertVersion: number;
}

export interface SessionOptions {
  readonly map: HTMLElement;
  readonly labels: HTMLElement;
  readonly lang: Lang;
  readonly theme: Theme;
  /** No flights, no pulse (`prefers-reduced-motion`). */
  readonly still: boolean;
  readonly picture: (picture: CityPicture) => void;
  readonly clickKitchen: (id: string | null) => void;
  readonly hoverKitchen: (index: number, x: number, y: number) => void;
  readonly chooseBanner: (code: string) => void;
}

const PICTURE_MS = 250;

export class CitySession {
  /** Who is signed in. */
  readonly who: Session;
  readonly city: CityState;
  readonly book = new AlertBook();
  readonly alertWindow = new AlertWindow(this.book);
  /** Cases of the alerts in sight. */
  readonly cases = new CaseBook(getCase, () => {
    this.#alertVersion++;
  });
  /** `null` where the browser has no WebGL. */
  readonly globe: CityGlobe | null;
  readonly #labels: CityLabels | null;
  readonly #options: SessionOptions;
  readonly #feed: CityFeed;
  readonly #alerts: AlertFeed;
  readonly #timer: ReturnType<typeof setInterval>;
  #status: FeedStatus = "connecting";
  #totals: CityTotals | null = null;
  #alertVersion = 0;
  #shown = "";
  /** Whether the first list of alerts is in. */
  alertsRead = false;

  private constructor(
    who: Session,
    city: CityState,
    globe: CityGlobe | null,
    labels: CityLabels | null,
    options: SessionOptions,
  ) {
    this.who = who;
    this.city = city;
    this.globe = globe;
    this.#labels = labels;
    this.#options = options;
    this.#feed = new CityFeed({
      frame: (frame) => this.globe?.changed(this.city.apply(frame)) ?? this.city.apply(frame),
      totals: (totals) => {
        this.#totals = totals;
      },
      status: (status) => {
        this.#status = status;
        this.#tell();
        if (status === "lost") void this.#checkSession();
      },
    });
    this.#alerts = new AlertFeed(this.book, () => {
      this.#alertVersion++;
    });
    this.#timer = setInterval(() => this.#tell(), PICTURE_MS);
  }

  /** Throws an `ApiError` if the server does not let us in or cannot answer. */
  static async open(options: SessionOptions): Promise<CitySession> {
    await signInFromAddress();
    Object.assign(window, { CESIUM_BASE_URL: "/cesium/" });
    const [who, positions, lines, globes] = await Promise.all([
      getSession(),
      getPositions(),
      readLines(),
      import("../globe/city-globe.ts"),
    ]);
    const city = new CityState(positions, who.kitchens);
    const globe = hasWebgl()
      ? await globes.CityGlobe.create({
          container: options.map,
          city,
          lines,
          theme: options.theme,
          still: options.still,
          onClick: (index) => options.clickKitchen(city.ids[index] ?? null),
          onHover: options.hoverKitchen,
        })
      : null;
    const labels = globe === null ? null : await followLabels(globe, options);
    const session = new CitySession(who, city, globe, labels, options);
    if (who.kitchens !== null) globe?.fly(session.home);
    session.#feed.start();
    session.#readAlerts();
    return session;
  }

  /** The area of who is signed in. */
  get home(): Framed {
    const { city, who } = this;
    if (who.kitchens === null) return HOME;
    const inside = [...city.ids.keys()].filter((index) => city.isInside(index));
    return placesView(inside.map((index) => ({ lon: city.lon[index]!, lat: city.lat[index]! })));
  }

  /** Only alerts of this level and of this banner, its offices and its kitchens; `null`: all. */
  showAlerts(level: Level | null, banner: string | null): void {
    const shown = `${level} ${banner}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.alertWindow.show(level, banner === null ? null : (alert) => this.#bannerOf(alert) === banner);
  }

  #bannerOf({ kitchen, asset }: Alert): string | undefined {
    if (kitchen !== null) return this.city.banners[this.city.indexOf(kitchen)];
    return /^(?:banner|office):(\d{6})/.exec(asset ?? "")?.[1];
  }

  setLang(lang: Lang): void {
    this.#labels?.setLang(lang);
  }

  /** Reconnects everything, as after a new sign-in. */
  close(): void {
    clearInterval(this.#timer);
    this.#feed.stop();
    this.#alerts.stop();
    this.globe?.destroy();
  }

  #readAlerts(): void {
    this.#alerts.start().then(
      () => {
        this.alertsRead = true;
        this.#alertVersion++;
      },
      (error: unknown) => {
        console.warn("alerts: list could not be read, trying again", error);
        this.#alerts.stop();
        setTimeout(() => this.#readAlerts(), 5_000);
      },
    );
  }

  /** A stream does not say why it was refused: perhaps the session has ended, which `getSession` then tells the page. */
  async #checkSession(): Promise<void> {
    try {
      await getSession();
    } catch (error) {
      console.warn("session could not be asked for", error);
    }
  }

  #tell(): void {
    const { city } = this;
    const heard = this.#feed.heardAt;
    const byBanner = Object.fromEntries(banners.map(({ code }) => [code, city.countsOf(code)]));
    this.#labels?.setCounts(byBanner);
    this.#options.picture({
      status: this.#status,
      time: city.time,
      ageS: Number.isNaN(heard) ? 0 : (performance.now() - heard) / 1000,
      counts: city.counts(),
      banners: byBanner,
      totals: this.#totals,
      openAlerts: this.book.counts(),
      alertVersion: this.#alertVersion,
    });
  }
}

async function readLines(): Promise<MapLines> {
  const response = await fetch("/basemap/lines.json");
  const lines: MapLines = await response.json();
  return lines;
}

async function followLabels(globe: CityGlobe, options: SessionOptions): Promise<CityLabels> {
  const { CityLabels } = await import("../globe/city-labels.ts");
  const labels = new CityLabels(options.labels, options.lang, options.chooseBanner);
  globe.follow(labels.overlay);
  return labels;
}

function hasWebgl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export function noCounts(): StateCounts {
  return { normal: 0, L4: 0, L3: 0, L2: 0, L1: 0, offline: 0, closed: 0, never: 0 };
}

export function isMapState(text: string): text is MapState {
  return MAP_STATES.some((state) => state === text);
}
