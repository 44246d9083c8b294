/**
 * The same work the plain way: one XState actor per kitchen that gets every reading as an event, behind RxJS's `groupBy`
 * of kitchens. Both get the same trace of readings and find the same fridges and freezers; ours also checks every message at the door,
 * orders it and drops repeats, which the plain way leaves out. It gets its readings parsed, as objects.
 */
import { groupBy, map, mergeMap, from as rxFrom } from "rxjs";
import type { Incident } from "../../simulator/incidents.ts";
import { type Arrival, Simulation } from "../../simulator/simulation.ts";
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import { Door } from "../../stream/door/door.ts";
import { foldOf } from "../../stream/fold-of.ts";
import { type ArrivalPack, enterArrival, packArrivals } from "../../stream/sources/arrival-pack.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { type BenchOptions, defineBenchmark, rate, type Told } from "../figure.ts";
import { type Spent, watch } from "../measure.ts";
import { PlainKitchens, type PlainReading } from "../plain-kitchens.ts";

const KITCHENS = 2_000;
const HOURS = 2;
const FROM = parseTime("2026-06-02T10:00:00+08:00");
/** One cold unit in so many stops working, so that there is something to find. */
const FAILS_EVERY = 150;

export const naive = defineBenchmark({
  name: "naive",
  about: "readings through one XState actor per kitchen behind RxJS groupBy, against ours",
  async run(options: BenchOptions): Promise<Told> {
    const kitchens = options.kitchens ?? KITCHENS;
    const city = generateCity({ seed: options.seed, preset: "full", kitchens });
    const trace = traceOf(city, options.seed, (options.hours ?? HOURS) * HOUR_MS);
    const readings = readingsOf(city, trace);
    const pack = packArrivals(trace, new ColumnsCodec(city));
    const ours = measured(() => foldedHere(city, pack));
    const plain = measured(() => foldedPlainly(readings));
    const [perOurs, perPlain] = [readings.length / ours.spent.cpu, readings.length / plain.spent.cpu];
    return {
      figures: [
        {
          name: "naive",
          value: perOurs,
          unit: "readings/s/core",
          ratio: perOurs / perPlain,
          against: `the plain way's ${Math.round(perPlain)} readings/s/core in the same run`,
        },
        rate("naive.plain", perPlain, "readings/s/core", null),
      ],
      notes: [
        {
          title: `T01 and T02 in ${readings.length} readings of ${kitchens} kitchens`,
          lines: [
            `ours ${ours.found.size}, the plain way ${plain.found.size},` +
              ` the same asset and moment ${[...ours.found].filter((one) => plain.found.has(one)).length}`,
          ],
        },
      ],
    };
  },
});

/** The columns with which sensors speak, in order of arrival. */
function traceOf(city: City, seed: number, forMs: number): Arrival[] {
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

function measured(find: () => Set<string>): { found: Set<string>; spent: Spent } {
  const spent = watch();
  const found = find();
  return { found, spent: spent() };
}

function foldedHere(city: City, pack: ArrivalPack): Set<string> {
  const door = new Door(city);
  const fold = foldOf(city, { early: false });
  const found = new Set<string>();
  for (let position = 0; position < pack.receivedAt.length; position++) {
    for (const item of enterArrival(pack, position, door).admitted) {
      if (item.kind !== "columns") continue;
      const { columns, receivedAt, exercise } = item;
      fold.columns({ columns, receivedAt, exercise, position });
    }
  }
  fold.finish(fold.now);
  for (const output of fold.take()) {
    if (output.type !== "warmcity.alert.raised" || !["T01", "T02"].includes(output.data.code)) continue;
    found.add(`${output.data.code} ${output.data.asset} ${output.time}`);
  }
  return found;
}

function foldedPlainly(readings: readonly PlainReading[]): Set<string> {
  const kitchens = new PlainKitchens();
  rxFrom(readings)
    .pipe(
      groupBy(({ kitchen }) => kitchen),
      mergeMap((group) => group.pipe(map((reading) => kitchens.actorOf(group.key).send(reading)))),
    )
    .subscribe();
  kitchens.stop();
  return new Set(kitchens.alerts.map(({ code, device, time }) => `${code} ${device} ${time}`));
}
