/**
 * A trace of sensors in which cold units stop working, as every way of the comparison gets it, and what ours finds in it: T01 and T02
 * of the catalogue.
 */
import type { Incident } from "../simulator/incidents.ts";
import { type Arrival, Simulation } from "../simulator/simulation.ts";
import { ColumnsCodec } from "../stream/door/columns-binary.ts";
import { Door } from "../stream/door/door.ts";
import { foldOf } from "../stream/fold-of.ts";
import { type ArrivalPack, enterArrival, packArrivals } from "../stream/sources/arrival-pack.ts";
import type { City } from "../twin/city/city.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import type { Figure, Note } from "./figure.ts";
import { type Spent, watch } from "./measure.ts";
import type { PlainReading } from "./plain-kitchens.ts";

const FROM = parseTime("2026-06-02T10:00:00+08:00");
/** One cold unit in so many stops working, so that there is something to find. */
const FAILS_EVERY = 150;
const COLD_CODES: readonly string[] = ["T01", "T02"];

export interface ColdTrace {
  readonly city: City;
  /** As ours gets it: bytes, in order of arrival. */
  readonly pack: ArrivalPack;
  /** As the others get it: parsed, one object each. */
  readonly readings: readonly PlainReading[];
}

/** What a way found (`code asset moment`), and at what cost. */
export interface Found {
  readonly alerts: ReadonlySet<string>;
  readonly spent: Spent;
}

export function coldTrace(of: {
  readonly seed: number;
  readonly kitchens: number;
  readonly hours: number;
}): ColdTrace {
  const city = generateCity({ seed: of.seed, preset: "full", kitchens: of.kitchens });
  const trace = arrivalsOf(city, of.seed, of.hours * HOUR_MS);
  return { city, readings: readingsOf(city, trace), pack: packArrivals(trace, new ColumnsCodec(city)) };
}

/** Ours: every message is checked at the door, ordered, repeats dropped. */
export function foundHere({ city, pack }: ColdTrace): Found {
  const spent = watch();
  const door = new Door(city);
  const fold = foldOf(city, { early: false });
  const alerts = new Set<string>();
  for (let position = 0; position < pack.receivedAt.length; position++) {
    for (const item of enterArrival(pack, position, door).admitted) {
      if (item.kind !== "columns") continue;
      const { columns, receivedAt, exercise } = item;
      fold.columns({ columns, receivedAt, exercise, position });
    }
  }
  fold.finish(fold.now);
  for (const output of fold.take()) {
    if (output.type !== "warmcity.alert.raised" || !COLD_CODES.includes(output.data.code)) continue;
    alerts.add(`${output.data.code} ${output.data.asset} ${output.time}`);
  }
  return { alerts, spent: spent() };
}

/** Ours against another way that got the same trace. */
export function compared(name: string, theirName: string, trace: ColdTrace, ours: Found, theirs: Found) {
  const { readings, city } = trace;
  const [perOurs, perTheirs] = [readings.length / ours.spent.cpu, readings.length / theirs.spent.cpu];
  const figure: Figure = {
    name,
    value: perOurs,
    unit: "readings/s/core",
    ratio: perOurs / perTheirs,
    against: `${theirName}: ${Math.round(perTheirs)} readings/s/core in the same run`,
  };
  const note: Note = {
    title: `T01 and T02 in ${readings.length} readings of ${city.kitchens.length} kitchens`,
    lines: [
      `ours ${ours.alerts.size}, ${theirName} ${theirs.alerts.size},` +
        ` the same asset and moment ${[...ours.alerts].filter((one) => theirs.alerts.has(one)).length}`,
    ],
  };
  return { figure, note, perTheirs };
}

/** The columns with which sensors speak, in order of arrival. */
function arrivalsOf(city: City, seed: number, forMs: number): Arrival[] {
  const simulation = new Simulation({ city, seed, from: FROM, load: false, incidents: failures(city) });
  return [...simulation.advance(FROM + forMs)].filter(
    (arrival) => arrival.kind === "columns" && arrival.columns.value.some((value) => !Number.isNaN(value)),
  );
}

function failures(city: City): Incident[] {
  const cold = city.devices.filter(
    ({ kind }) => kind === "fridge-temperature" || kind === "freezer-temperature",
  );
  return cold
    .filter((_, i) => i % FAILS_EVERY === 0)
    .map(({ id }) => ({
      kind: "cold-failure",
      device: id,
      at: FROM + 5 * MINUTE_MS,
      slopePerMin: 1,
      ambient: 20,
      repairAt: null,
    }));
}

function readingsOf(city: City, trace: readonly Arrival[]): PlainReading[] {
  return trace.flatMap((arrival) => {
    if (arrival.kind !== "columns") return [];
    const { base, devices, device, dtMs, value } = arrival.columns;
    return Array.from(value, (measured, i) => {
      const ordinal = devices[device[i]!]!;
      const { id, kind } = city.devices[ordinal]!;
      const kitchen = city.kitchens[city.kitchenOfDevice[ordinal]!]!.id;
      return { type: "reading" as const, kitchen, device: id, kind, time: base + dtMs[i]!, value: measured };
    }).filter(({ value: measured }) => !Number.isNaN(measured));
  });
}
