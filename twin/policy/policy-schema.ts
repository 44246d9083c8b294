/** The form of a policy pack in a file (TypeBox): the same fields as `PolicyPack`, durations in ms. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { CHANNELS, RECIPIENTS } from "../case-policy.ts";
import { KITCHEN_TYPES } from "../city/kitchen.ts";
import { Level, oneOf } from "../events/fields.ts";
import { ROLES } from "../events/public-events.ts";
import { DAY_MS } from "../kernel/time.ts";

const closed = { additionalProperties: false } as const;
const object = <T extends Record<string, TSchema>>(fields: T) => Type.Object(fields, closed);
const list = <T extends TSchema>(item: T) => Type.Array(item, { maxItems: 100 });

const Duration = Type.Integer({
  minimum: 1,
  maximum: 3_653 * DAY_MS,
  description: "whole milliseconds from 1",
});
const Limit = Type.Union(
  [
    object({ kind: oneOf("elapsed", "in-hours", "day-window"), ms: Duration }),
    object({ kind: Type.Literal("workdays"), n: Type.Integer({ minimum: 1, maximum: 1_000 }) }),
    object({ kind: oneOf("same-day", "next-meal", "meal-end") }),
  ],
  {
    description:
      'a limit: {"kind": "elapsed|in-hours|day-window", "ms": from 1}, {"kind": "workdays", "n": from 1} or {"kind": "same-day|next-meal|meal-end"}',
  },
);
const Role = oneOf(...ROLES);
const Recipient = oneOf(...ROLES, ...RECIPIENTS);
const Channel = oneOf(...CHANNELS);

const LevelPolicy = object({
  review: Limit,
  dispatch: Limit,
  rectify: Limit,
  extension: Limit,
  recheck: Limit,
  onSite: Type.Boolean(),
  ladder: Type.Array(
    object({
      after: Limit,
      from: oneOf("dispatch", "rung"),
      move: oneOf("remind", "escalate"),
      owner: Type.Union([Role, Type.Null()]),
      notify: list(Recipient),
    }),
    {
      minItems: 1,
      maxItems: 10,
      description: "a list of 1 to 10 rungs: the first is the limit to acknowledge",
    },
  ),
  overdue: list(Role),
  notify: list(Recipient),
  notifyAtDispatch: list(Recipient),
  notifyUnverified: Type.Boolean(),
  notifyRepeat: list(Recipient),
  channels: list(Channel),
  otherChannels: list(Channel),
  nightChannels: list(Channel),
  ringsAtNight: Type.Boolean(),
});

const CodePolicy = object({
  assignee: Type.Optional(Role),
  reviewers: Type.Optional(list(Role)),
  review: Type.Optional(Limit),
  rectify: Type.Optional(Limit),
  notify: Type.Optional(
    list(
      object({
        to: Recipient,
        levels: Type.Optional(list(Level)),
        types: Type.Optional(list(oneOf(...KITCHEN_TYPES))),
      }),
    ),
  ),
  voice: Type.Optional(Type.Boolean()),
  quietMs: Type.Optional(Duration),
});

const TimeOfDayMs = Type.Integer({ minimum: 0, maximum: DAY_MS, description: "ms since midnight" });

const CasePolicy = object({
  levels: object({ L1: LevelPolicy, L2: LevelPolicy, L3: LevelPolicy, L4: LevelPolicy }),
  codes: Type.Record(Type.String(), CodePolicy),
  direct: list(Type.String({ pattern: "^[A-Z](\\d\\d)?$", description: "a code or the letter of several" })),
  neverAlone: list(Type.String()),
  reviewers: list(Role),
  dayWindow: object({ fromMs: TimeOfDayMs, toMs: TimeOfDayMs }),
  disputeReview: Limit,
  appealFiling: Limit,
  appealAnswer: Limit,
  filing: Limit,
  filingExtension: Limit,
  decision: Limit,
  accidentReport: Limit,
  auditMs: Duration,
  cityFine: Type.Number({ minimum: 0 }),
});

export const PolicyPackJson = object({
  name: Type.String({
    pattern: "^[a-z0-9-]{1,60}$",
    description: "a name of small letters, digits and hyphens",
  }),
  version: Type.Integer({ minimum: 1 }),
  validFrom: Type.String({ description: "a date (YYYY-MM-DD)" }),
  validTo: Type.Union([Type.String({ description: "a date (YYYY-MM-DD)" }), Type.Null()]),
  title: object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }),
  cases: CasePolicy,
  rules: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())),
  duties: Type.Optional(Type.Record(Type.String(), Type.Number())),
  disabled: list(Type.String()),
});
export type PolicyPackJson = Static<typeof PolicyPackJson>;
