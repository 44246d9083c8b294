/** A small city that a twin has watched for two hours, for tests of what runs on from there. */
import { Simulation } from "../../simulator/simulation.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { HOUR_MS, MINUTE_MS, minutes, parseTime } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import { Door } from "../door/door.ts";
import { STRUCTURED } from "../door/media-type.ts";
import { foldOf } from "../fold-of.ts";
import type { SavedFold } from "../saved-fold.ts";
import type { ForkChange } from "./fork-change.ts";
import type { ForkFigures } from "./fork-outcome.ts";
import { ForkRun } from "./fork-run.ts";

/** A Tuesday. */
export const WATCHED_FROM = parseTime("2026-06-02T08:00:00+08:00");
export const FORKED_AT = WATCHED_FROM + 2 * HOUR_MS;
const KITCHENS = 180;

export interface WatchedCity {
  readonly city: City;
  readonly door: Door;
  /** The twin's state as JSON. */
  readonly saved: string;
  /** Product and lot that most kitchens received. */
  readonly lot: { readonly product: string; readonly lot: string };
}

export function watchedCity(): WatchedCity {
  const city = generateCity({ seed: 1, preset: "baseline", kitchens: KITCHENS });
  const door = new Door(city);
  const fold = foldOf(city, { early: true });
  const simulation = new Simulation({ city, seed: 1, from: WATCHED_FROM });
  const lots = new Map<string, number>();
  let position = 0;
  for (let at = WATCHED_FROM; at < FORKED_AT; at += MINUTE_MS) {
    for (const arrival of simulation.advance(at + MINUTE_MS)) {
      const { receivedAt } = arrival;
      if (arrival.kind === "columns") {
        fold.columns({ columns: arrival.columns, receivedAt, exercise: false, position: position++ });
        continue;
      }
      const intake = door.cloudEvents(JSON.stringify(arrival.event), STRUCTURED, {}, receivedAt);
      for (const item of intake.admitted) {
        if (item.kind !== "event") continue;
        fold.event({ ...item.event, position: position++ });
        if (item.event.type !== "warmcity.goods.received" || item.event.data.lot == null) continue;
        const name = `${item.event.data.product}\n${item.event.data.lot}`;
        lots.set(name, (lots.get(name) ?? 0) + 1);
      }
    }
    fold.tick(at + MINUTE_MS, at >= FORKED_AT - minutes(30));
    fold.take();
  }
  const [name = ""] = [...lots].reduce((most, one) => (one[1] > most[1] ? one : most));
  const [product = "", lot = ""] = name.split("\n");
  return { city, door, saved: JSON.stringify(fold.save()), lot: { product, lot } };
}

/** A run from there to its end. */
export function forked(
  { city, door, saved }: WatchedCity,
  hours: number,
  changes: readonly ForkChange[],
  seed = 1,
): { readonly run: ForkRun; readonly figures: ForkFigures } {
  const state: SavedFold = JSON.parse(saved);
  const ground = { city, door, saved: state, policies: DEFAULT_POLICIES };
  const run = new ForkRun({ ...ground, seed, lastsMs: hours * HOUR_MS, changes });
  while (run.live());
  return { run, figures: run.figures() };
}
