/**
 * Names over the globe as HTML, so that they are as sharp, translatable and accessible as the rest of the page. Placed
 * after each rendered frame; where two would overlap, the one of lesser weight hides.
 */
import { Cartesian3 } from "@cesium/engine";
import type { Point } from "../../twin/city/geography.ts";
import type { Viewport } from "./screen-scan.ts";
import type { FreeArea } from "./views.ts";

export interface MapLabel {
  readonly element: HTMLElement;
  readonly point: Point;
  /** The heavier wins the place. */
  readonly weight: number;
  /** Camera heights between which it is shown, m. */
  readonly from: number;
  readonly to: number;
  /** Stands this far off its point, and a line leads there; the first place that is free is taken. None: on the point. */
  readonly offsets?: readonly Offset[];
}

/** Px to the right and down, to the foot of the label. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

const ON_THE_POINT: readonly Offset[] = [{ x: 0, y: 0 }];

/** A name that comes and goes: of a kitchen that has an alert, or is selected. */
export interface Guest {
  readonly text: string;
  /** Class of the element, for its colour. */
  readonly kind: string;
  /** CSS px; the name stands below. */
  readonly x: number;
  readonly y: number;
}

interface Placed extends MapLabel {
  readonly spot: Cartesian3;
  readonly leader: HTMLElement | null;
  width: number;
  height: number;
  shown: boolean;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP_PX = 4;
/** So much of a label may slip under a panel. */
const EDGE_PX = 12;
const GUEST_CHARACTER_PX = 12.5;
const GUEST_LINE_PX = 18;
const GUEST_BELOW_PX = 13;

export class LabelOverlay {
  readonly #container: HTMLElement;
  readonly #free: (width: number) => FreeArea;
  #labels: Placed[] = [];
  readonly #guests: HTMLElement[] = [];

  /** Labels that would lie under the panels hide; `free` = what they leave of a window of some width. */
  constructor(container: HTMLElement, free: (width: number) => FreeArea) {
    this.#container = container;
    this.#free = free;
  }

  add(label: MapLabel): void {
    label.element.style.visibility = "hidden";
    const leader = label.offsets === undefined ? null : document.createElement("i");
    if (leader !== null) {
      leader.className = "leader";
      leader.style.visibility = "hidden";
      this.#container.prepend(leader);
    }
    this.#container.append(label.element);
    this.#labels.push({
      ...label,
      spot: Cartesian3.fromDegrees(label.point.lon, label.point.lat),
      leader,
      width: 0,
      height: 0,
      shown: false,
    });
    this.#labels.sort((a, b) => b.weight - a.weight);
  }

  /** Texts changed: sizes must be taken anew. */
  remeasure(): void {
    for (const label of this.#labels) label.width = 0;
  }

  /** Guests come first, in their order. */
  place(viewport: Viewport, cameraHeight: number, guests: readonly Guest[]): void {
    const taken: Box[] = [];
    this.#placeGuests(guests, viewport, taken);
    this.#placeLabels(viewport, cameraHeight, taken);
  }

  #isFree({ left, right, top, bottom }: Box, width: number, height: number): boolean {
    const free = this.#free(width);
    return (
      left > free.left - EDGE_PX &&
      right < width - free.right + EDGE_PX &&
      top > free.top - EDGE_PX &&
      bottom < height
    );
  }

  #placeGuests(guests: readonly Guest[], { width, height }: Viewport, taken: Box[]): void {
    while (this.#guests.length < guests.length) {
      const element = document.createElement("span");
      this.#guests.push(element);
      this.#container.append(element);
    }
    this.#guests.forEach((element, i) => {
      const guest = guests[i];
      if (guest === undefined) {
        element.style.visibility = "hidden";
        return;
      }
      if (element.textContent !== guest.text) element.textContent = guest.text;
      element.className = `kitchen-name ${guest.kind}`;
      const half = (guest.text.length * GUEST_CHARACTER_PX) / 2;
      const top = guest.y + GUEST_BELOW_PX;
      const box = { left: guest.x - half, right: guest.x + half, top, bottom: top + GUEST_LINE_PX };
      const isInSight = guest.kind === "selected" || this.#isFree(box, width, height);
      const shown = isInSight && !taken.some((other) => overlap(box, other));
      if (shown) taken.push(box);
      element.style.visibility = shown ? "visible" : "hidden";
      element.style.transform = `translate(${Math.round(guest.x)}px, ${Math.round(top)}px) translateX(-50%)`;
    });
  }

  #placeLabels({ matrix: m, width, height }: Viewport, cameraHeight: number, taken: Box[]): void {
    for (const label of this.#labels) {
      const { spot, element } = label;
      const w = m[3]! * spot.x + m[7]! * spot.y + m[11]! * spot.z + m[15]!;
      const x = ((m[0]! * spot.x + m[4]! * spot.y + m[8]! * spot.z + m[12]!) / w + 1) * 0.5 * width;
      const y = (1 - (m[1]! * spot.x + m[5]! * spot.y + m[9]! * spot.z + m[13]!) / w) * 0.5 * height;
      const wanted = !element.hidden && w > 0 && cameraHeight >= label.from && cameraHeight < label.to;
      if (wanted && label.width === 0) {
        label.width = element.offsetWidth;
        label.height = element.offsetHeight;
      }
      const box = wanted
        ? (label.offsets ?? ON_THE_POINT)
            .map((offset) => boxOf(label, x + offset.x, y + offset.y))
            .find(
              (place) => this.#isFree(place, width, height) && !taken.some((other) => overlap(place, other)),
            )
        : undefined;
      const shown = box !== undefined;
      if (shown) {
        taken.push(box);
        element.style.transform = `translate(${Math.round(box.left + GAP_PX)}px, ${Math.round(box.top + GAP_PX)}px)`;
        if (label.leader !== null) lead(label.leader, { x, y }, box);
      }
      if (shown !== label.shown) {
        label.shown = shown;
        for (const part of [element, label.leader])
          if (part !== null) part.style.visibility = shown ? "visible" : "hidden";
      }
    }
  }
}

/** The room of a label whose foot is at a point. */
function boxOf({ width, height }: Placed, x: number, y: number): Box {
  return {
    left: x - width / 2 - GAP_PX,
    right: x + width / 2 + GAP_PX,
    top: y - height - GAP_PX,
    bottom: y + GAP_PX,
  };
}

/** Draws the line from the edge of a label to its point. */
function lead(line: HTMLElement, point: { readonly x: number; readonly y: number }, box: Box): void {
  const from = {
    x: Math.max(box.left + GAP_PX, Math.min(box.right - GAP_PX, point.x)),
    y: Math.max(box.top + GAP_PX, Math.min(box.bottom - GAP_PX, point.y)),
  };
  const length = Math.hypot(point.x - from.x, point.y - from.y);
  const angle = Math.atan2(point.y - from.y, point.x - from.x);
  line.style.width = `${length}px`;
  line.style.transform = `translate(${from.x}px, ${from.y}px) rotate(${angle}rad)`;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
