/**
 * The same work the plain way: one XState actor per kitchen that gets every reading as an event, behind RxJS's `groupBy`
 * of kitchens. Both get the same trace of readings and find the same fridges and freezers; ours also checks every message at the door,
 * orders it and drops repeats, which the plain way leaves out. It gets its readings parsed, as objects.
 */
import { groupBy, map, mergeMap, from as rxFrom } from "rxjs";
import { coldTrace, compared, type Found, foundHere } from "../cold-trace.ts";
import { type BenchOptions, defineBenchmark, rate, type Told } from "../figure.ts";
import { watch } from "../measure.ts";
import { PlainKitchens, type PlainReading } from "../plain-kitchens.ts";

const KITCHENS = 2_000;
const HOURS = 2;

export const naive = defineBenchmark({
  name: "naive",
  about: "readings through one XState actor per kitchen behind RxJS groupBy, against ours",
  async run({ seed, kitchens, hours }: BenchOptions): Promise<Told> {
    const trace = coldTrace({ seed, kitchens: kitchens ?? KITCHENS, hours: hours ?? HOURS });
    const ours = foundHere(trace);
    const plain = foundPlainly(trace.readings);
    const { figure, note, perTheirs } = compared("naive", "the plain way", trace, ours, plain);
    return { figures: [figure, rate("naive.plain", perTheirs, "readings/s/core", null)], notes: [note] };
  },
});

function foundPlainly(readings: readonly PlainReading[]): Found {
  const spent = watch();
  const kitchens = new PlainKitchens();
  rxFrom(readings)
    .pipe(
      groupBy(({ kitchen }) => kitchen),
      mergeMap((group) => group.pipe(map((reading) => kitchens.actorOf(group.key).send(reading)))),
    )
    .subscribe();
  kitchens.stop();
  const alerts = new Set(kitchens.alerts.map(({ code, device, time }) => `${code} ${device} ${time}`));
  return { alerts, spent: spent() };
}
