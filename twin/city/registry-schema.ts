/**
 * The registry file (CONTRACT §1) as schemas. What a schema cannot say (ids that must be unique or known, spans that
 * must not be empty, coordinates that must be WGS84) stands in `registry-references.ts`.
 *
 * Optional fields may be absent or `null`; only `reportEveryMs` tells the two apart: `null` = speaks when something
 * happens, absent = the kind's own period.
 */
import { FormatRegistry, type Static, Type } from "@sinclair/typebox";
import { DEVICE_KINDS } from "../devices/device-kind.ts";
import { dateOrTime, list, maybe, oneOf, Place, prose, text } from "../events/fields.ts";
import { days, parseTimeOfDay } from "../kernel/time.ts";
import { JOBS, KITCHEN_TYPES, ZONE_KINDS } from "./kitchen.ts";

FormatRegistry.Set("time-of-day", (value) => !Number.isNaN(parseTimeOfDay(value)));

/** What ids and MQTT topic levels may hold: no slash, no wildcard, no blank. */
const NAME = "[^/+#\\s]{1,64}";
/** Six-digit division code. */
const BANNER = "^\\d{6}$";
const KITCHENS_MAX = 1_000_000;

const id = () =>
  Type.String({ pattern: `^${NAME}$`, description: "an id of 1 to 64 signs but / + # and blanks" });
const timeOfDay = () => Type.String({ format: "time-of-day" });

/** `["05:00", "19:00"]`; may cross midnight. */
export const SpanJson = Type.Tuple([timeOfDay(), timeOfDay()]);
export type SpanJson = Static<typeof SpanJson>;

const spans = () => list(SpanJson, 24);

const Position = Type.Composite([Place, Type.Object({ crs: maybe(text()) })]);

export const DeviceJson = Type.Object({
  id: text(),
  kind: oneOf(...DEVICE_KINDS),
  zone: maybe(text()),
  of: maybe(text()),
  reportEveryMs: Type.Optional(Type.Union([Type.Integer({ minimum: 100, maximum: days(7) }), Type.Null()])),
  gateway: maybe(text()),
  feeder: maybe(text()),
  isp: maybe(text()),
});
export type DeviceJson = Static<typeof DeviceJson>;

const StaffJson = Type.Object({
  id: text(),
  job: oneOf(...JOBS),
  certificateValidTo: maybe(dateOrTime()),
  trainingDue: maybe(dateOrTime()),
});

export const KitchenJson = Type.Object({
  id: id(),
  code: maybe(text()),
  name: maybe(text()),
  type: oneOf(...KITCHEN_TYPES),
  banner: Type.String({ pattern: BANNER, description: "a division code of six digits" }),
  office: text(),
  street: maybe(text()),
  position: Position,
  capacity: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  opens: spans(),
  risk: maybe(oneOf("A", "B", "C", "D")),
  address: maybe(prose()),
  calendar: maybe(oneOf("daily", "workday", "school", "event")),
  meals: maybe(spans()),
  tableware: maybe(oneOf("own", "central")),
  connect: maybe(oneOf("none", "surveyed", "installed", "online")),
  cadre: maybe(Type.Object({ id: text(), tier: oneOf("A", "B", "C", "D") })),
  permit: maybe(
    Type.Object({
      center: Position,
      radiusM: maybe(Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000 })),
      hours: maybe(spans()),
    }),
  ),
  licence: Type.Object({
    number: maybe(text()),
    validTo: dateOrTime(),
    renewal: maybe(oneOf("none", "accepted", "refused")),
  }),
  zones: maybe(list(Type.Object({ id: text(), kind: oneOf(...ZONE_KINDS) }), 200)),
  devices: maybe(list(DeviceJson, 10_000)),
  staff: maybe(list(StaffJson, 10_000)),
});
export type KitchenJson = Static<typeof KitchenJson>;

export const StreetJson = Type.Object({
  id: id(),
  name: maybe(text()),
  kitchens: maybe(list(text(), 10_000)),
  displays: maybe(list(text(), 1_000)),
});
export type StreetJson = Static<typeof StreetJson>;

export const SupplierJson = Type.Object({
  id: id(),
  name: maybe(text()),
  secondTierOf: maybe(text()),
});
export type SupplierJson = Static<typeof SupplierJson>;

export const Registry = Type.Object({
  version: Type.Literal(1),
  kitchens: list(KitchenJson, KITCHENS_MAX),
  streets: maybe(list(StreetJson, 100_000)),
  suppliers: maybe(list(SupplierJson, 100_000)),
});
export type RegistryJson = Static<typeof Registry>;

/** The registry without a look into its lists, which are checked item by item. */
export const RegistryShell = Type.Object({
  version: Type.Literal(1),
  kitchens: list(Type.Unknown(), KITCHENS_MAX),
  streets: maybe(list(Type.Unknown(), 100_000)),
  suppliers: maybe(list(Type.Unknown(), 100_000)),
});
