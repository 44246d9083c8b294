/** All that came of a story in short words, one happening a line: what a reviewer reads, and a later run is held against. */
import { alertsOf, type Happening, noticesOf, shown, stepsOf } from "../happenings.ts";
import type { Telling } from "../telling.ts";
import type { Verdict } from "../verdict.ts";
import { lineDifference } from "./line-difference.ts";

interface Told extends Happening {
  /** Kitchen id; `null` = an area, a station. */
  readonly kitchen: string | null;
}

/** Lines in order of time; what happens alike to several kitchens at once is one line. */
export function goldenText(telling: Telling): string {
  const told = [null, ...telling.city.kitchens.map(({ id }) => id)].flatMap((kitchen) =>
    toldOf(telling, kitchen),
  );
  const groups = new Map<string, { readonly first: Told; readonly kitchens: string[] }>();
  for (const one of told) {
    const what = one.kitchen === null ? one.what : one.what.replaceAll(one.kitchen, "*");
    const key = `${shown(one.time)}|${one.kitchen === null}|${what}`;
    const group = groups.get(key) ?? { first: { ...one, what }, kitchens: [] };
    if (one.kitchen !== null) group.kitchens.push(one.kitchen);
    groups.set(key, group);
  }
  const lines = [...groups.values()]
    .sort((a, b) => a.first.time - b.first.time)
    .map(({ first, kitchens }) => `${shown(first.time)}  ${whose(kitchens)}  ${first.what}`);
  return lines.length === 0 ? "nothing happens\n" : `${lines.join("\n")}\n`;
}

function whose(kitchens: readonly string[]): string {
  if (kitchens.length === 0) return "areas";
  if (kitchens.length <= 3) return kitchens.join(", ");
  return `${kitchens.length} kitchens, ${kitchens[0]} to ${kitchens.at(-1)}`;
}

function toldOf(telling: Telling, kitchen: string | null): Told[] {
  const codes = new Set<string>();
  const colours: Happening[] = [];
  for (const { subject, time, data } of telling.outputs) {
    if (subject !== kitchen) continue;
    if ("raisedAt" in data) codes.add(data.code);
    if ("region" in data && data.region === "colour")
      colours.push({ time, what: `turns ${data.to}, was ${data.from}` });
  }
  const ofCodes = [...codes]
    .sort()
    .flatMap((code) => [
      ...stepsOf(telling, kitchen, code).map(({ time, what }) => ({ time, what: `${code} case ${what}` })),
      ...noticesOf(telling, kitchen, code).map(({ time, what }) => ({ time, what: `${code} tells ${what}` })),
    ]);
  return [...alertsOf(telling, kitchen), ...ofCodes, ...colours].map((happening) => ({
    ...happening,
    kitchen,
  }));
}

const AS_REVIEWED = { zh: "与审阅过的底本一致", en: "is told as in the reviewed text" };

/** Whether a text is the reviewed one; `reviewed` `null` = there is none yet. */
export function goldenVerdict(reviewed: string | null, text: string, file: string): Verdict {
  const lines =
    reviewed === null
      ? ["there is none yet: run with --update, and review it"]
      : lineDifference(reviewed, text);
  const row = { wanted: file, seen: lines.length === 0 ? file : lines.join("\n"), met: lines.length === 0 };
  return { says: AS_REVIEWED, rows: [row] };
}
