/** The names on the map: a card for each banner with its alerts while far away, town names when near. */
import { type Banner, banners, type Town, towns } from "../../twin/city/geography.ts";
import type { Lang } from "../i18n/dictionary.ts";
import { bannerShortName } from "../i18n/enum-labels.ts";
import { type StateCounts, totalOf } from "../live/city-state.ts";
import { GLYPHS } from "../palette.ts";
import { LabelOverlay, type Offset } from "./label-overlay.ts";
import { freeArea } from "./views.ts";

/** Above: banner cards; below: towns, the small ones only when nearer still. Camera heights, m. */
const CARDS_FROM = 210_000;
const TOWNS_TO = 420_000;
const SMALL_TOWNS_TO = 260_000;
const LEVELS = ["L1", "L2", "L3"] as const;

export class CityLabels {
  readonly overlay: LabelOverlay;
  readonly #cards = new Map<string, Card>();
  readonly #towns: { readonly town: Town; readonly element: HTMLElement }[] = [];
  #lang: Lang;

  constructor(container: HTMLElement, lang: Lang, choose: (banner: string) => void) {
    this.overlay = new LabelOverlay(container, freeArea);
    this.#lang = lang;
    for (const banner of banners) {
      const card = new Card(banner, choose);
      this.#cards.set(banner.code, card);
      this.overlay.add({
        element: card.element,
        point: banner.seat,
        offsets: CARD_OFFSETS[banner.code] ?? [{ x: 0, y: -24 }],
        weight: 10_000 + banner.population / 1000,
        from: CARDS_FROM,
        to: Number.POSITIVE_INFINITY,
      });
    }
    for (const town of towns) {
      const element = document.createElement("span");
      element.className = "town-label";
      this.#towns.push({ town, element });
      this.overlay.add({
        element,
        point: town.center,
        weight: town.kitchens,
        from: 900,
        to: town.kitchens > 60 ? TOWNS_TO : SMALL_TOWNS_TO,
      });
    }
    this.setLang(lang);
  }

  setLang(lang: Lang): void {
    this.#lang = lang;
    for (const card of this.#cards.values()) card.name(lang);
    for (const { town, element } of this.#towns) element.textContent = town[lang];
    this.overlay.remeasure();
  }

  setCounts(counts: Readonly<Record<string, StateCounts>>): void {
    let changed = false;
    for (const [code, card] of this.#cards) {
      const own = counts[code];
      if (own !== undefined && card.show(own, this.#lang)) changed = true;
      card.element.hidden = own !== undefined && totalOf(own) === 0;
    }
    if (changed) this.overlay.remeasure();
  }
}

class Card {
  readonly element = document.createElement("button");
  readonly #banner: Banner;
  readonly #name = document.createElement("strong");
  readonly #total = document.createElement("span");
  readonly #chips = document.createElement("span");
  #text = "";

  constructor(banner: Banner, choose: (banner: string) => void) {
    this.#banner = banner;
    this.element.type = "button";
    this.element.className = "banner-card";
    this.element.dataset.banner = banner.code;
    this.#total.className = "total";
    this.#chips.className = "chips";
    this.element.append(this.#name, this.#total, this.#chips);
    this.element.addEventListener("click", () => choose(banner.code));
  }

  name(lang: Lang): void {
    this.#name.textContent = bannerShortName(this.#banner.code, lang);
  }

  /** Says whether the text became another. */
  show(counts: StateCounts, lang: Lang): boolean {
    const total = totalOf(counts).toLocaleString("en");
    const text = `${lang} ${total} ${LEVELS.map((level) => counts[level]).join(" ")}`;
    if (text === this.#text) return false;
    this.#text = text;
    this.#total.textContent = total;
    const levels = LEVELS.filter((level) => counts[level] > 0).map((level) => `${level} ${counts[level]}`);
    this.element.setAttribute("aria-label", [this.#name.textContent, total, ...levels].join(", "));
    this.#chips.replaceChildren(
      ...LEVELS.filter((level) => counts[level] > 0).map((level) => chip(level, counts[level])),
    );
    return true;
  }
}

function chip(level: "L1" | "L2" | "L3", count: number): HTMLElement {
  const element = document.createElement("span");
  element.className = `chip state-${level}`;
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", GLYPHS[level]);
  path.setAttribute("fill-rule", "evenodd");
  picture.append(path);
  element.append(picture, String(count));
  return element;
}

/**
 * Where each card may stand off its seat, px, so that the nine neither hide one another nor the beams of the busy centre;
 * the later places are for narrow windows.
 */
const CARD_OFFSETS: Readonly<Record<string, readonly Offset[]>> = {
  "150602": [{ x: -104, y: -26 }],
  "150603": [
    { x: -118, y: 26 },
    { x: -128, y: 66 },
    { x: -60, y: 150 },
  ],
  "150621": [
    { x: -12, y: -86 },
    { x: -96, y: -34 },
    { x: -150, y: -10 },
  ],
  "150622": [{ x: -46, y: -112 }],
  "150623": [
    { x: -6, y: 78 },
    { x: 20, y: -30 },
  ],
  "150624": [{ x: -30, y: -34 }],
  "150625": [
    { x: -58, y: -22 },
    { x: -112, y: 6 },
    { x: -100, y: -46 },
  ],
  "150626": [
    { x: -14, y: -44 },
    { x: 40, y: 70 },
  ],
  "150627": [
    { x: 118, y: 112 },
    { x: 60, y: 140 },
  ],
};
