/** One open desk: the city's streams, the docket that they keep true, what is marked, and what is being sent. */

import { commandCase, getCase, getCases, getCasesOf } from "./api.ts";
import { assetPlace } from "./asset-place.ts";
import { BulkSend, type BulkState } from "./bulk-send.ts";
import { type CityPicture, CitySession } from "./city-session.ts";
import { DeskBook, type Reader } from "./desk-book.ts";
import { OPEN_STATES } from "./desk-filter.ts";
import { DeskWindow } from "./desk-window.ts";
import type { CaseView } from "./wire-types.ts";

export interface DeskOptions {
  readonly picture: (picture: CityPicture) => void;
  readonly bulk: (state: BulkState | null) => void;
}

/** With more kitchens to ask for than this, the whole docket is read again. */
const ASKED_MAX = 40;
const RETRY_MS = 5_000;
/** Steps come in groups (confirmed, dispatched): one question for all of them. */
const GATHER_MS = 300;
/** When much happens at once, the docket is not read again and again. */
const CALM_MS = 3_000;

export class DeskSession {
  readonly city: CitySession;
  readonly book: DeskBook;
  readonly window: DeskWindow;
  readonly bulk: BulkSend;
  readonly marked = new Set<string>();
  /** Whether the docket has been read once. */
  isRead = false;
  /** Kitchens, and cases of none, to read anew. */
  #kitchens = new Set<string>();
  #loose = new Set<string>();
  #isReading = false;
  #isClosed = false;

  private constructor(city: CitySession, bulk: DeskOptions["bulk"]) {
    this.city = city;
    const state = city.city;
    this.book = new DeskBook({
      alert: (id) => city.book.get(id),
      place: (work) => placeOf(work, state),
    });
    this.window = new DeskWindow(this.book);
    this.bulk = new BulkSend(
      async (id, order) => {
        const after = await commandCase(id, order);
        this.book.put(after);
        return after;
      },
      (state) => {
        if (state?.phase === "done") this.marked.clear();
        bulk(state);
      },
    );
  }

  /** Throws an `ApiError` if the server does not let us in or cannot answer. */
  static async open({ picture, bulk }: DeskOptions): Promise<DeskSession> {
    let desk: DeskSession | null = null;
    const city = await CitySession.open({
      picture,
      work: {
        alert: (alert) => desk?.readAgain(alert.case, alert.kitchen),
        step: (step) => {
          desk?.book.step(step);
          desk?.readAgain(step.case, step.kitchen);
        },
      },
    });
    desk = new DeskSession(city, bulk);
    void desk.#readDocket();
    return desk;
  }

  /** Grows with every change of what the list shows. */
  get version(): number {
    return this.book.version + this.city.book.version;
  }

  get reader(): Reader {
    const { role } = this.city.who;
    const { time } = this.city.city;
    return { role: role === "admin" ? null : role, now: Number.isNaN(time) ? Date.now() : time };
  }

  /** Something has changed about a case: what the stream does not say is asked for. */
  readAgain(id: string, kitchen: string | null): void {
    if (kitchen === null) this.#loose.add(id);
    else this.#kitchens.add(kitchen);
    if (this.isRead && !this.#isReading) void this.#readChanged();
  }

  close(): void {
    this.#isClosed = true;
    this.city.close();
  }

  async #readDocket(): Promise<void> {
    this.#isReading = true;
    try {
      const seen = new Set<string>();
      let cursor: string | null = null;
      do {
        const { items, next } = await getCases(OPEN_STATES, cursor);
        for (const work of items) {
          seen.add(work.case);
          this.book.put(work);
        }
        cursor = next;
      } while (cursor !== null);
      if (!this.isRead) this.book.letGo(seen);
      this.isRead = true;
      this.book.version++;
    } catch (error) {
      console.warn("the docket could not be read, trying again", error);
      if (!this.#isClosed) setTimeout(() => void this.#readDocket(), RETRY_MS);
      return;
    }
    await this.#readChanged();
  }

  async #readChanged(): Promise<void> {
    this.#isReading = true;
    while (this.#kitchens.size + this.#loose.size > 0 && !this.#isClosed) {
      await new Promise((next) => setTimeout(next, GATHER_MS));
      if (this.#kitchens.size > ASKED_MAX) await new Promise((next) => setTimeout(next, CALM_MS));
      const [kitchens, loose] = [this.#kitchens, this.#loose];
      this.#kitchens = new Set();
      this.#loose = new Set();
      if (kitchens.size > ASKED_MAX) return this.#readDocket();
      for (const kitchen of kitchens) await this.#read(kitchen, null);
      for (const id of loose) await this.#read(null, id);
    }
    this.#isReading = false;
  }

  async #read(kitchen: string | null, id: string | null): Promise<void> {
    try {
      const found = kitchen === null ? [await getCase(id ?? "")] : (await getCasesOf(kitchen)).items;
      for (const work of found) this.book.put(work);
    } catch (error) {
      console.warn("a case could not be read, trying again", error);
      if (!this.#isClosed) setTimeout(() => this.readAgain(id ?? "", kitchen), RETRY_MS);
    }
  }
}

function placeOf({ kitchen, asset }: CaseView, city: CitySession["city"]) {
  const index = kitchen === null ? -1 : city.indexOf(kitchen);
  if (index < 0) return { name: kitchen ?? "", ...assetPlace(asset) };
  return {
    name: city.names[index] ?? "",
    banner: city.banners[index] ?? null,
    office: city.offices[index] ?? null,
  };
}
