/** What kitchens, their staff and the goods in them do (CONTRACT §3). */
import { Type } from "@sinclair/typebox";
import {
  amount,
  count,
  dateOrTime,
  flag,
  list,
  maybe,
  number,
  oneOf,
  Photo,
  Place,
  prose,
  text,
  time,
} from "./fields.ts";

export const RECORD_KINDS = [
  "discard",
  "food-check",
  "rewash",
  "oil-change",
  "pest-control",
  "seal-stock",
  "destroy",
  "medical-note",
  "papers",
  "gas-clearance",
  "cleaning",
] as const;

const goods = () =>
  Type.Object({
    product: text(),
    lot: maybe(text()),
    supplier: maybe(text()),
    quantity: amount(),
    bestBefore: maybe(dateOrTime()),
    papers: maybe(flag()),
    category: maybe(oneOf("meat", "dairy", "oil", "vegetable", "tableware", "other")),
    receipt: maybe(text()),
  });

export const kitchenEvents = {
  "warmcity.sample.retained": Type.Object({
    meal: text(),
    dish: text(),
    grams: amount(),
  }),
  "warmcity.sample.removed": Type.Object({
    meal: text(),
    dish: text(),
    grams: maybe(amount()),
  }),
  "warmcity.menu.published": Type.Object({
    meal: text(),
    serviceStart: time(),
    serviceEnd: maybe(time()),
    dishes: list(text(), 500),
  }),
  "warmcity.selfcheck.submitted": Type.Object({
    cadence: oneOf("daily", "weekly", "monthly"),
    claimed: dateOrTime(),
    items: maybe(
      list(
        Type.Object({
          id: text(),
          ok: maybe(flag()),
          device: maybe(text()),
          value: maybe(number()),
        }),
        500,
      ),
    ),
    photos: maybe(list(Photo, 50)),
    deviceTimeTrusted: maybe(flag()),
  }),
  "warmcity.record.filed": Type.Object({
    kind: oneOf(...RECORD_KINDS),
    device: maybe(text()),
    staff: maybe(text()),
    batch: maybe(text()),
    product: maybe(text()),
    lot: maybe(text()),
    receipt: maybe(text()),
    case: maybe(text()),
    photos: maybe(list(Photo, 50)),
  }),
  "warmcity.staff.checked": Type.Object({
    staff: text(),
    temperature: maybe(Type.Number({ minimum: 20, maximum: 50 })),
    symptoms: maybe(list(text(), 50)),
  }),
  "warmcity.staff.clocked-in": Type.Object({ staff: text() }),
  "warmcity.staff.clocked-out": Type.Object({ staff: text() }),
  "warmcity.staff.certificate": Type.Object({
    staff: text(),
    validTo: dateOrTime(),
    state: oneOf("submitted", "approved", "refused"),
  }),
  "warmcity.staff.changed": Type.Object({
    staff: text(),
    job: text(),
    active: flag(),
  }),
  "warmcity.licence.changed": Type.Object({
    validTo: dateOrTime(),
    renewal: maybe(oneOf("none", "accepted", "refused")),
    state: oneOf("valid", "revoked", "closed"),
  }),
  "warmcity.kitchen.declared": Type.Object({
    state: oneOf("open", "closed", "rest-day", "maintenance"),
    from: maybe(time()),
    to: maybe(time()),
  }),
  "warmcity.kitchen.activity": Type.Object({
    kind: oneOf("pay", "order", "cooking", "scan"),
  }),
  "warmcity.goods.received": goods(),
  "warmcity.goods.issued": goods(),
  "warmcity.goods.discarded": goods(),
  "warmcity.goods.returned": goods(),
  "warmcity.test.result": Type.Object({
    report: maybe(text()),
    product: text(),
    lot: maybe(text()),
    accredited: flag(),
    passed: flag(),
    hazard: maybe(oneOf("pathogen", "additive", "other")),
    duty: maybe(text()),
  }),
  "warmcity.banquet.filed": banquet(),
  "warmcity.banquet.changed": banquet(),
  "warmcity.training.scored": Type.Object({
    staff: text(),
    score: maybe(Type.Number({ minimum: 0, maximum: 100 })),
    nextDue: maybe(dateOrTime()),
  }),
  "warmcity.survey.answered": Type.Object({
    score: maybe(Type.Number({ minimum: 0, maximum: 100 })),
  }),
  "warmcity.payment.completed": Type.Object({ amount: amount() }),
  "warmcity.seals.counted": Type.Object({ left: count() }),
  "warmcity.question.asked": Type.Object({ question: prose() }),
  "warmcity.question.answered": Type.Object({ question: prose() }),
} as const;

function banquet() {
  return Type.Object({
    banquet: text(),
    heads: count(),
    filed: flag(),
    place: Place,
    radiusM: maybe(amount()),
    from: maybe(time()),
    to: maybe(time()),
  });
}
