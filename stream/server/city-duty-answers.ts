/** What is answered of the city as a whole: key figures, statistics, streets, feeds, and what the public takes part in. */
import { type Static, Type } from "@sinclair/typebox";
import { count, flag, list, number, oneOf, prose, text, time } from "../../twin/events/fields.ts";
import { Bilingual } from "../../twin/events/output-events.ts";
import { orNull } from "./answers.ts";

const MANY = 20_000;

export const BallotView = Type.Object({
  ballot: text(),
  firstAt: time(),
  lastAt: time(),
  voters: count(),
  void: Type.Integer({ minimum: 0, description: "Further votes of people who had voted." }),
  leading: list(text()),
  choices: list(Type.Object({ choice: text(), votes: count() })),
});
export type BallotView = Static<typeof BallotView>;

export const FeedbackView = Type.Object({
  answers: count(),
  mean: orNull(number()),
  reviews: list(Type.Object({ answer: text(), kitchen: orNull(text()), score: number(), at: time() }), MANY),
  questions: list(
    Type.Object({
      question: prose(),
      kitchen: orNull(text()),
      askedAt: time(),
      due: time(),
      answeredAt: orNull(time()),
      state: oneOf("running", "overdue", "done", "late"),
    }),
    MANY,
  ),
});
export type FeedbackView = Static<typeof FeedbackView>;

export const WarningView = Type.Object({
  warning: text(),
  title: text(),
  text: prose(),
  banners: list(text()),
  until: time(),
  state: oneOf("drafted", "in-force", "over", "withdrawn"),
  signedAt: orNull(time()),
});
export type WarningView = Static<typeof WarningView>;

export const RewardStatus = Type.Object({
  code: text(),
  state: oneOf("undecided", "none", "due", "paid"),
  yuan: number(),
});
export type RewardStatus = Static<typeof RewardStatus>;

export const Score = Type.Object({
  who: text(),
  kitchens: count(),
  connected: count(),
  devicesHeard: count(),
  devicesOnline: count(),
  onlineShare: orNull(number()),
  openAlerts: Type.Object({ L1: count(), L2: count(), L3: count(), L4: count() }),
  cases: Type.Object({ open: count(), overdue: count(), closed: count() }),
  closedShare: orNull(number()),
  dutiesDone: count(),
  dutiesOverdue: count(),
  selfChecksDue: Type.Integer({ minimum: 0, description: "Daily forms due of yesterday." }),
  selfChecksInTime: count(),
  satisfaction: orNull(number()),
});
export type Score = Static<typeof Score>;

export const PROJECTS = ["guard", "warm-heart", "grow", "pioneer"] as const;
export const ProjectFigures = Type.Object({
  project: oneOf(...PROJECTS),
  figures: list(
    Type.Object({
      figure: text(),
      count: number(),
      /** Of how many; `null` = a plain count. */
      of: orNull(number()),
    }),
  ),
});
export type ProjectFigures = Static<typeof ProjectFigures>;

/** What the law asks, as the rule of an alert code watches it. */
export const Provision = Type.Object({
  code: text(),
  title: Bilingual,
  legalBasis: list(text()),
  validFrom: Type.String({ description: "YYYY-MM-DD." }),
});
export type Provision = Static<typeof Provision>;

export const StreetView = Type.Object({
  street: text(),
  name: text(),
  kitchens: count(),
  open: count(),
  colours: Type.Object({ green: count(), amber: count(), red: count(), grey: count() }),
  alertsP95: Type.Integer({ minimum: 0, description: "Open alerts of the unit at the 95th percentile." }),
  people: orNull(count()),
  countedAt: orNull(time()),
  displays: list(Type.Object({ display: text(), alive: flag(), lastAt: orNull(time()) })),
});
export type StreetView = Static<typeof StreetView>;

export const Statistics = Type.Object({
  month: Type.String({ description: "YYYY-MM." }),
  items: list(
    Type.Object({
      banner: text(),
      type: text(),
      kitchens: count(),
      payments: count(),
      yuan: number(),
      orders: count(),
    }),
  ),
  nearThreshold: list(Type.Object({ kitchen: text(), yuanOfYear: number() }), MANY),
});
export type Statistics = Static<typeof Statistics>;

export const FeedView = Type.Object({
  feed: text(),
  events: count(),
  firstAt: time(),
  lastAt: time(),
  late: Type.Boolean({ description: "Silent for 24 h and more." }),
});
export type FeedView = Static<typeof FeedView>;
