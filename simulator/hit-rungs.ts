/** What a burst of a model's hits deserves (DOMAIN §5.2, P01–P09): by when its hits are enough. A false hit deserves as much: a lead. */
import type { Level } from "../twin/events/fields.ts";
import { minutes, SECOND_MS } from "../twin/kernel/time.ts";
import type { CameraHits } from "./incidents.ts";
import type { Rung } from "./truth.ts";

type Hits = CameraHits["hits"];

/** So long after the first hit a further one is enough; `count`: so many separate stretches are. */
interface Enough {
  readonly level: Level;
  readonly afterMs?: number;
  readonly count?: number;
}

const ENOUGH: Readonly<Record<string, readonly Enough[]>> = {
  P01: [{ level: "L4", afterMs: 5 * SECOND_MS }],
  P02: [{ level: "L3", afterMs: 1 }],
  P03: [{ level: "L4", afterMs: 30 * SECOND_MS }],
  P04: [{ level: "L3", afterMs: 0 }],
  P05: [{ level: "L3", afterMs: 10 * SECOND_MS }],
  P06: [{ level: "L4", afterMs: minutes(10) }],
  P07: [
    { level: "L3", afterMs: 0 },
    { level: "L2", afterMs: minutes(10) },
  ],
  P08: [{ level: "L3", count: 3 }],
  P09: [{ level: "L2", afterMs: minutes(5) }],
};
/** Codes that count only where food is handled. */
const AMONG_FOOD: ReadonlySet<string> = new Set(["P01", "P03"]);
const FOOD_ZONES: ReadonlySet<string> = new Set([
  "cooking",
  "rte-room",
  "prep",
  "cutting",
  "wash",
  "serving",
]);

export function hitRungs(code: string, hits: Hits, zone: string | null): Rung[] {
  if (AMONG_FOOD.has(code) && !FOOD_ZONES.has(zone ?? "")) return [];
  return (ENOUGH[code] ?? []).flatMap((enough) => {
    const rung = rungOf(enough, hits);
    return rung === null ? [] : [rung];
  });
}

function rungOf({ level, afterMs, count }: Enough, hits: Hits): Rung | null {
  const first = hits[0];
  if (first === undefined) return null;
  if (count !== undefined) {
    const last = hits[count - 1];
    return last === undefined ? null : { level, earliest: last.at, latest: last.at, sure: true };
  }
  const from = first.at + (afterMs ?? 0);
  const enough = hits.find(({ at, lastedMs = 0 }) => at + lastedMs >= from);
  if (enough === undefined) return null;
  return { level, earliest: from, latest: Math.max(from, enough.at + (enough.lastedMs ?? 0)), sure: true };
}
