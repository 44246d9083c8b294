/** TypeBox errors as faults: one sentence per place, saying what stands there and what would be right. */
import { type TSchema, TypeGuard } from "@sinclair/typebox";
import { type ValueError, ValueErrorType } from "@sinclair/typebox/errors";
import type { Fault } from "../kernel/fault.ts";

/** All faults among the errors, one per pointer; pointers are prefixed with `root`. */
export function schemaFaults(errors: Iterable<ValueError>, root: string): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    for (const fault of faultsOf(error, root))
      if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
  }
  return [...faults.values()];
}

function faultsOf(error: ValueError, root: string): Fault[] {
  const pointer = root + error.path;
  if (error.type === ValueErrorType.ObjectRequiredProperty) {
    return [{ pointer, reason: `is missing; expected ${wanted(error.schema)}` }];
  }
  const inner = innerErrors(error);
  if (inner !== null) return inner.flatMap((each) => faultsOf(each, root));
  return [{ pointer, reason: `is ${shown(error.value)}; expected ${wanted(error.schema)}` }];
}

/** What is wrong inside an optional value: `T | null` says nothing, the errors of T do. */
function innerErrors(error: ValueError): ValueError[] | null {
  if (!TypeGuard.IsUnion(error.schema) || error.value === null) return null;
  const real = error.schema.anyOf.filter((variant) => !TypeGuard.IsNull(variant));
  if (real.length !== 1) return null;
  const errors = error.errors[error.schema.anyOf.indexOf(real[0]!)];
  return errors === undefined ? null : [...errors];
}

/** A value in a few words. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** What a schema wants, in a few words. */
function wanted(schema: TSchema): string {
  if (schema.description !== undefined) return schema.description;
  if (TypeGuard.IsUnion(schema)) {
    const literals = schema.anyOf.filter(TypeGuard.IsLiteral).map((literal) => String(literal.const));
    const others = schema.anyOf.filter((variant) => !TypeGuard.IsLiteral(variant)).map(wanted);
    return [...(literals.length > 0 ? [`one of ${literals.join(" ")}`] : []), ...others].join(" or ");
  }
  if (TypeGuard.IsLiteral(schema)) return JSON.stringify(schema.const);
  if (TypeGuard.IsString(schema)) return wantedText(schema);
  if (TypeGuard.IsInteger(schema)) return `a whole number${bounds(schema)}`;
  if (TypeGuard.IsNumber(schema)) return `a number${bounds(schema)}`;
  if (TypeGuard.IsTuple(schema)) return 'two times of day, as ["05:00", "19:00"]';
  if (TypeGuard.IsArray(schema)) return `a list of at most ${schema.maxItems ?? "any number of"} items`;
  if (TypeGuard.IsNull(schema)) return "null";
  return TypeGuard.IsObject(schema) ? "an object" : "another value";
}

function wantedText(schema: { format?: string; minLength?: number; maxLength?: number }): string {
  switch (schema.format) {
    case "time-of-day":
      return "a time of day from 00:00 to 24:00";
    case "date-or-time":
      return "a date (YYYY-MM-DD) or an RFC 3339 time with zone";
    default:
      return `a text of ${schema.minLength ?? 0} to ${schema.maxLength ?? "any number of"} characters`;
  }
}

function bounds(schema: { minimum?: number; exclusiveMinimum?: number; maximum?: number }): string {
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const from = schema.exclusiveMinimum === undefined ? "from" : "above";
  const upper = schema.maximum === undefined ? "" : ` up to ${schema.maximum}`;
  return (low === undefined ? "" : ` ${from} ${low}`) + upper;
}
