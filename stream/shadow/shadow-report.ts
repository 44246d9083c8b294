/** The report on shadow rules: one definition gives the types and the documents. */
import { type Static, Type } from "@sinclair/typebox";
import { Level, time } from "../../twin/events/fields.ts";
import { Bilingual } from "../../twin/events/output-events.ts";

const textOrNull = () => Type.Union([Type.String(), Type.Null()]);

export const ExampleSide = Type.Object({
  raisedAt: time(),
  level: Level,
  levelAt: time(),
  because: Type.Array(Bilingual, { description: "The first causes in words." }),
});
export type ExampleSide = Static<typeof ExampleSide>;

const Example = Type.Object({
  kitchen: textOrNull(),
  asset: textOrNull(),
  live: Type.Union([ExampleSide, Type.Null()]),
  shadow: Type.Union([ExampleSide, Type.Null()]),
});

export const DifferenceReport = Type.Object({
  count: Type.Integer(),
  minutes: Type.Union([
    Type.Object(
      { median: Type.Number(), max: Type.Number() },
      { description: "By how much times moved, from 0." },
    ),
    Type.Null(),
  ]),
  examples: Type.Array(Example, { description: "The earliest, at most five." }),
});
export type DifferenceReport = Static<typeof DifferenceReport>;

const counted = (description: string) => Type.Integer({ description });
const difference = (description: string) => Type.Object(DifferenceReport.properties, { description });

export const CodeReport = Type.Object({
  live: counted("Alerts that rang under the live rules: same + changed + fewer."),
  shadow: counted("Alerts that would have rung: same + changed + more."),
  same: counted("Rang in both at one time and level."),
  more: difference("Only in shadow."),
  fewer: difference("Only live."),
  earlier: difference("Raised earlier in shadow."),
  later: difference("Raised later in shadow."),
  higher: difference("Of a graver level in shadow."),
  lower: difference("Of a milder level in shadow."),
  roseEarlier: difference("Rose to the same level earlier in shadow."),
  roseLater: difference("Rose to the same level later in shadow."),
});
export type CodeReport = Static<typeof CodeReport>;

export const ShadowReport = Type.Object({
  policies: Type.Array(
    Type.Object({
      policy: Type.String(),
      hash: Type.String(),
      from: Type.Union([Type.Number(), Type.Null()]),
    }),
    { description: "The packs of the shadow that were in force up to then." },
  ),
  rules: Type.Array(Type.String(), { description: "Rule versions that the live city does not have." }),
  to: Type.Union([time(), Type.Null()], { description: "Event time up to which both are compared." }),
  pairedWithinMinutes: Type.Number(),
  faults: Type.Object(
    { count: Type.Integer(), reasons: Type.Array(Type.String()) },
    { description: "How often a rule threw in shadow, and what it said first." },
  ),
  codes: Type.Record(Type.String(), CodeReport, { description: "Codes that rang on either side." }),
});
export type ShadowReport = Static<typeof ShadowReport>;
