/** Everything that a processor knows, as text: but for log positions, which differ where outputs stand in another order. */
import { hashOf } from "../../stream/outlets/replay-files.ts";
import { casesOf } from "../../stream/projections/case-view.ts";
import { kitchenView } from "../../stream/projections/kitchen-view.ts";
import type { City } from "../../twin/city/city.ts";
import type { OpenedLog } from "./opened.ts";

const POSITIONS = /"position":\d+/g;
/** Numbers of a row of the lot book; the sixth is the position of the first receipt (second-stage/lot-book.ts). */
const ROWS = /"rows":\[([^\]]*)\]/g;
const LOT_STRIDE = 7;
const LOT_POSITION = 5;

/** JSON text without log positions. */
function unplaced(value: unknown): string {
  return JSON.stringify(value)
    .replace(POSITIONS, '"position":null')
    .replace(ROWS, (_, numbers: string) => {
      const kept = numbers.split(",").map((number, i) => (i % LOT_STRIDE === LOT_POSITION ? "null" : number));
      return `"rows":[${kept.join(",")}]`;
    });
}

/** What a snapshot would hold, part by part, and the read model of the alerts. */
export function wholeState({ processor: { fold, alerts } }: OpenedLog): Map<string, string> {
  const parts = Object.entries(fold.save()).map(([name, part]) => [name, unplaced(part)] as const);
  return new Map([...parts, ["alert index", alerts.save().map(unplaced).sort().join("\n")]]);
}

/** Of cases and kitchens, as `summary.json` of a replay has it. */
export function stateHash(city: City, { processor: { fold } }: OpenedLog): string {
  return hashOf([
    ...casesOf(city, fold).map(unplaced),
    ...city.kitchens.map((_, index) => unplaced(kitchenView(city, fold, index, -1))),
  ]);
}

/** The first part that is not the same, around where it differs; `null` = none. */
export function firstDifference(found: Map<string, string>, wanted: Map<string, string>): string | null {
  for (const [name, text] of found) {
    const want = wanted.get(name) ?? "";
    if (text === want) continue;
    let at = 0;
    while (text[at] === want[at]) at++;
    const around = (whole: string) => whole.slice(Math.max(0, at - 60), at + 60);
    return `${name}: …${around(text)}… instead of …${around(want)}…`;
  }
  return null;
}
