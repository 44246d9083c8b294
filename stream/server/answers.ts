/** What the HTTP interface answers (CONTRACT §5): one definition gives the types, the OpenAPI and the checks in tests. */
import { type Static, Type } from "@sinclair/typebox";
import { ACCOUNT_ROLES } from "../../twin/authority/principal.ts";
import { STATUTORY_CLOCKS } from "../../twin/case-clocks.ts";
import { HOLD_REASONS } from "../../twin/case-hold.ts";
import {
  count,
  flag,
  Level,
  list,
  number,
  oneOf,
  Place,
  prose,
  share,
  text,
  time,
} from "../../twin/events/fields.ts";
import { Alert, Bilingual, CASE_STATES } from "../../twin/events/output-events.ts";
import { CASE_COMMANDS } from "../../twin/events/public-events.ts";
import { INDEX_COMPONENTS } from "../../twin/food-safety-index/index-fact.ts";
import { LIST_STATES } from "../../twin/lists/monthly-list.ts";
import { NOTICE_STATES } from "../notify/notice.ts";
import { MAP_STATES, type MapState } from "../wire.ts";

export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const position = () => Type.Integer({ minimum: 0, description: "Log position." });

const CountByState = Type.Object({
  normal: count(),
  L4: count(),
  L3: count(),
  L2: count(),
  L1: count(),
  offline: count(),
  closed: count(),
  never: count(),
} satisfies Record<MapState, ReturnType<typeof count>>);
const OpenAlerts = Type.Object({ L1: count(), L2: count(), L3: count(), L4: count() });
const Devices = Type.Object({
  known: Type.Integer({ minimum: 0, description: "Devices of the registry." }),
  online: Type.Integer({ minimum: 0, description: "Of those, heard lately." }),
});
export const COLORS = ["green", "amber", "red", "grey"] as const;

export const FaultAnswer = Type.Object({
  pointer: Type.String({
    description: "JSON pointer (RFC 6901) into the refused event; empty = the whole of it.",
  }),
  reason: Type.String({ description: "What is wrong, and what would be right." }),
});

/** One refused event of a message, with its place in the batch. */
export const Rejected = Type.Object({
  index: count(),
  pointer: FaultAnswer.properties.pointer,
  reason: FaultAnswer.properties.reason,
  faults: Type.Optional(list(FaultAnswer)),
  events: Type.Optional(
    Type.Integer({ description: "How many events this line stands for, if more than one." }),
  ),
});
export const IngestAnswer = Type.Object({ accepted: count(), duplicates: count(), rejected: list(Rejected) });
export type IngestAnswer = Static<typeof IngestAnswer>;

export const CityView = Type.Object({
  time: time(),
  position: position(),
  kitchens: count(),
  byState: CountByState,
  byBanner: list(Type.Object({ banner: text(), kitchens: count(), byState: CountByState })),
  byType: list(Type.Object({ type: text(), kitchens: count(), byState: CountByState })),
  openAlerts: OpenAlerts,
  devices: Devices,
  onlineRate: orNull(share()),
});
export type CityView = Static<typeof CityView>;

export const KitchenSummary = Type.Object({
  id: text(),
  code: text(),
  name: text(),
  type: text(),
  banner: text(),
  office: text(),
  position: Place,
  state: oneOf(...MAP_STATES),
  color: orNull(oneOf(...COLORS)),
  index: orNull(number()),
  openAlerts: OpenAlerts,
  online: Devices,
});
export type KitchenSummary = Static<typeof KitchenSummary>;

export const DeviceView = Type.Object({
  id: text(),
  kind: text(),
  zone: orNull(text()),
  state: oneOf("online", "offline", "never"),
  online: flag(),
  value: orNull(Type.Object({ number: number(), unit: text() })),
  at: orNull(time()),
});
export type DeviceView = Static<typeof DeviceView>;

export const CaseStepView = Type.Object({
  time: time(),
  from: orNull(text()),
  to: oneOf(...CASE_STATES),
  actor: orNull(text()),
  role: orNull(text()),
  reason: orNull(prose()),
  /** The command, or the move of the system. */
  what: text(),
  evidence: list(Type.Unknown()),
  evidenceHash: orNull(
    Type.String({ description: "SHA-256 of `evidence` as the command's JSON has it; `null` = none." }),
  ),
  decision: orNull(Type.Unknown({ description: "What was decided on a penalty, as the command had it." })),
  inspectors: orNull(list(text())),
});
export const CaseView = Type.Object({
  case: text(),
  kitchen: orNull(text()),
  code: text(),
  policy: Type.String({ description: "Policy pack under which it was opened and ends, `name@version`." }),
  asset: orNull(text()),
  level: Level,
  state: oneOf(...CASE_STATES),
  openedAt: time(),
  changedAt: time(),
  due: orNull(time()),
  dueProvisional: Type.Boolean({
    description: "`due` counts working days of a year whose holidays are not published: it may move.",
  }),
  owner: Type.String({ description: "Role that has to act now." }),
  lead: Type.Boolean({ description: "Rests on AI hits alone, not yet confirmed by a person." }),
  exercise: flag(),
  alerts: list(text()),
  allowed: Type.Unsafe<(typeof CASE_COMMANDS)[number][]>({
    ...list(oneOf(...CASE_COMMANDS)),
    description:
      "Commands that the case could take now from who asks (in files: from anybody), given what each must bring.",
  }),
  clocks: list(Type.Object({ clock: oneOf(...STATUTORY_CLOCKS), due: time(), basis: prose() })),
  hold: Type.Object(
    { until: orNull(time()), reason: oneOf(...HOLD_REASONS) },
    { description: "Until when nothing it rests on is thrown away; `null` = as long as it is open." },
  ),
  steps: list(CaseStepView),
});
export type CaseView = Static<typeof CaseView>;

export const IndexView = Type.Object({
  kitchen: text(),
  /** 0 … 100; `null` = not rated. */
  index: orNull(number()),
  standing: oneOf("rated", "insufficient", "not-rated"),
  /** S, before it is drawn to the mean of the type. */
  own: number(),
  version: text(),
  reasons: list(
    Type.Object({
      component: oneOf(...INDEX_COMPONENTS),
      code: text(),
      level: Level,
      about: text(),
      points: number(),
      since: time(),
    }),
  ),
  risk: Type.Object({ grade: oneOf("A", "B", "C", "D"), static: number(), dynamic: number() }),
  nextInspection: time(),
});
export type IndexView = Static<typeof IndexView>;

export const ListView = Type.Object({
  list: text(),
  colour: oneOf("red", "black"),
  banner: text(),
  month: text(),
  state: oneOf(...LIST_STATES),
  notifiedAt: orNull(time()),
  appealUntil: orNull(time()),
  publishedAt: orNull(time()),
  entries: list(
    Type.Object({
      kitchen: text(),
      name: prose(),
      type: text(),
      index: orNull(number()),
      ground: text(),
      cases: list(text()),
      standing: oneOf("listed", "appealed", "struck", "corrected"),
      reason: orNull(prose()),
    }),
    20_000,
  ),
});
export type ListView = Static<typeof ListView>;

export const NoticeView = Type.Object({
  notification: text(),
  time: time(),
  kitchen: orNull(text()),
  case: orNull(text()),
  level: Level,
  to: text(),
  channel: text(),
  ring: flag(),
  notBefore: orNull(time()),
  text: Bilingual,
  state: oneOf(...NOTICE_STATES),
  at: time(),
  tries: count(),
  reason: orNull(prose()),
});
export type NoticeView = Static<typeof NoticeView>;

/** Who is signed in. */
export const SessionView = Type.Object({
  id: text(),
  role: oneOf(...ACCOUNT_ROLES),
  area: Type.String({
    description: "`city`, `banner:150602`, `office:150602-03`, `kitchens:K-00001,K-00002`.",
  }),
  kitchens: orNull(Type.Array(text(), { description: "Ids of the kitchens that one sees; null = all." })),
});
export type SessionView = Static<typeof SessionView>;

export const EvidenceRead = Type.Object({
  time: time(),
  who: text(),
  role: text(),
  what: prose(),
  hash: text(),
});

export const KitchenView = Type.Intersect([
  KitchenSummary,
  Type.Object({
    time: time(),
    logPosition: position(),
    address: orNull(prose()),
    risk: orNull(text()),
    capacity: orNull(number()),
    licence: Type.Object({ number: orNull(text()), validTo: text(), renewal: orNull(text()) }),
    regions: Type.Record(Type.String(), Type.String(), { description: "State of each region of the twin." }),
    opens: list(Type.Tuple([Type.String(), Type.String()])),
    alerts: list(Alert),
    cases: list(CaseView),
    devices: list(DeviceView),
    indexReasons: list(prose()),
  }),
]);
export type KitchenView = Static<typeof KitchenView>;

/** Kitchens in registry order, as columns: index i of the live stream is the i-th kitchen here. */
export const Positions = Type.Object({
  crs: Type.Literal("WGS84"),
  ids: list(text(), 1_000_000),
  names: list(text(), 1_000_000),
  types: list(text(), 1_000_000),
  banners: list(text(), 1_000_000),
  offices: list(text(), 1_000_000),
  lon: list(number(), 1_000_000),
  lat: list(number(), 1_000_000),
});
export type Positions = Static<typeof Positions>;

export const Series = Type.Object({
  device: text(),
  kind: text(),
  unit: orNull(text()),
  stepMs: count(),
  points: list(
    Type.Object({ time: time(), min: number(), mean: number(), max: number(), count: count() }),
    100_000,
  ),
});
export type Series = Static<typeof Series>;
export const History = Type.Object({ kitchen: text(), from: time(), to: time(), series: list(Series) });

export const PlacedAlert = Type.Intersect([Alert, Type.Object({ position: position() })]);
export type PlacedAlert = Static<typeof PlacedAlert>;

export const DeadLetter = Type.Object({
  position: position(),
  receivedAt: time(),
  faults: list(FaultAnswer),
  payload: Type.String({ description: "What was refused, cut to 4 kB." }),
  events: count(),
});
export type DeadLetter = Static<typeof DeadLetter>;

export const Balance = Type.Object({
  position: position(),
  received: count(),
  accepted: count(),
  duplicates: count(),
  rejected: count(),
  processed: count(),
  late: count(),
  quarantined: count(),
});
export type Balance = Static<typeof Balance>;

/** What a citizen may see of a kitchen: nothing of any person. */
export const PublicKitchen = Type.Object({
  code: text(),
  name: text(),
  type: text(),
  banner: text(),
  address: orNull(prose()),
  licence: Type.Object({
    number: orNull(text()),
    validTo: text(),
    state: oneOf("valid", "expiring", "expired", "pending", "revoked"),
  }),
  open: Type.Boolean({ description: "Open now." }),
  color: orNull(oneOf(...COLORS)),
  index: orNull(number()),
  conditions: list(
    Type.Object({ kind: text(), unit: orNull(text()), value: orNull(number()), lastAt: orNull(time()) }),
  ),
});
export type PublicKitchen = Static<typeof PublicKitchen>;

/** The way of a lot, as far as the asker may see it. */
export const TraceView = Type.Object({
  lots: list(
    Type.Object({
      product: text(),
      lot: text(),
      from: list(Type.Object({ lot: text(), supplier: orNull(text()), by: orNull(text()), time: time() })),
    }),
  ),
  suppliers: list(
    Type.Object({
      supplier: text(),
      name: orNull(prose()),
      secondTierOf: orNull(text()),
      kitchens: Type.Integer({ minimum: 0, description: "Kitchens shown that received it from this one." }),
      passedTo: list(text()),
    }),
  ),
  kitchens: list(
    Type.Object({
      kitchen: text(),
      name: prose(),
      product: text(),
      lot: text(),
      received: number(),
      returned: number(),
      used: number(),
      left: number(),
      receivedAt: time(),
      suppliers: list(text()),
    }),
    100_000,
  ),
  recalls: list(
    Type.Object({
      recall: text(),
      product: text(),
      lot: text(),
      level: Level,
      time: time(),
      exercise: flag(),
    }),
  ),
});
export type TraceView = Static<typeof TraceView>;

export const ProblemAnswer = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.Optional(Type.String()),
});

export const pageOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: orNull(Type.String({ description: "Cursor of the next page." })),
  });
