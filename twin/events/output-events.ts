/** What the twin itself says (CONTRACT §4): derived from the log, with deterministic ids. */
import { type Static, Type } from "@sinclair/typebox";
import { LIST_STATES } from "../lists/monthly-list.ts";
import { count, flag, Level, list, number, oneOf, prose, text, time } from "./fields.ts";

export const ALERT_STATES = ["firing", "resolved", "suppressed"] as const;
export const ALERT_REASONS = [
  "cleared",
  "withdrawn",
  "human",
  "closed-unit",
  "maintenance",
  "outage",
  "ramp",
  "quarantine",
] as const;
export const CASE_STATES = [
  "new",
  "suppressed",
  "merged",
  "verifying",
  "false",
  "confirmed",
  "dispatched",
  "escalated",
  "acked",
  "rectifying",
  "submitted",
  "recheck",
  "closed",
  "filed",
  "decided",
  "no-penalty",
  "transferred",
  "appealed",
  "reopened",
] as const;
export type CaseState = (typeof CASE_STATES)[number];

const nullable = <T extends ReturnType<typeof text> | ReturnType<typeof time>>(schema: T) =>
  Type.Union([schema, Type.Null()]);
export const Bilingual = Type.Object({ zh: prose(), en: prose() });
export type Bilingual = Static<typeof Bilingual>;

/** One input event that made a rule fire: identity and log position, enough to replay the decision. */
export const Cause = Type.Object({
  source: Type.String({ maxLength: 300 }),
  id: Type.String({ maxLength: 300 }),
  time: time(),
  /** Log position; `null` for a cause that is no event (the calendar, a silence). */
  position: Type.Union([count(), Type.Null()]),
  /** What it says, in English. */
  summary: prose(),
  /** The same for readers of either language: values with units, things by their names. */
  text: Type.Optional(Bilingual),
});
export type Cause = Static<typeof Cause>;

export const Alert = Type.Object({
  alert: text(),
  case: text(),
  code: text(),
  level: Level,
  kitchen: nullable(text()),
  asset: nullable(text()),
  state: oneOf(...ALERT_STATES),
  raisedAt: time(),
  levelAt: time(),
  resolvedAt: nullable(time()),
  reason: Type.Union([oneOf(...ALERT_REASONS), Type.Null()]),
  lead: flag(),
  retro: flag(),
  delayed: flag(),
  exercise: flag(),
  title: Bilingual,
  value: Type.Union([Type.Object({ number: number(), unit: text() }), Type.Null()]),
  rule: text(),
  /** The policy pack that judged it, `name@version`. */
  policy: text(),
  legalBasis: list(text(), 50),
  because: list(Cause, 200),
  parent: nullable(text()),
  suppressedBy: nullable(text()),
});
export type Alert = Static<typeof Alert>;

export const outputEvents = {
  "warmcity.alert.raised": Alert,
  "warmcity.alert.level-changed": Alert,
  "warmcity.alert.resolved": Alert,
  "warmcity.alert.suppressed": Alert,
  "warmcity.case.changed": Type.Object({
    case: text(),
    alert: text(),
    from: nullable(text()),
    to: oneOf(...CASE_STATES),
    actor: nullable(text()),
    role: nullable(text()),
    reason: Type.Union([prose(), Type.Null()]),
    due: nullable(time()),
    /** `due` counts working days of a year whose holidays are not published: it may move. */
    dueProvisional: flag(),
    evidence: list(Type.Unknown(), 100),
    /** SHA-256 of the evidence as JSON; `null` = there is none. */
    evidenceHash: nullable(text()),
  }),
  "warmcity.notification.requested": Type.Object({
    notification: text(),
    /** `null` = it is about no case (a weather warning). */
    case: nullable(text()),
    level: Level,
    to: text(),
    channel: text(),
    /** It may make a noise; `false` = it lies there silently (DOMAIN §5.1, night). */
    ring: flag(),
    /** A call waits for the morning; `null` = at once. */
    notBefore: nullable(time()),
    text: Bilingual,
  }),
  "warmcity.kitchen.changed": Type.Object({
    region: text(),
    from: text(),
    to: text(),
  }),
  "warmcity.area.changed": Type.Object({
    area: text(),
    devices: count(),
    online: count(),
    kitchens: count(),
    alerts: Type.Record(Type.String(), count()),
  }),
  "warmcity.index.changed": Type.Object({
    index: Type.Union([number(), Type.Null()]),
    /** `insufficient` = 数据不足; a kitchen that is `not-rated` has no index. */
    standing: oneOf("rated", "insufficient", "not-rated"),
    /** Of the constants that it was reckoned with. */
    version: text(),
    reasons: list(Type.Unknown(), 20),
  }),
  "warmcity.list.changed": Type.Object({
    list: text(),
    colour: oneOf("red", "black"),
    banner: text(),
    month: text(),
    state: oneOf(...LIST_STATES),
    notifiedAt: nullable(time()),
    signedBy: nullable(text()),
    publishedAt: nullable(time()),
    entries: list(Type.Unknown(), 20_000),
  }),
  "warmcity.deadletter": Type.Object({
    reasons: list(Type.Object({ pointer: Type.String(), reason: prose() }), 100),
    payload: Type.String(),
  }),
} as const;
export type OutputType = keyof typeof outputEvents;
export type OutputData = {
  [T in OutputType]: Static<(typeof outputEvents)[T]>;
};
