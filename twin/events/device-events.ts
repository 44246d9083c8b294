/** What devices and gateways say (CONTRACT §3). */
import { Type } from "@sinclair/typebox";
import { count, flag, list, maybe, number, oneOf, Photo, Place, share, text, time } from "./fields.ts";

/** The classes that a kitchen camera's model may report (DOMAIN §4). */
export const DETECTION_CLASSES = [
  "no_hat",
  "no_mask",
  "no_uniform",
  "bare_hand",
  "smoking",
  "phone",
  "rat",
  "cockroach_fly",
  "cockroach",
  "fly",
  "bin_open",
  "floor_dirty",
  "goods_on_floor",
  "stranger",
  "pet",
  "fire_unattended",
  "smoke",
  "cover",
  "blur",
  "shift",
  "cross_use",
  "undetermined",
] as const;

const status = () =>
  Type.Object({
    firmware: maybe(text()),
    clock: maybe(text()),
    frames: maybe(count()),
    people: maybe(count()),
    seen: maybe(list(text(), 100)),
  });

export const deviceEvents = {
  "warmcity.reading": Type.Object({ value: number() }),
  "warmcity.device.born": status(),
  "warmcity.device.died": status(),
  "warmcity.device.heartbeat": status(),
  "warmcity.device.maintained": Type.Object({
    device: maybe(text()),
    kind: oneOf("repair", "calibration", "replacement"),
    from: maybe(time()),
    to: maybe(time()),
  }),
  "warmcity.device.actuated": Type.Object({
    what: oneOf("gas-valve", "fan", "siren"),
    on: flag(),
  }),
  "warmcity.detection": Type.Object({
    class: oneOf(...DETECTION_CLASSES),
    confidence: share(),
    box: maybe(list(number(), 4)),
    zone: text(),
    model: maybe(text()),
    lastedMs: maybe(count()),
    snapshot: maybe(Photo),
  }),
  "warmcity.camera.health": Type.Object({
    state: oneOf("clear", "covered", "blurred", "shifted", "frozen"),
  }),
  "warmcity.door": Type.Object({ state: oneOf("open", "closed") }),
  "warmcity.presence": Type.Object({ people: maybe(count()) }),
  "warmcity.power": Type.Object({ on: flag() }),
  "warmcity.dish.cycle": Type.Object({
    peak: number(),
    holdMs: count(),
    program: oneOf("wash", "rinse", "descale"),
  }),
  "warmcity.food.probed": Type.Object({
    batch: text(),
    stage: oneOf("cooked", "cooling", "holding", "reheated", "served", "removed", "discarded"),
    value: maybe(number()),
    dish: maybe(text()),
    device: maybe(text()),
    weight: maybe(number()),
  }),
  "warmcity.oil.measured": Type.Object({
    tpm: maybe(share100()),
    acidValue: maybe(Type.Number({ minimum: 0, maximum: 100 })),
  }),
  "warmcity.position": Place,
  "warmcity.video.measured": Type.Object({
    firstFrameMs: count(),
    camera: text(),
    display: maybe(text()),
    street: maybe(text()),
    stallMs: maybe(count()),
    delayMs: maybe(count()),
    lostShare: maybe(share()),
  }),
  "warmcity.display.heartbeat": Type.Object({
    display: text(),
    street: text(),
  }),
} as const;

function share100() {
  return Type.Number({ minimum: 0, maximum: 100 });
}
