/**
 * The compiled check of every event type's `data`, and plain reasons where it fails.
 *
 * The contract's schemas say what a field is; the door adds what no physical world exceeds: temperatures -90…400 °C
 * where an event carries one, and ±1e15 for every other number, so that no sum of times or amounts overflows later.
 */
import { type TSchema, TypeGuard } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { type ValueError, ValueErrorType } from "@sinclair/typebox/errors";
import { type InputType, inputEvents } from "../../twin/events/catalogue.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import type { UnplacedEvent } from "./admission.ts";
import { cut } from "./json-text.ts";

const MAGNITUDE_MAX = 1e15;
const FAULTS_MAX = 20;

/** Fields of events (not readings: those have their kind's range) that hold a temperature in °C. */
const TEMPERATURES: Readonly<Record<string, readonly string[]>> = {
  "warmcity.dish.cycle": ["peak"],
  "warmcity.food.probed": ["value"],
  "warmcity.order.sealed": ["temperature"],
  "warmcity.order.seal-scanned": ["temperature"],
};

const compiled = new Map<string, TypeCheck<TSchema>>();

/** An event whose `data` is still unproven. */
export type Draft = Omit<UnplacedEvent, "data"> & { readonly data: unknown };

/** Whether `data` is what the event's type demands. */
export function isSound(draft: Draft): draft is UnplacedEvent {
  return check(draft.type).Check(draft.data);
}

/** Why `data` is not what the type demands, each with a pointer into the event. */
export function dataFaults(type: InputType, data: unknown): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of check(type).Errors(data)) {
    for (const fault of faultsOf(error)) if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
    if (faults.size >= FAULTS_MAX) break;
  }
  return [...faults.values()];
}

function check(type: InputType): TypeCheck<TSchema> {
  let found = compiled.get(type);
  if (found === undefined) {
    found = TypeCompiler.Compile(bounded(inputEvents[type], TEMPERATURES[type] ?? []));
    compiled.set(type, found);
  }
  return found;
}

/** The same schema with limits on every number that has none. */
function bounded(schema: TSchema, temperatures: readonly string[], name = ""): TSchema {
  if (TypeGuard.IsNumber(schema) || TypeGuard.IsInteger(schema)) {
    const hot = temperatures.includes(name);
    return {
      ...schema,
      minimum: schema.minimum ?? (hot ? -90 : -MAGNITUDE_MAX),
      maximum: schema.maximum ?? (hot ? 400 : MAGNITUDE_MAX),
    };
  }
  if (TypeGuard.IsUnion(schema)) {
    return { ...schema, anyOf: schema.anyOf.map((variant) => bounded(variant, temperatures, name)) };
  }
  if (TypeGuard.IsArray(schema)) return { ...schema, items: bounded(schema.items, temperatures) };
  if (TypeGuard.IsObject(schema)) {
    const properties = Object.entries(schema.properties).map(([key, property]) => [
      key,
      bounded(property, temperatures, key),
    ]);
    return { ...schema, properties: Object.fromEntries(properties) };
  }
  return schema;
}

/** The faults of `value` against any schema, with pointers under `root`. */
export function schemaFaults(checked: TypeCheck<TSchema>, value: unknown, root: string): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of checked.Errors(value)) {
    for (const fault of faultsOf(error, root))
      if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
    if (faults.size >= FAULTS_MAX) break;
  }
  return [...faults.values()];
}

function faultsOf(error: ValueError, root = "/data"): Fault[] {
  const pointer = root + error.path;
  if (error.type === ValueErrorType.ObjectRequiredProperty) {
    return [{ pointer, reason: `is missing; expected ${expected(error.schema)}` }];
  }
  if (TypeGuard.IsUnion(error.schema) && error.value !== null) {
    const variants = error.schema.anyOf.filter((variant) => !TypeGuard.IsNull(variant));
    const only = variants.length === 1 ? error.errors[error.schema.anyOf.indexOf(variants[0]!)] : undefined;
    if (only !== undefined) return [...only].slice(0, FAULTS_MAX).flatMap((inner) => faultsOf(inner, root));
  }
  const beyond = error.type === ValueErrorType.NumberMaximum && error.schema.maximum === MAGNITUDE_MAX;
  const below = error.type === ValueErrorType.NumberMinimum && error.schema.minimum === -MAGNITUDE_MAX;
  const wanted =
    beyond || below ? `a number from ${-MAGNITUDE_MAX} to ${MAGNITUDE_MAX}` : expected(error.schema);
  return [{ pointer, reason: `is ${shown(error.value)}; expected ${wanted}` }];
}

/** A value in a few words. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return cut(JSON.stringify(value), 60);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" ? "an object" : String(value);
}

/** What a schema wants, in a few words. */
export function expected(schema: TSchema): string {
  if (TypeGuard.IsUnion(schema)) {
    const literals = schema.anyOf.filter(TypeGuard.IsLiteral).map((literal) => String(literal.const));
    const others = schema.anyOf.filter((variant) => !TypeGuard.IsLiteral(variant)).map(expected);
    const choice = literals.length > 0 ? [`one of ${literals.join(", ")}`] : [];
    return [...choice, ...others].join(" or ");
  }
  if (TypeGuard.IsLiteral(schema)) return JSON.stringify(schema.const);
  if (TypeGuard.IsInteger(schema)) return `a whole number${span(schema.minimum, schema.maximum)}`;
  if (TypeGuard.IsNumber(schema)) return `a number${span(schema.minimum, schema.maximum)}`;
  if (TypeGuard.IsString(schema)) return expectedText(schema);
  if (TypeGuard.IsBoolean(schema)) return "true or false";
  if (TypeGuard.IsNull(schema)) return "null";
  if (TypeGuard.IsArray(schema)) return `a list of at most ${schema.maxItems ?? "any number of"} elements`;
  return TypeGuard.IsObject(schema) ? "an object" : "another value";
}

function expectedText(schema: { format?: string; minLength?: number; maxLength?: number }): string {
  if (schema.format === "date-time") return "an RFC 3339 time with zone";
  if (schema.format === "date-or-time") return "a date (YYYY-MM-DD) or an RFC 3339 time with zone";
  return `a text of ${schema.minLength ?? 0} to ${schema.maxLength ?? "any number of"} characters`;
}

function span(min: number | undefined, max: number | undefined): string {
  const low = min ?? -MAGNITUDE_MAX;
  const high = max ?? MAGNITUDE_MAX;
  if (low === -MAGNITUDE_MAX && high === MAGNITUDE_MAX) return "";
  if (high === MAGNITUDE_MAX) return ` of at least ${low}`;
  return ` from ${low} to ${high}`;
}
