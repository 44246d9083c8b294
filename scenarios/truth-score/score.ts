/** A run against its truth: per alert code what was found, missed, said twice or for nothing, and how soon. */
import type { TruthRecord } from "../../simulator/truth.ts";
import { isGraver } from "../../twin/alerts/level.ts";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { AlertLife, AlertLives } from "./alert-life.ts";
import { type Incident, incidentsOf, isFalse } from "./incident.ts";
import { Masks } from "./masks.ts";
import { type JudgedAlert, type JudgedRung, type Match, match } from "./matching.ts";
import { OnlineTruth } from "./online-truth.ts";
import { median, quantile } from "./quantile.ts";

/** Shares are 0 … 1, times ms; `null` = there was nothing to say it of. */
export interface CodeScore {
  readonly code: string;
  /** Levels that had to be reached: found, covered by an alert that stood, missed; near a limit or hidden are not counted. */
  readonly expected: number;
  readonly found: number;
  readonly covered: number;
  readonly missed: number;
  /** Near a limit, hidden by another trouble or due after the end: to ring and not to ring are both right. */
  readonly unsure: number;
  readonly recall: number | null;
  readonly alerts: number;
  readonly extra: number;
  readonly duplicates: number;
  /** Right alerts about what a model saw that was not there: leads, as they should be. */
  readonly falseLeads: number;
  /** Alerts that the truth bears out, of all; false leads are none of them. */
  readonly precision: number | null;
  readonly delayMedianMs: number | null;
  readonly delayP95Ms: number | null;
  /** Of the cases that were closed (or judged false), from the first ring. */
  readonly closed: number;
  readonly closeMedianMs: number | null;
}

export interface LevelRecall {
  readonly levels: "L1/L2" | "L3/L4";
  readonly expected: number;
  readonly missed: number;
  readonly recall: number | null;
}

export interface Score {
  readonly codes: readonly CodeScore[];
  readonly levels: readonly LevelRecall[];
  readonly extra: number;
  readonly duplicates: number;
  /** The most that alerts took from the own score of a kitchen in which nothing went wrong. */
  readonly bystanderDrift: number;
  readonly bystanders: number;
  /** Examples in words, for whoever has to find out. */
  readonly faults: readonly string[];
}

export interface Run {
  readonly city: City;
  readonly truth: readonly TruthRecord[];
  readonly lives: AlertLives;
  /** ms since epoch. */
  readonly from: number;
  readonly until: number;
  /** Points that alerts of a kitchen took from its own score by the end. */
  readonly pointsOf: (kitchen: number) => number;
}

/** Said of other alerts, devices and people, and no incident of its own: nothing to find. */
const DERIVED: ReadonlySet<string> = new Set(["S01"]);
const RATE = "O02";
/** Below these O02 rings, and one device more or less may tip it. */
const RATE_LIMIT = { L4: 0.95, L2: 0.9 };

export function scoreOf(run: Run): Score {
  const masks = new Masks(run.truth, run.city);
  const incidents = incidentsOf(run.truth, run.city).map((one) => masks.through(one));
  const alerts = run.lives.alerts.filter(({ code }) => !DERIVED.has(code));
  const matched = explained(match(incidents, alerts, run.until), run);
  const codes = [...new Set([...incidents, ...alerts].map(({ code }) => code))].sort();
  const scores = codes
    .map((code) => codeScore(code, matched, run))
    .filter(({ expected, alerts: n }) => expected + n > 0);
  const total = (count: (score: CodeScore) => number) => scores.reduce((sum, score) => sum + count(score), 0);
  return {
    codes: scores,
    levels: [levelRecall("L1/L2", matched.rungs), levelRecall("L3/L4", matched.rungs)],
    extra: total(({ extra }) => extra),
    duplicates: total(({ duplicates }) => duplicates),
    ...driftOf(run, incidents),
    faults: faultsOf(matched),
  };
}

/** A rate below its limit by the truth is right to ring. */
function explained({ rungs, alerts }: Match, { truth, city, from }: Run): Match {
  if (alerts.every(({ alert }) => alert.code !== RATE)) return { rungs, alerts };
  const online = new OnlineTruth(truth, city, from);
  return {
    rungs,
    alerts: alerts.map((judged) =>
      judged.alert.code === RATE && isLow(judged.alert, online) ? { ...judged, outcome: "right" } : judged,
    ),
  };
}

function isLow({ rings, asset }: AlertLife, online: OnlineTruth): boolean {
  return rings.every(({ level, time }) => {
    return online.leastShare(asset ?? "", time) < (level === "L4" ? RATE_LIMIT.L4 : RATE_LIMIT.L2) + 0.01;
  });
}

function codeScore(code: string, { rungs, alerts }: Match, { lives, from }: Run): CodeScore {
  const own = rungs.filter(({ incident }) => incident.code === code);
  const said = alerts.filter(({ alert }) => alert.code === code);
  const count = (outcome: JudgedRung["outcome"]) => own.filter((one) => one.outcome === outcome).length;
  const found = own.filter((one) => one.outcome === "found" && one.rung.sure).length;
  const [covered, missed] = [count("covered"), count("missed")];
  const expected = found + covered + missed;
  const ofOutcome = (outcome: JudgedAlert["outcome"]) => said.filter((one) => one.outcome === outcome);
  const falseLeads = said.filter((one) => one.found !== null && isFalse(one.found)).length;
  const delays = delaysOf(own, from);
  const closings = closingsOf(said, lives, from);
  return {
    code,
    expected,
    found,
    covered,
    missed,
    unsure: own.length - expected,
    recall: share(expected - missed, expected),
    alerts: said.length,
    extra: ofOutcome("extra").length,
    duplicates: ofOutcome("duplicate").length,
    falseLeads,
    precision: share(ofOutcome("right").length - falseLeads, said.length),
    delayMedianMs: median(delays),
    delayP95Ms: quantile(delays, 0.95),
    closed: closings.length,
    closeMedianMs: median(closings),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** From the beginning of the trouble, or of the run where that is later, to the first ring that found it. */
function delaysOf(rungs: readonly JudgedRung[], runFrom: number): number[] {
  const first = new Map<Incident, number>();
  for (const { incident, by } of rungs) {
    if (by === null) continue;
    first.set(incident, Math.min(first.get(incident) ?? Number.POSITIVE_INFINITY, by.ring.time));
  }
  return [...first].map(([{ from }, time]) => Math.max(0, time - Math.max(from, runFrom)));
}

function closingsOf(alerts: readonly JudgedAlert[], lives: AlertLives, runFrom: number): number[] {
  const opened = new Map<string, number>();
  for (const { alert } of alerts) {
    const at = Math.max(runFrom, alert.rings[0]?.time ?? Number.POSITIVE_INFINITY);
    opened.set(alert.case, Math.min(opened.get(alert.case) ?? Number.POSITIVE_INFINITY, at));
  }
  return [...opened].flatMap(([id, at]) => {
    const closed = lives.closedAt(id);
    return closed === null ? [] : [Math.max(0, closed - at)];
  });
}

function levelRecall(levels: LevelRecall["levels"], rungs: readonly JudgedRung[]): LevelRecall {
  const isGrave = levels === "L1/L2";
  const own = rungs.filter(
    ({ rung, outcome }) => rung.sure && outcome !== "unsure" && isGraver(rung.level, "L3") === isGrave,
  );
  const missed = own.filter(({ outcome }) => outcome === "missed").length;
  return { levels, expected: own.length, missed, recall: share(own.length - missed, own.length) };
}

/** Bystanders: kitchens in which nothing went wrong that may ring, nor in any area around them. */
function driftOf(
  { city, pointsOf }: Run,
  incidents: readonly Incident[],
): Pick<Score, "bystanderDrift" | "bystanders"> {
  const named = new Set(incidents.map(({ kitchen }) => kitchen));
  const others = city.kitchens.flatMap(({ id }, kitchen) => (named.has(id) ? [] : [kitchen]));
  return {
    bystanders: others.length,
    bystanderDrift: others.reduce((most, kitchen) => Math.max(most, pointsOf(kitchen)), 0),
  };
}

const EXAMPLES_PER_CODE = 4;

function faultsOf({ rungs, alerts }: Match): string[] {
  const missed = rungs
    .filter(({ outcome }) => outcome === "missed")
    .map(({ incident, rung }) => ({
      code: incident.code,
      text: `missed ${rung.level} ${incident.key}: ${incident.cause} from ${formatTime(incident.from)}, due ${formatTime(rung.earliest)} to ${formatTime(rung.latest)}`,
    }));
  const wrong = alerts
    .filter(({ outcome }) => outcome !== "right")
    .map(({ alert, outcome }) => ({
      code: alert.code,
      text: `${outcome} ${alert.key}: ${alert.rings.map(({ level, time }) => `${level} ${formatTime(time)}`).join(", ")}`,
    }));
  const told = new Map<string, number>();
  return [...missed, ...wrong].flatMap(({ code, text }) => {
    const kind = `${code} ${text.split(" ")[0]}`;
    told.set(kind, (told.get(kind) ?? 0) + 1);
    return told.get(kind)! <= EXAMPLES_PER_CODE ? [text] : [];
  });
}
