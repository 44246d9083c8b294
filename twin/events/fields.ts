/** The building blocks of all event schemas (TypeBox): one definition gives type, validation and JSON Schema. */
import { FormatRegistry, type Static, type TSchema, Type } from "@sinclair/typebox";
import { endOf, parseTime } from "../kernel/time.ts";

FormatRegistry.Set("date-time", (text) => !Number.isNaN(parseTime(text)));
FormatRegistry.Set("date-or-time", (text) => !Number.isNaN(endOf(text)));

/** A short text: names, ids, codes. */
export const text = () => Type.String({ minLength: 1, maxLength: 256 });
/** A long text: reasons, reviews. */
export const prose = () => Type.String({ maxLength: 4_000 });
/** RFC 3339 with zone. */
export const time = () => Type.String({ format: "date-time", maxLength: 40 });
/** RFC 3339, or a date that holds to its end in Asia/Shanghai. */
export const dateOrTime = () => Type.String({ format: "date-or-time", maxLength: 40 });
export const number = () => Type.Number();
export const amount = () => Type.Number({ minimum: 0 });
export const count = () => Type.Integer({ minimum: 0 });
export const flag = () => Type.Boolean();
export const share = () => Type.Number({ minimum: 0, maximum: 1 });
export const list = <T extends TSchema>(item: T, maxItems = 1_000) => Type.Array(item, { maxItems });
export const oneOf = <const T extends readonly string[]>(...values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))));

/** A field that may be absent or `null`, both meaning "not known". */
export const maybe = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** A picture kept elsewhere, bound by its hash. */
export const Photo = Type.Object({
  sha256: maybe(Type.String({ maxLength: 64 })),
  uri: maybe(Type.String({ maxLength: 2_048 })),
});

export const Place = Type.Object({
  lon: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
});

export const Level = oneOf("L1", "L2", "L3", "L4");
export type Level = Static<typeof Level>;
