/** What a what-if run changes: a closed list of kinds. One definition gives the types, the checks and the OpenAPI. */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { oneOf } from "../../twin/events/fields.ts";
import type { PolicyPack } from "../../twin/policy/policy-pack.ts";
import { PolicyPackJson } from "../../twin/policy/policy-schema.ts";

const object = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { additionalProperties: false, description });
const name = (description: string) => Type.String({ minLength: 1, maxLength: 256, description });

/** Kitchens of a new street, and what they may be. */
const STREET_MAX = 60;
const STREET_TYPES = ["small", "medium", "large", "drinks"] as const;
/** A fork lives no longer. */
export const FORK_HOURS_MAX = 72;
const MINUTES_MAX = FORK_HOURS_MAX * 60;
const after = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: MINUTES_MAX,
    description: `minutes after the beginning, 0 to ${MINUTES_MAX}; default 0`,
  }),
);
const lasting = Type.Integer({
  minimum: 1,
  maximum: MINUTES_MAX,
  description: `minutes, 1 to ${MINUTES_MAX}`,
});

export const FORK_CHANGES = {
  "power-cut": object(
    {
      kind: Type.Literal("power-cut"),
      feeder: name("a feeder of the registry"),
      afterMinutes: after,
      minutes: lasting,
    },
    "A feeder without power: cold units warm up, a quarter of the sensors goes on by battery.",
  ),
  "network-cut": object(
    {
      kind: Type.Literal("network-cut"),
      area: object(
        {
          by: Type.Union([Type.Literal("isp"), Type.Literal("office"), Type.Literal("banner")]),
          id: name("as the registry names it"),
        },
        "Whose kitchens are cut off.",
      ),
      afterMinutes: after,
      minutes: lasting,
    },
    "Kitchens without network: gateways store what devices say and push it afterwards.",
  ),
  "fridge-failure": object(
    {
      kind: Type.Literal("fridge-failure"),
      device: name("id of a fridge or freezer"),
      afterMinutes: after,
      slopePerMinute: Type.Optional(
        Type.Number({ minimum: 0.01, maximum: 5, description: "°C per minute, 0.01 to 5; default 0.2" }),
      ),
      minutes: Type.Union([lasting, Type.Null()], {
        description: "minutes until it is repaired; null = not within the run",
      }),
    },
    "A cold unit whose compressor stops.",
  ),
  recall: object(
    {
      kind: Type.Literal("recall"),
      product: name("as the receipts name it"),
      lots: Type.Array(name("a lot"), { minItems: 1, maxItems: 100, description: "1 to 100 lots" }),
      class: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
      afterMinutes: after,
    },
    "A recall: whoever has received the lots and not returned them.",
  ),
  policy: object(
    { kind: Type.Literal("policy"), pack: Type.Unsafe<PolicyPack>(PolicyPackJson) },
    "Another policy pack from the beginning of the fork on, whatever its dates say; open cases end under theirs.",
  ),
  inspectors: object(
    {
      kind: Type.Literal("inspectors"),
      banner: Type.Union([name("six-digit division code"), Type.Null()], {
        description: "six-digit division code; null = the whole city",
      }),
      factor: Type.Number({
        minimum: 0.1,
        maximum: 10,
        description: "of today's number, 0.1 to 10: 2 = twice as many",
      }),
    },
    "More or fewer officials: each step of theirs takes so many times less.",
  ),
  street: object(
    {
      kind: Type.Literal("street"),
      banner: name("six-digit division code"),
      kitchens: Type.Integer({
        minimum: 1,
        maximum: STREET_MAX,
        description: `how many kitchens, 1 to ${STREET_MAX}`,
      }),
      type: Type.Optional(oneOf(...STREET_TYPES)),
    },
    "Another food street: new kitchens, by default small ones, with all sensors, at work from the beginning on.",
  ),
} as const;

export type ForkChangeKind = keyof typeof FORK_CHANGES;
export type ForkChange = { [K in ForkChangeKind]: Static<(typeof FORK_CHANGES)[K]> }[ForkChangeKind];

/** Changes of one fork. */
export const CHANGES_MAX = 20;
/** For documents; `parseForkChanges` says more exactly what is wrong. */
export const ForkChangesShape = Type.Unknown({
  type: "array",
  maxItems: CHANGES_MAX,
  items: { anyOf: Object.values(FORK_CHANGES) },
  description: "What is changed at the beginning or later; empty = nothing, which gives no difference.",
});
