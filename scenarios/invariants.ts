/**
 * What must hold in every story (SCENARIOS, "Invariants"), each as a function that lists what breaks it:
 *
 *   I1 one open case per key, a rise keeps it      I4 who is closed or muted raises nothing, a suppressed case is silent
 *   I2 nobody is notified twice of the same        I8 all that was received is accounted for
 *   I3 only transitions of the case machine        I9 folded again, the same bytes
 *   I5 no lead that nobody confirmed in an index   I10 no reporter named to the outside
 *   I7 evidence is what its hash says
 *
 * And of two tellings, with the story and without (`movedBystanders`): I6, the index of who is not named stays.
 * And of the house: the evidence of every alert speaks Chinese and English.
 */
import type { Output } from "../stream/output.ts";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import { factsOfCases } from "../stream/rating/case-facts.ts";
import { Exposure } from "../stream/rating/exposure.ts";
import type { ReplaySummary } from "../stream/replay.ts";
import { type CaseEdge, caseStates } from "../twin/case.machine.ts";
import type { Case, CaseChange } from "../twin/case.ts";
import { INDEX_2026 } from "../twin/food-safety-index/index-constants.ts";
import type { IndexFact } from "../twin/food-safety-index/index-fact.ts";
import { ownScore } from "../twin/food-safety-index/own-score.ts";
import { sha256Hex } from "../twin/kernel/sha256.ts";
import { days, parseTime } from "../twin/kernel/time.ts";
import { shown } from "./happenings.ts";
import { areaMembers, silentSince } from "./outage-members.ts";
import { eventsIn, type Line } from "./replayed.ts";
import { type Telling, tell } from "./telling.ts";

/** Everything that is wrong with a telling, in sentences; none = it is sound. */
export function violationsOf(telling: Telling): string[] {
  const { city, lines, until, outputs, summary } = telling;
  const cases = casesIn(telling);
  return [
    ...secondCases(cases),
    ...movedAlerts(outputs),
    ...repeatedNotices(outputs),
    ...forbiddenSteps(cases),
    ...unheardSteps(cases, outputs),
    ...alertsWhileClosed(outputs),
    ...alertsInOutages(telling),
    ...noticesWhileSuppressed(cases, outputs),
    ...leadsInIndex(telling, cases),
    ...wrongHashes(cases),
    ...namedReporters(telling),
    ...mutedWords(outputs),
    ...lossOf(summary, lines),
    ...differences(outputs, tell(city, lines, until).outputs),
  ];
}

/** All cases as they stand, of kitchens and of areas. */
export function casesIn({ city, fold }: Pick<Telling, "city" | "fold">): Case[] {
  const desks = [fold.stage.desk, ...city.kitchens.map((_, index) => fold.settled(index))];
  return desks.flatMap((desk) => Object.values(desk.cases));
}

/** I1: when a second case of a key opens, the one before is over, and stays so. */
export function secondCases(cases: readonly Case[]): string[] {
  const byKey = new Map<string, Case[]>();
  for (const one of cases) {
    const key = `${one.code} ${one.kitchen} ${one.asset}`;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return [...byKey].flatMap(([key, own]) => {
    own.sort((a, b) => a.openedAt - b.openedAt);
    return own.slice(1).flatMap(({ openedAt }, i) => {
      const before = own[i]!;
      const isOver = ["closed", "false", "merged"].includes(stateAt(before, openedAt) ?? "");
      const moves = before.history.filter(({ time, from, to }) => time > openedAt && from !== to);
      return isOver && moves.length === 0 ? [] : [`I1 ${key}: a second case opens at ${shown(openedAt)}`];
    });
  });
}

function stateAt({ history }: Case, time: number): string | null {
  return history.filter((change) => change.time <= time).at(-1)?.to ?? null;
}

/** I1: whatever an alert becomes, its case stays the same. */
export function movedAlerts(outputs: readonly Output[]): string[] {
  const caseOf = new Map<string, string>();
  return outputs.flatMap(({ data }) => {
    if (!("raisedAt" in data)) return [];
    const known = caseOf.get(data.alert) ?? data.case;
    caseOf.set(data.alert, known);
    return known === data.case ? [] : [`I1 alert ${data.alert} moves from case ${known} to ${data.case}`];
  });
}

/**
 * I2: one notification by case, level, recipient and channel. A new episode at L1 or L2 is a new danger to somebody's
 * health, so there the count is by episode that reached the level; the voice in the kitchen speaks once per episode at
 * any level. Whatever flaps within an episode repeats nothing, and no two notifications have one name.
 */
export function repeatedNotices(outputs: readonly Output[]): string[] {
  const episodes = new Map<string, Set<string>>();
  const note = (key: string, alert: string) => episodes.set(key, (episodes.get(key) ?? new Set()).add(alert));
  const heard = new Map<string, number>();
  const names = new Set<string>();
  const twice: string[] = [];
  for (const { data } of outputs) {
    if ("raisedAt" in data) {
      note(data.case, data.alert);
      note(`${data.case} ${data.level}`, data.alert);
    }
    if (!("channel" in data)) continue;
    if (names.has(data.notification)) twice.push(`I2 notification ${data.notification} went out twice`);
    names.add(data.notification);
    const mark = `${data.case} ${data.level} ${data.to} ${data.channel}`;
    heard.set(mark, (heard.get(mark) ?? 0) + 1);
  }
  const tooOften = [...heard].flatMap(([mark, times]) => {
    const [id = "", level = "", , channel] = mark.split(" ");
    const isGrave = level === "L1" || level === "L2";
    const key = isGrave ? `${id} ${level}` : channel === "voice" ? id : null;
    const allowed = key === null ? 1 : (episodes.get(key)?.size ?? 1);
    return times <= allowed ? [] : [`I2 notified ${times} times: ${mark}`];
  });
  return [...twice, ...tooOften];
}

/** I3: each step begins where the last one ended, along an edge of the machine for whoever made it. */
export function forbiddenSteps(cases: readonly Case[]): string[] {
  return cases.flatMap((one) => {
    const moves = movesOf(one);
    return moves.flatMap((move, i) => {
      const before = i === 0 ? null : moves[i - 1]!.to;
      const isAllowed = move.from === before && (move.from === null ? move.to === "new" : hasEdge(one, move));
      return isAllowed
        ? []
        : [`I3 ${one.code} ${one.id}: ${move.from} to ${move.to} at ${shown(move.time)} by ${move.role}`];
    });
  });
}

function movesOf({ history }: Case): CaseChange[] {
  return history.filter(({ from, to }) => from !== to);
}

function hasEdge(one: Case, { from, to, role }: CaseChange): boolean {
  const edges: readonly CaseEdge[] = from === null ? [] : Object.values(caseStates[from].on).flat();
  return edges.some(({ target, guard }) => {
    if (target !== to) return false;
    if (role === null) return guard?.type !== "may";
    if (guard?.type !== "may") return false;
    return guard.params.by.some(
      (who) =>
        who === role || who === "reviewer" || (who === "assignee" && (role === "O" || role === one.assignee)),
    );
  });
}

/** Every step of a case went out, and nothing else. */
export function unheardSteps(cases: readonly Case[], outputs: readonly Output[]): string[] {
  const name = (id: string, from: string | null, to: string, time: number) =>
    `${id} ${from} ${to} ${shown(time)}`;
  const made = cases.flatMap((one) => movesOf(one).map(({ from, to, time }) => name(one.id, from, to, time)));
  const told = outputs.flatMap(({ data, time }) =>
    "evidence" in data ? [name(data.case, data.from, data.to, time)] : [],
  );
  const isSame = made.sort().join() === told.sort().join();
  return isSame
    ? []
    : [`I3 the steps of the cases are not those that went out: ${made.length} and ${told.length}`];
}

/** Safety and law do not ask whether a unit is open (CONTRACT §9, `mutedBy` of these rules). */
const RINGS_WHEN_CLOSED: ReadonlySet<string> = new Set([
  "B01",
  "C01",
  "C02",
  "D01",
  "D08",
  "D10",
  "P09",
  "S01",
  "T09",
]);

/** I4: a unit that is closed or under maintenance raises nothing else. */
export function alertsWhileClosed(outputs: readonly Output[]): string[] {
  const closedSince = new Map<string | null, number>();
  return outputs.flatMap(({ type, subject, time, data }) => {
    if ("region" in data && data.region === "operation") {
      if (data.to === "open") closedSince.delete(subject);
      else closedSince.set(subject, time);
    }
    const since = closedSince.get(subject);
    if (type !== "warmcity.alert.raised" || !("raisedAt" in data) || since === undefined || time <= since)
      return [];
    return RINGS_WHEN_CLOSED.has(data.code)
      ? []
      : [`I4 ${data.code} of ${subject} at ${shown(time)}, closed since ${shown(since)}`];
  });
}

/** I4: a device that an area outage took along raises no O01 of its own while the outage lasts. */
export function alertsInOutages({ city, outputs }: Telling): string[] {
  const open = new Map<string, { readonly from: number; readonly devices: ReadonlySet<string> }>();
  return outputs.flatMap(({ type, data, time }) => {
    if (!("raisedAt" in data)) return [];
    if (data.code === "O06" && data.asset !== null) {
      if (type === "warmcity.alert.resolved") open.delete(data.asset);
      else if (type === "warmcity.alert.raised") {
        open.set(data.asset, { from: parseTime(data.raisedAt), devices: areaMembers(city, data.asset) });
      }
    }
    if (type !== "warmcity.alert.raised" || data.code !== "O01" || data.asset === null) return [];
    const parent = [...open].find(([, { from, devices }]) => {
      const since = silentSince(data);
      return devices.has(data.asset ?? "") && since !== null && since >= from - OUTAGE_SPAN_MS;
    });
    return parent === undefined
      ? []
      : [`I4 O01 of ${data.asset} at ${shown(time)} in the outage of ${parent[0]}`];
  });
}

/** An outage is seen when its devices fell silent within 5 min (DOMAIN §5.2, O06). */
const OUTAGE_SPAN_MS = 300_000;

/** I4: nobody hears of a case while it is suppressed. */
export function noticesWhileSuppressed(cases: readonly Case[], outputs: readonly Output[]): string[] {
  const byId = new Map(cases.map((one) => [one.id, one]));
  return outputs.flatMap(({ data, time }) => {
    if (!("channel" in data) || data.case === null) return [];
    const one = byId.get(data.case);
    const isSilent = one === undefined || stateAt(one, time) === "suppressed";
    return isSilent ? [`I4 notified of ${data.case} at ${shown(time)}, which is suppressed or unknown`] : [];
  });
}

/** As much of a telling as says what the indices count. */
interface RatedCity {
  readonly city: { readonly kitchens: readonly { readonly id: string }[] };
  readonly fold: {
    readonly rating: {
      indexOf(
        kitchen: number,
      ): { readonly reasons: readonly { readonly fact: Pick<IndexFact, "about" | "code"> }[] } | undefined;
    };
  };
}

/** I5: what rests on AI alone and nobody has ever confirmed takes nothing from an index; a repeat of it may wait again. */
export function leadsInIndex({ city, fold }: RatedCity, cases: readonly Case[]): string[] {
  const isConfirmed = ({ history }: Case) => history.some(({ what }) => what === "review-confirm");
  const leads = new Set(cases.filter((one) => one.lead && !isConfirmed(one)).map(({ id }) => id));
  return city.kitchens.flatMap(({ id }, index) =>
    (fold.rating.indexOf(index)?.reasons ?? [])
      .filter(({ fact }) => leads.has(fact.about))
      .map(
        ({ fact }) => `I5 the index of ${id} counts ${fact.code} ${fact.about}, which nobody has confirmed`,
      ),
  );
}

/** I6 allows so much. */
const DRIFT_MAX = 0.1;
/** By then what nobody disputed is a fact (three working days). */
const SETTLED_MS = days(7);

/**
 * I6: who is not named loses or gains nothing by what happens to the named. Compared is the own score S (DOMAIN §6.1), as
 * it will stand a week later with all that is known now: what may differ for a bystander is facts. The mean of the type,
 * to which an index is drawn, is everybody's, and one unit moves it by the smallness of its type.
 */
export function movedBystanders(
  quiet: Telling,
  crowded: Telling,
  isNamed: (kitchen: string) => boolean,
): string[] {
  const exposure = new Exposure(quiet.city);
  const now = Math.max(quiet.until, crowded.until) + SETTLED_MS;
  const scoreIn = ({ city, fold }: Telling, id: string) => {
    const index = city.kitchenIndex(id);
    const kitchen = city.kitchens[index]!;
    const ofCases = factsOfCases(Object.values(fold.settled(index).cases), kitchen, exposure, now);
    return ownScore([...ofCases, ...fold.rating.factsOf(index)], now, INDEX_2026).score;
  };
  return quiet.city.kitchens.flatMap(({ id }) => {
    if (isNamed(id)) return [];
    const [before, after] = [scoreIn(quiet, id), scoreIn(crowded, id)];
    const isMoved = Math.abs(after - before) > DRIFT_MAX;
    return isMoved ? [`I6 the score of ${id}, which is not named, moves from ${before} to ${after}`] : [];
  });
}

/** I7: the hash kept with a step is that of its evidence. */
export function wrongHashes(cases: readonly Case[]): string[] {
  return cases.flatMap(({ id, history }) =>
    history
      .filter(({ evidence }) => evidence.length > 0)
      .filter(({ evidence, evidenceHash }) => evidenceHash !== sha256Hex(JSON.stringify(evidence)))
      .map(({ to, time }) => `I7 ${id}: the evidence of ${to} at ${shown(time)} is not what its hash says`),
  );
}

/** Who reports, complains or votes does so under a pseudonym; even that is nobody's business outside. */
const OF_REPORTERS = /"type":"warmcity\.(complaint\.filed|illness\.reported|vote\.cast)"/;

/** I10: no pseudonym of a reporter in what goes out, nor on a citizens' page. */
export function namedReporters({
  city,
  fold,
  lines,
  outputs,
}: Pick<Telling, "city" | "fold" | "lines" | "outputs">): string[] {
  const reporters = new Set<string>();
  for (const { text } of lines) {
    const person: unknown = OF_REPORTERS.test(text) ? JSON.parse(text).data?.person : null;
    if (typeof person === "string") reporters.add(person).add(`/persons/${person}`);
  }
  if (reporters.size === 0) return [];
  const pages = city.kitchens.map((_, index) => publicKitchen(city, fold, index));
  const named = new Set<string>();
  JSON.stringify([outputs, pages], (_, value: unknown) => {
    if (typeof value === "string" && reporters.has(value)) named.add(value);
    return value;
  });
  return [...named].map((person) => `I10 ${person} is named outside`);
}

/** The evidence of every alert says what it is in Chinese and in English. */
export function mutedWords(outputs: readonly Output[]): string[] {
  const muted = new Set<string>();
  for (const { data } of outputs) {
    if (!("because" in data)) continue;
    for (const { summary, text } of data.because) {
      const isSaid = text !== undefined && /\p{Script=Han}/u.test(text.zh) && text.en.trim() === summary;
      if (!isSaid || summary === "") muted.add(`${data.code}: "${summary}" is not said in both languages`);
    }
  }
  return [...muted];
}

/** I8: received = accepted + duplicates + rejected, all that the lines hold; accepted = processed + late + quarantined. */
export function lossOf(summary: ReplaySummary, lines: readonly Line[]): string[] {
  const { received, accepted, duplicates, rejected, processed, late, quarantined, afterEnd } = summary;
  const sent = lines.reduce((sum, { text }) => sum + eventsIn(text), 0);
  const isWhole =
    sent === received + afterEnd &&
    received === accepted + duplicates + rejected &&
    accepted === processed + late + quarantined;
  return isWhole ? [] : [`I8 of ${sent} events sent the balance is ${JSON.stringify(summary)}`];
}

/** I9: the first output that differs. */
export function differences(outputs: readonly Output[], again: readonly Output[]): string[] {
  const [a, b] = [outputs, again].map((all) => all.map((output) => JSON.stringify(output)));
  const at = a!.findIndex((text, i) => text !== b![i]);
  return at < 0 && a!.length === b!.length ? [] : [`I9 another fold differs: ${a![at] ?? b!.at(-1)}`];
}
