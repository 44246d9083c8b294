/**
 * What a city decides about cases: limits per level, who hears of them and how, exceptions per code (DOMAIN §5.1, §5.2
 * fifth column, §5.3). Data without legal force of its own; part of a policy pack (`policy/`), which another city replaces.
 */
import type { Role } from "./case-file.ts";
import type { DaySpan, KitchenType } from "./city/kitchen.ts";
import type { Level } from "./events/fields.ts";
import { days, hours, minutes } from "./kernel/time.ts";

export type Limit =
  | { readonly kind: "elapsed"; readonly ms: number }
  /** `ms` of the kitchen's opening time; of the day window where its hours are not known. */
  | { readonly kind: "in-hours"; readonly ms: number }
  /** `ms` of the day window (07–22). */
  | { readonly kind: "day-window"; readonly ms: number }
  /** To the end of the nth working day after. */
  | { readonly kind: "workdays"; readonly n: number }
  /** To midnight. */
  | { readonly kind: "same-day" }
  /** To the beginning of the next meal, to the end of the present one; the level's own limit if no meal is known. */
  | { readonly kind: "next-meal" }
  | { readonly kind: "meal-end" };

/** Recipients besides the roles: parts of one, or somebody outside. */
export const RECIPIENTS = [
  "C-duty",
  "Q-board",
  "Q-head",
  "C-head",
  "E",
  "pest-contractor",
  "gas-company",
  "fire-service",
  "utility",
] as const;
/** Whom a notification reaches. */
export type Recipient = Role | (typeof RECIPIENTS)[number];
export const CHANNELS = ["in-app", "voice", "push", "sms", "call", "recorded-call"] as const;
export type Channel = (typeof CHANNELS)[number];

/** A step of what happens to a dispatched case that nobody acknowledges. */
export interface Rung {
  readonly after: Limit;
  /** Counted from the dispatch, or from the rung before. */
  readonly from: "dispatch" | "rung";
  /** `escalate`: ESCALATED and back to DISPATCHED in the hands of `owner`; `remind`: the state stays. */
  readonly move: "remind" | "escalate";
  readonly owner: Role | null;
  readonly notify: readonly Recipient[];
}

export interface LevelPolicy {
  readonly review: Limit;
  readonly dispatch: Limit;
  readonly rectify: Limit;
  /** What one extension adds to the limit. */
  readonly extension: Limit;
  readonly recheck: Limit;
  /** Rechecked on the spot, by two inspectors (O49 Art. 23). */
  readonly onSite: boolean;
  /** The first rung is the limit to acknowledge. */
  readonly ladder: readonly Rung[];
  /** Who answers for a case whose time to put it right has passed, one working day after the other. */
  readonly overdue: readonly Role[];
  /** Notified at once, the operator apart. */
  readonly notify: readonly Recipient[];
  /** Notified when it is dispatched. */
  readonly notifyAtDispatch: readonly Recipient[];
  /** Notified already while it is verified. */
  readonly notifyUnverified: boolean;
  /** Notified when the same key comes again. */
  readonly notifyRepeat: readonly Recipient[];
  /** For those who must act (assignee, office), and for all others. */
  readonly channels: readonly Channel[];
  readonly otherChannels: readonly Channel[];
  /** What is left of `channels` at night, and whether that may ring. */
  readonly nightChannels: readonly Channel[];
  readonly ringsAtNight: boolean;
}

export interface CodePolicy {
  readonly assignee?: Role;
  readonly reviewers?: readonly Role[];
  readonly review?: Limit;
  readonly rectify?: Limit;
  readonly notify?: readonly {
    readonly to: Recipient;
    readonly levels?: readonly Level[];
    readonly types?: readonly KitchenType[];
  }[];
  /** Spoken in the kitchen as well, once per episode. */
  readonly voice?: boolean;
  /** It may not pass the recheck before the condition was absent so long, ms. */
  readonly quietMs?: number;
}

export interface CasePolicy {
  readonly levels: Readonly<Record<Level, LevelPolicy>>;
  readonly codes: Readonly<Record<string, CodePolicy>>;
  /** Sensor and clock facts: dispatched without review. A prefix stands for all its codes. */
  readonly direct: readonly string[];
  /** Never closed or moved on by the system, whatever a rule says. */
  readonly neverAlone: readonly string[];
  /** First and next reviewer. */
  readonly reviewers: readonly Role[];
  /** Calls are made, and people's limits "07–22" run, within it. */
  readonly dayWindow: DaySpan;
  /** Review of a disputed or sampled case. */
  readonly disputeReview: Limit;
  readonly appealFiling: Limit;
  readonly appealAnswer: Limit;
  readonly filing: Limit;
  readonly filingExtension: Limit;
  readonly decision: Limit;
  /** An accident (L1) is reported to the authorities. */
  readonly accidentReport: Limit;
  /** A case judged false may be taken up again so long, ms. */
  readonly auditMs: number;
  /** Fines from here on are the city bureau's to decide, yuan. */
  readonly cityFine: number;
}

const elapsed = (ms: number): Limit => ({ kind: "elapsed", ms });
const inHours = (ms: number): Limit => ({ kind: "in-hours", ms });
const workdays = (n: number): Limit => ({ kind: "workdays", n });

const remind = (after: Limit, ...notify: Recipient[]): Rung => ({
  after,
  from: "dispatch",
  move: "remind",
  owner: null,
  notify,
});
const escalate = (after: Limit, owner: Role, to: Recipient, from: Rung["from"] = "dispatch"): Rung => ({
  after,
  from,
  move: "escalate",
  owner,
  notify: [to],
});

const L1: LevelPolicy = {
  review: elapsed(minutes(10)),
  dispatch: elapsed(minutes(5)),
  rectify: elapsed(hours(2)),
  extension: elapsed(hours(2)),
  recheck: workdays(5),
  onSite: true,
  ladder: [escalate(elapsed(minutes(10)), "Q", "Q-head"), escalate(elapsed(minutes(30)), "Q", "C-head")],
  overdue: ["Q", "C"],
  notify: ["S", "Q", "C-duty", "B"],
  notifyAtDispatch: [],
  notifyUnverified: true,
  notifyRepeat: [],
  channels: ["voice", "sms", "recorded-call"],
  otherChannels: ["sms", "recorded-call"],
  nightChannels: ["voice", "sms", "recorded-call"],
  ringsAtNight: true,
};

const L2: LevelPolicy = {
  review: elapsed(hours(2)),
  dispatch: elapsed(hours(1)),
  rectify: elapsed(hours(24)),
  extension: elapsed(hours(48)),
  recheck: workdays(5),
  onSite: true,
  ladder: [
    remind(inHours(hours(2))),
    escalate(inHours(hours(4)), "Q", "Q"),
    escalate(elapsed(hours(24)), "Q", "C"),
  ],
  overdue: ["Q", "C"],
  notify: ["S", "Q-board"],
  notifyAtDispatch: ["B"],
  notifyUnverified: false,
  notifyRepeat: [],
  channels: ["push", "sms", "call"],
  otherChannels: ["push", "sms"],
  nightChannels: ["push", "sms", "call"],
  ringsAtNight: true,
};

const L3: LevelPolicy = {
  review: elapsed(hours(24)),
  dispatch: workdays(1),
  rectify: elapsed(days(3)),
  extension: elapsed(days(3)),
  recheck: workdays(3),
  onSite: false,
  ladder: [remind(elapsed(hours(24)), "S"), escalate(workdays(1), "Q", "Q", "rung")],
  overdue: ["S", "Q"],
  notify: [],
  notifyAtDispatch: [],
  notifyUnverified: false,
  notifyRepeat: ["S"],
  channels: ["push", "sms"],
  otherChannels: ["push", "sms"],
  nightChannels: ["push"],
  ringsAtNight: false,
};

const L4: LevelPolicy = {
  review: elapsed(hours(72)),
  dispatch: workdays(1),
  rectify: elapsed(days(15)),
  extension: elapsed(days(15)),
  recheck: workdays(3),
  onSite: false,
  ladder: [
    remind({ kind: "same-day" }),
    escalate(elapsed(days(15)), "S", "S"),
    escalate(workdays(1), "Q", "Q", "rung"),
  ],
  overdue: ["S", "Q"],
  notify: [],
  notifyAtDispatch: [],
  notifyUnverified: false,
  notifyRepeat: [],
  channels: ["in-app"],
  otherChannels: ["in-app"],
  nightChannels: ["in-app"],
  ringsAtNight: false,
};

const to = (...recipients: Recipient[]): { readonly to: Recipient }[] =>
  recipients.map((recipient) => ({ to: recipient }));

/** DOMAIN §5.2, "extra notify / deadline". */
const codes: CasePolicy["codes"] = {
  T03: { rectify: { kind: "meal-end" } },
  T04: { rectify: elapsed(hours(1)) },
  T06: { rectify: { kind: "next-meal" } },
  T07: { notify: [{ to: "E", types: ["school", "nursery"] }] },
  T09: { notify: to("gas-company", "fire-service") },
  P01: { voice: true },
  P03: { voice: true },
  P06: { voice: true, rectify: elapsed(hours(2)) },
  P07: {
    review: { kind: "day-window", ms: hours(2) },
    notify: to("pest-contractor"),
    quietMs: days(7),
  },
  P09: { voice: true },
  D01: { notify: [{ to: "Q", levels: ["L1", "L2"] }] },
  D04: { notify: [{ to: "B", levels: ["L1", "L2", "L3"] }] },
  D05: { review: workdays(3) },
  D08: { rectify: elapsed(hours(2)), notify: to("Q", "C") },
  D10: { notify: to("Q") },
  W01: { notify: to("PL", "Q") },
  W02: { assignee: "PL", rectify: elapsed(hours(24)), notify: to("PL", "Q") },
  C01: { assignee: "S", notify: [{ to: "Q" }, { to: "C", levels: ["L1", "L2"] }] },
  C02: { reviewers: ["S", "Q", "H"], notify: to("H", "E") },
  C03: { assignee: "S" },
  B01: { notify: to("S") },
  B02: { notify: to("S") },
  O01: { assignee: "OPS", rectify: elapsed(hours(24)), notify: to("OPS") },
  O02: { assignee: "OPS", rectify: elapsed(hours(1)), notify: to("OPS", "C") },
  O03: { voice: true },
  O04: { assignee: "OPS", rectify: elapsed(days(3)), notify: to("S", "OPS") },
  O05: { assignee: "OPS", notify: to("OPS") },
  O06: { assignee: "OPS", notify: to("OPS", "utility") },
  O07: { assignee: "OPS", notify: to("OPS") },
  S01: { notify: to("Q") },
  S02: { assignee: "B", notify: to("Q") },
};

/** The cases of `ordos-2026`. */
export const ORDOS_CASES: CasePolicy = {
  levels: { L1, L2, L3, L4 },
  codes,
  direct: ["T", "O", "D01", "D02", "D04"],
  neverAlone: ["P07", "C02", "D08"],
  reviewers: ["S", "Q"],
  dayWindow: { fromMs: hours(7), toMs: hours(22) },
  disputeReview: workdays(3),
  appealFiling: workdays(5),
  appealAnswer: workdays(5),
  filing: workdays(15),
  filingExtension: workdays(15),
  decision: elapsed(days(90)),
  accidentReport: elapsed(hours(2)),
  auditMs: days(30),
  cityFine: 300_000,
};

/** Who has to put a case right that nobody was named for. */
export function assigneeOf(
  policy: CasePolicy,
  facts: { readonly code: string; readonly asset: string | null; readonly kitchen: number },
): Role {
  const named = policy.codes[facts.code]?.assignee;
  if (named !== undefined) return named;
  if (facts.asset !== null && /^(station|rider):/.test(facts.asset)) return "PL";
  return facts.kitchen < 0 ? "S" : "O";
}

export function reviewersOf(policy: CasePolicy, code: string): readonly Role[] {
  return policy.codes[code]?.reviewers ?? policy.reviewers;
}

/** L4 and sensor and clock facts go out without review (DOMAIN §5.3). */
export function isDirect(policy: CasePolicy, code: string, level: Level): boolean {
  return level === "L4" || policy.direct.some((prefix) => code.startsWith(prefix));
}
