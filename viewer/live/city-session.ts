/**
 * One open page on the live city: the two streams, the book of alerts and, where the page has one, the globe, tied
 * together outside the page framework. The page hears of it four times a second at most, however fast the city changes.
 */
import { type CityTotals, MAP_STATES, type MapState } from "../../stream/wire.ts";
import { banners } from "../../twin/city/geography.ts";
import type { CityGlobe } from "../globe/city-globe.ts";
import type { CityLabels } from "../globe/city-labels.ts";
import type { OpenedGlobe } from "../globe/open-globe.ts";
import { type Framed, HOME, placesView } from "../globe/views.ts";
import type { Lang } from "../i18n/dictionary.ts";
import { AlertBook } from "./alert-book.ts";
import { AlertFeed } from "./alert-feed.ts";
import { AlertWindow } from "./alert-window.ts";
import { getCase, getPositions, getSession, signInFromAddress } from "./api.ts";
import { assetPlace } from "./asset-place.ts";
import { CaseBook } from "./case-book.ts";
import { CityFeed, type FeedStatus } from "./city-feed.ts";
import { CityState, type StateCounts } from "./city-state.ts";
import type { StreamStatus } from "./resuming-events.ts";
import type { Alert, CaseChange, Level, Session } from "./wire-types.ts";

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
  readonly picture: (picture: CityPicture) => void;
  /** Makes the page's globe, once it is known where the kitchens are; without it there is none. */
  readonly drawn?: (city: CityState) => Promise<OpenedGlobe | null>;
  /** Hears every alert of the stream, and every step of a case. */
  readonly work?: {
    readonly alert: (alert: Alert) => void;
    readonly step: (step: CaseChange) => void;
  };
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
  /** `null` where the page has none, or the browser no WebGL. */
  readonly globe: CityGlobe | null;
  readonly #labels: CityLabels | null;
  readonly #options: SessionOptions;
  readonly #feed: CityFeed;
  readonly #alerts: AlertFeed;
  readonly #timer: ReturnType<typeof setInterval>;
  #status: FeedStatus = "connecting";
  #alertStatus: StreamStatus = "connecting";
  #totals: CityTotals | null = null;
  #alertVersion = 0;
  #shown = "";
  /** Whether the first list of alerts is in. */
  alertsRead = false;

  private constructor(who: Session, city: CityState, drawn: OpenedGlobe | null, options: SessionOptions) {
    this.who = who;
    this.city = city;
    this.globe = drawn?.globe ?? null;
    this.#labels = drawn?.labels ?? null;
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
    this.#alerts = new AlertFeed(this.book, {
      changed: () => {
        this.#alertVersion++;
      },
      status: (status) => {
        this.#alertStatus = status;
        this.#tell();
      },
      ...options.work,
    });
    this.#timer = setInterval(() => this.#tell(), PICTURE_MS);
  }

  /** Throws an `ApiError` if the server does not let us in or cannot answer. */
  static async open(options: SessionOptions): Promise<CitySession> {
    await signInFromAddress();
    const [who, positions] = await Promise.all([getSession(), getPositions()]);
    const city = new CityState(positions, who.kitchens);
    const session = new CitySession(who, city, (await options.drawn?.(city)) ?? null, options);
    if (who.kitchens !== null) session.globe?.fly(session.home);
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
    return assetPlace(asset).banner ?? undefined;
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
      status: this.#alertStatus === "lost" && this.#status === "live" ? "lost" : this.#status,
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

export function noCounts(): StateCounts {
  return { normal: 0, L4: 0, L3: 0, L2: 0, L1: 0, offline: 0, closed: 0, never: 0 };
}

export function isMapState(text: string): text is MapState {
  return MAP_STATES.some((state) => state === text);
}
