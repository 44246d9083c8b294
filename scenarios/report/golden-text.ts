/** All that came of a story in short words, one happening a line: what a reviewer reads, and a later run is held against. */
import { alertsOf, type Happening, noticesOf, shown, stepsOf } from "../happenings.ts";
import type { Telling } from "../telling.ts";
import type { Verdict } from "../verdict.ts";
import { lineDifference } from "./line-difference.ts";

/** A story of more kitchens is told by the minute. */
const BY_SECONDS_MAX = 12;

/** What happens in one kitchen (`null`: areas and stations) at one time because of one code. */
interface Moment {
  readonly when: string;
  readonly kitchen: string | null;
  readonly about: string;
  readonly words: string[];
}

/** Lines in order of time; what happens alike to several kitchens at once is one line, with `*` for their names. */
export function goldenText(telling: Telling): string {
  const { kitchens } = telling.city;
  const byMinutes = kitchens.length > BY_SECONDS_MAX;
  const digits = byMinutes ? "05-12 14:21".length : "05-12 14:21:25".length;
  const moments = [null, ...kitchens.map(({ id }) => id)].flatMap((kitchen) =>
    momentsOf(telling, kitchen, (time) => shown(time).slice(0, digits)),
  );
  const groups = new Map<string, { readonly when: string; readonly what: string; readonly of: string[] }>();
  for (const { when, kitchen, about, words } of moments) {
    const what = `${about} ${counted(byMinutes ? words.toSorted() : words).join("; ")}`.replaceAll(
      kitchen ?? "*",
      "*",
    );
    const key = `${when}|${kitchen === null}|${what}`;
    const group = groups.get(key) ?? { when, what, of: [] };
    if (kitchen !== null) group.of.push(kitchen);
    groups.set(key, group);
  }
  const lines = [...groups.values()]
    .sort((a, b) => inOrder(a.when, b.when))
    .map(({ when, what, of }) => `${when}  ${whose(of)}  ${what}`);
  return lines.length === 0 ? "nothing happens\n" : `${lines.join("\n")}\n`;
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whose(kitchens: readonly string[]): string {
  if (kitchens.length === 0) return "areas";
  if (kitchens.length <= 3) return kitchens.join(", ");
  return `${kitchens.length} kitchens, ${kitchens[0]} to ${kitchens.at(-1)}`;
}

/** Each word once, with how often it is said. */
function counted(words: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].map(([word, count]) => (count === 1 ? word : `${word} (${count} times)`));
}

function momentsOf(telling: Telling, kitchen: string | null, whenOf: (time: number) => string): Moment[] {
  const codes = new Set<string>();
  const moments = new Map<string, Moment>();
  const note = (about: string, { time, what }: Happening) => {
    const when = whenOf(time);
    const moment = moments.get(`${when} ${about}`) ?? { when, kitchen, about, words: [] };
    moment.words.push(what);
    moments.set(`${when} ${about}`, moment);
  };
  for (const { subject, data } of telling.outputs)
    if (subject === kitchen && "raisedAt" in data) codes.add(data.code);
  for (const { time, what } of alertsOf(telling, kitchen))
    note(what.slice(0, 3), { time, what: what.slice(4) });
  for (const code of [...codes].sort()) {
    for (const { time, what } of stepsOf(telling, kitchen, code)) note(code, { time, what: `case ${what}` });
    for (const told of noticesAt(noticesOf(telling, kitchen, code))) note(code, told);
  }
  for (const { subject, time, data } of telling.outputs) {
    if (subject === kitchen && "region" in data && data.region === "colour")
      note("colour", { time, what: `${data.from} to ${data.to}` });
  }
  return [...moments.values()];
}

/** All that is told at one time as one: `tells L2: O by call, push, sms; S by push`. */
function noticesAt(notices: readonly Happening[]): Happening[] {
  const byTime = new Map<number, string[]>();
  for (const { time, what } of notices) byTime.set(time, [...(byTime.get(time) ?? []), what]);
  return [...byTime].map(([time, told]) => ({ time, what: `tells ${[...new Set(told)].sort().join(", ")}` }));
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
