/** What is answered of duties: one definition gives the types, the OpenAPI and what may go out at all. */
import { type Static, Type } from "@sinclair/typebox";
import {
  count,
  flag,
  Level,
  list,
  number,
  oneOf,
  Place,
  prose,
  text,
  time,
} from "../../twin/events/fields.ts";
import { Bilingual } from "../../twin/events/output-events.ts";
import { orNull } from "./answers.ts";
import { Provision } from "./city-duty-answers.ts";

const day = () => Type.String({ description: "YYYY-MM-DD in Asia/Shanghai." });
const MANY = 20_000;

export const CHECK_STATES = [
  "zero-risk",
  "done",
  "late",
  "missing",
  "pending",
  "closed",
  "not-covered",
] as const;
export const CheckPeriod = Type.Object({
  from: day(),
  to: day(),
  state: Type.Unsafe<(typeof CHECK_STATES)[number]>({
    ...oneOf(...CHECK_STATES),
    description:
      "zero-risk = in time, nothing found (零风险报告); not-covered = before the log began, nobody knows.",
  }),
  due: time(),
  at: orNull(time()),
  arrivedAt: orNull(time()),
  items: count(),
  faults: count(),
  doubts: list(text()),
});
export type CheckPeriod = Static<typeof CheckPeriod>;

export const CERTIFICATE_STATES = ["valid", "expiring", "expired", "renewing", "unknown"] as const;
export const MORNING_STATES = ["normal", "abnormal", "cleared", "not-checked"] as const;
export const TRAINING_STATES = ["passed", "failed", "overdue", "unknown"] as const;
export const StaffStatus = Type.Object({
  /** The registry's id and the date go to officials alone; `null` for everybody else. */
  person: orNull(text()),
  certificateValidTo: orNull(text()),
  job: text(),
  certificate: oneOf(...CERTIFICATE_STATES),
  morning: oneOf(...MORNING_STATES),
  onDuty: flag(),
  training: oneOf(...TRAINING_STATES),
});
export type StaffStatus = Static<typeof StaffStatus>;

/** People by status, and nothing else of them. */
export const StaffCounts = Type.Object({
  people: count(),
  certificate: Type.Record(Type.String(), count()),
  morning: Type.Record(Type.String(), count()),
  training: Type.Record(Type.String(), count()),
});
export type StaffCounts = Static<typeof StaffCounts>;

export const DutyView = Type.Object({
  duty: text(),
  kind: oneOf("inspection", "visit", "patrol", "test"),
  kitchen: text(),
  office: text(),
  banner: text(),
  assignee: text(),
  due: day(),
  state: oneOf("planned", "overdue", "done"),
  doneAt: orNull(time()),
  faults: count(),
});
export type DutyView = Static<typeof DutyView>;

export const DutySummary = Type.Object({
  who: text(),
  kind: oneOf("inspection", "visit", "patrol", "test"),
  planned: count(),
  overdue: count(),
  done: count(),
  unplanned: Type.Integer({ minimum: 0, description: "Done without a plan; only where asked by office." }),
});
export type DutySummary = Static<typeof DutySummary>;

export const PatrolDraw = Type.Object({
  week: day(),
  office: text(),
  seed: count(),
  pool: Type.Integer({ minimum: 0, description: "Kitchens that could be drawn." }),
  drawn: list(Type.Object({ duty: text(), kitchen: text() }), MANY),
  isNew: Type.Boolean({ description: "false = this week was drawn before; nothing was planned now." }),
});
export type PatrolDraw = Static<typeof PatrolDraw>;

export const WorkOrder = Type.Object({
  case: text(),
  code: text(),
  level: Level,
  state: text(),
  asset: orNull(text()),
  device: orNull(text()),
  kitchen: orNull(text()),
  office: orNull(text()),
  openedAt: time(),
  due: orNull(time()),
  overdue: flag(),
});
export type WorkOrder = Static<typeof WorkOrder>;

export const ComplaintView = Type.Object({
  complaint: text(),
  /** `null` = of no kitchen that is known yet. */
  kitchen: orNull(text()),
  kind: oneOf("complaint", "tip-off", "mixed"),
  topic: orNull(prose()),
  /** A pseudonym; `null` for everybody but the offices that work on it. */
  person: orNull(text()),
  named: flag(),
  filedAt: time(),
  clocks: list(
    Type.Object({
      clock: oneOf("accept", "mediate", "file", "tell-reporter"),
      due: time(),
      provisional: flag(),
      doneAt: orNull(time()),
      state: oneOf("running", "overdue", "done", "late"),
    }),
  ),
  reward: orNull(
    Type.Object({
      code: text(),
      state: oneOf("undecided", "none", "due", "paid"),
      yuan: number(),
      paidAt: orNull(time()),
    }),
  ),
});
export type ComplaintView = Static<typeof ComplaintView>;

export const RatingsView = Type.Object({
  state: Type.Unsafe<"shown" | "under-review">({
    ...oneOf("shown", "under-review"),
    description:
      "under-review (核查中): the ratings look ordered; nobody is shown them until that is settled.",
  }),
  count: count(),
  mean: orNull(number()),
  toReply: Type.Integer({ minimum: 0, description: "Bad ratings that wait for a reply." }),
  items: list(
    Type.Object({
      rating: text(),
      at: time(),
      stars: count(),
      text: prose(),
      ordered: flag(),
      reply: orNull(Type.Object({ at: time(), text: prose() })),
    }),
  ),
});
export type RatingsView = Static<typeof RatingsView>;

export const TestResultView = Type.Object({
  report: text(),
  laboratory: text(),
  kitchen: Type.Object({ code: text(), name: text(), banner: text() }),
  product: text(),
  lot: orNull(text()),
  passed: flag(),
  hazard: orNull(text()),
  at: time(),
  publishedFrom: time(),
});
export type TestResultView = Static<typeof TestResultView>;

export const SealView = Type.Object({
  left: orNull(
    Type.Integer({ description: "As counted, less the orders sealed since; below 0 = counted wrong." }),
  ),
  countedAt: orNull(time()),
  stockedAt: orNull(time()),
  perDay: number(),
  daysLeft: orNull(number()),
  low: flag(),
});
export type SealView = Static<typeof SealView>;

export const ListingView = Type.Object({
  kitchen: text(),
  platform: text(),
  shop: text(),
  licence: text(),
  licenceValidTo: text(),
  address: prose(),
  dineIn: flag(),
  noDineInLabel: flag(),
  state: oneOf("listed", "delisted"),
  at: time(),
  mismatch: Type.Boolean({ description: "W02 is open on the shop." }),
});
export type ListingView = Static<typeof ListingView>;

export const MobileView = Type.Object({
  kitchen: text(),
  name: prose(),
  office: text(),
  position: orNull(Type.Object({ place: Place, at: time() })),
  outsideM: orNull(
    Type.Integer({ description: "Metres beyond the zone that holds now; 0 = inside; null = none known." }),
  ),
  banquets: list(
    Type.Object({
      banquet: text(),
      heads: count(),
      filed: flag(),
      place: Place,
      from: orNull(time()),
      to: orNull(time()),
      state: oneOf("coming", "under-way", "over"),
    }),
  ),
});
export type MobileView = Static<typeof MobileView>;

/** Items of a checklist and whether they are there. */
export const Checklist = list(Type.Object({ item: text(), ok: flag() }));
export type Checklist = Static<typeof Checklist>;

export const TASK_KINDS = ["seal-stock", "used-lot", "reopening", "weather"] as const;
/** What something that happened asks of a kitchen: a recall, an opening after a closing, a weather warning. */
export const KitchenTask = Type.Object({
  /** The same task has the same name. */
  task: text(),
  kind: oneOf(...TASK_KINDS),
  title: Bilingual,
  state: oneOf("open", "overdue", "done"),
  from: time(),
  due: orNull(time()),
  case: orNull(text()),
  /** The asset of the alert behind it. */
  about: orNull(text()),
  /** All there = the task is done. */
  checklist: Checklist,
  /** Meals in which a recalled lot was, or may have been, used. */
  meals: list(Type.Object({ from: time(), to: time() })),
  /** Retained samples of these meals; `locked` = not to be thrown away before the case is over. */
  samples: list(
    Type.Object({ meal: text(), dish: text(), at: time(), removedAt: orNull(time()), locked: flag() }),
  ),
});
export type KitchenTask = Static<typeof KitchenTask>;

export const EquipmentView = Type.Object({
  devices: list(
    Type.Object({
      device: text(),
      kind: text(),
      repairedAt: orNull(time()),
      calibratedAt: orNull(time()),
      replacedAt: orNull(time()),
    }),
  ),
  pestControlAt: orNull(time()),
  oilChangedAt: orNull(time()),
  cleanedAt: orNull(time()),
});
export type EquipmentView = Static<typeof EquipmentView>;

export const ReceiptView = Type.Object({
  at: time(),
  receipt: orNull(text()),
  product: text(),
  lot: orNull(text()),
  supplier: orNull(text()),
  category: orNull(text()),
  papers: orNull(flag()),
});
export type ReceiptView = Static<typeof ReceiptView>;

export const KitchenDuties = Type.Object({
  kitchen: text(),
  time: time(),
  selfControl: Type.Object({
    daily: list(CheckPeriod),
    weekly: list(CheckPeriod),
    monthly: list(CheckPeriod),
  }),
  staff: list(StaffStatus),
  plans: list(DutyView),
  ratings: RatingsView,
  seals: SealView,
  listings: list(ListingView),
  equipment: EquipmentView,
  receipts: list(ReceiptView),
  disclosure: Checklist,
  entry: Checklist,
  tasks: list(KitchenTask),
  /** Provisions that its alerts of the last month are about, the newest first. */
  reading: list(Provision),
  quickTests: orNull(Type.Object({ tests: count(), failed: count() })),
});
export type KitchenDuties = Static<typeof KitchenDuties>;

/** For guests: how the kitchen does its duties; of people a status at most. */
export const PublicDuties = Type.Object({
  code: text(),
  selfControl: Type.Object({
    today: oneOf(...CHECK_STATES),
    lastMonth: Type.Record(Type.String(), count(), { description: "Days of the last 30 by state." }),
  }),
  staff: StaffCounts,
  ratings: RatingsView,
  results: list(TestResultView),
  ingredients: list(ReceiptView),
  missing: list(text()),
});
export type PublicDuties = Static<typeof PublicDuties>;
