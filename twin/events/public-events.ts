/** What the public, the platforms, suppliers and the authorities say (CONTRACT §3). */
import { Type } from "@sinclair/typebox";
import { LIST_COMMANDS } from "../lists/monthly-list.ts";
import {
  amount,
  count,
  dateOrTime,
  flag,
  Level,
  list,
  maybe,
  number,
  oneOf,
  Photo,
  prose,
  text,
  time,
} from "./fields.ts";

export const CASE_COMMANDS = [
  "review-confirm",
  "review-false",
  "dispatch",
  "acknowledge",
  "start",
  "submit",
  "recheck-start",
  "recheck-pass",
  "recheck-fail",
  "extend",
  "dispute",
  "file",
  "decide",
  "transfer",
  "appeal",
  "audit",
  "close",
  "assign",
  "comment",
] as const;
export const ROLES = ["O", "S", "Q", "C", "B", "H", "PL", "OPS"] as const;

const recall = () =>
  Type.Object({
    recall: text(),
    class: Type.Integer({ minimum: 1, maximum: 3 }),
    product: text(),
    lots: list(text(), 1_000),
  });

const order = () =>
  Type.Object({
    order: text(),
    rider: maybe(text()),
    station: maybe(text()),
    intact: maybe(flag()),
    at: maybe(oneOf("pickup", "handover")),
    seal: maybe(text()),
    cookedAt: maybe(time()),
    temperature: maybe(number()),
    photo: maybe(Photo),
  });

const findings = () => list(Type.Object({ item: text(), ok: flag(), level: maybe(Level) }), 500);
const completed = () =>
  Type.Object({
    form: maybe(text()),
    duty: maybe(text()),
    findings: findings(),
    inspectors: maybe(list(text(), 20)),
  });

export const publicEvents = {
  "warmcity.goods.transferred": Type.Object({
    product: text(),
    lot: maybe(text()),
    to: maybe(text()),
    quantity: amount(),
    lotTo: maybe(text()),
  }),
  "warmcity.recall.issued": recall(),
  "warmcity.recall.amended": recall(),
  "warmcity.complaint.filed": Type.Object({
    complaint: text(),
    kind: oneOf("complaint", "tip-off", "mixed"),
    topic: maybe(prose()),
    person: text(),
    named: maybe(flag()),
  }),
  "warmcity.complaint.handled": Type.Object({
    complaint: text(),
    step: oneOf(
      "accepted",
      "refused",
      "mediated",
      "ended",
      "verified",
      "filed",
      "not-filed",
      "extended",
      "reporter-told",
      "reward-paid",
    ),
  }),
  "warmcity.illness.reported": Type.Object({
    person: text(),
    ate: maybe(time()),
    symptoms: maybe(list(text(), 50)),
    hospital: maybe(flag()),
    people: maybe(Type.Integer({ minimum: 1, maximum: 10_000 })),
  }),
  "warmcity.rating.posted": Type.Object({
    stars: Type.Integer({ minimum: 1, maximum: 5 }),
    text: prose(),
    accountAgeDays: count(),
    orderVerified: flag(),
  }),
  /** The kitchen's answer to a rating, named by the id of its event. */
  "warmcity.rating.replied": Type.Object({ rating: text(), text: prose() }),
  "warmcity.order.sealed": order(),
  "warmcity.order.seal-scanned": order(),
  "warmcity.platform.listing": Type.Object({
    shop: text(),
    licence: text(),
    licenceValidTo: dateOrTime(),
    address: prose(),
    dineIn: flag(),
    noDineInLabel: flag(),
    state: oneOf("listed", "delisted"),
  }),
  "warmcity.duty.planned": Type.Object({
    duty: maybe(text()),
    kind: oneOf("inspection", "visit", "patrol", "test"),
    due: dateOrTime(),
    assignee: text(),
  }),
  "warmcity.inspection.completed": completed(),
  "warmcity.visit.completed": completed(),
  "warmcity.patrol.completed": completed(),
  "warmcity.street.counted": Type.Object({
    street: text(),
    people: maybe(count()),
  }),
  "warmcity.weather.warned": Type.Object({
    kind: text(),
    level: text(),
    banners: list(text(), 20),
    from: maybe(time()),
    to: maybe(time()),
  }),
  "warmcity.vote.cast": Type.Object({
    ballot: text(),
    choice: text(),
    person: text(),
  }),
  "warmcity.notification.receipted": Type.Object({
    notification: text(),
    state: oneOf("sent", "delivered", "read", "answered", "failed"),
    recording: maybe(text()),
  }),
  /** A step in the life of a monthly list (`twin/lists/monthly-list.ts`). */
  "warmcity.list.command": Type.Object({
    /** `black:150602:2026-10` */
    list: text(),
    command: oneOf(...LIST_COMMANDS),
    role: oneOf("O", "Q", "C"),
    actor: maybe(text()),
    kitchen: maybe(text()),
    reason: maybe(prose()),
  }),
  /** A step of a warning to the public. */
  "warmcity.warning.command": Type.Object({
    warning: text(),
    command: oneOf("draft", "sign", "withdraw"),
    actor: maybe(text()),
    draft: maybe(
      Type.Object({ title: text(), text: prose(), banners: list(text(), 20), until: dateOrTime() }),
    ),
  }),
  "warmcity.case.command": Type.Object({
    case: text(),
    command: oneOf(...CASE_COMMANDS),
    role: oneOf(...ROLES),
    actor: maybe(text()),
    reason: maybe(prose()),
    evidence: maybe(list(Type.Union([text(), Photo]), 100)),
    decision: maybe(
      Type.Object({
        kind: oneOf("penalty", "warning", "none"),
        fine: maybe(amount()),
        rewardLevel: maybe(Type.Integer({ minimum: 1, maximum: 3 })),
      }),
    ),
    /** Who rechecked on site; told, they are two at least (O49 Art. 23). */
    inspectors: maybe(list(text(), 20)),
  }),
} as const;
