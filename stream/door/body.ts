/** Bytes from outside to text to JSON, within limits: nothing is parsed that is too large, too deep or not UTF-8. */
import type { Fault, Parsed } from "../../twin/kernel/fault.ts";
import { pointerToken } from "../../twin/kernel/fault.ts";
import { nestsDeeperThan } from "./json-text.ts";

export const DEPTH_MAX = 64;

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");

/** The text of a body; a fault if it is not UTF-8. */
export function bodyText(body: Uint8Array | string): Parsed<string> {
  if (typeof body === "string") return { ok: true, value: body };
  try {
    return { ok: true, value: strict.decode(body) };
  } catch (error) {
    if (error instanceof TypeError) return fault("is not UTF-8");
    throw error;
  }
}

/** The JSON value of a text. */
export function parseJson(text: string): Parsed<unknown> {
  if (nestsDeeperThan(text, DEPTH_MAX)) return fault(`nests deeper than ${DEPTH_MAX}`);
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof SyntaxError) return fault(`is no JSON: ${error.message}`);
    throw error;
  }
}

/** The bytes that `data_base64` carries. */
export function parseBase64(value: unknown): Parsed<Uint8Array> {
  if (typeof value !== "string") return fault("expected base64 text");
  try {
    return { ok: true, value: Uint8Array.from(atob(value), (character) => character.charCodeAt(0)) };
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidCharacterError") return fault("is no base64");
    throw error;
  }
}

/** The beginning of a body as readable text: what a dead letter shows. */
export function excerpt(body: Uint8Array | string, max: number): string {
  if (typeof body === "string") return body.slice(0, max);
  const text = lenient.decode(body.subarray(0, max));
  // biome would take the control characters in a pattern for an accident, so they are looked for by code.
  const readable = [...text.slice(0, 64)].every((c) => c >= " " || c === "\n" || c === "\r" || c === "\t");
  if (readable && !text.slice(0, 64).includes("\ufffd")) return text;
  return `hex ${Array.from(body.subarray(0, max / 4), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Where the first number beyond all bounds (1e999 parses to Infinity) stands in a parsed value; `null` if none does. */
export function nonFinitePointer(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : "";
  if (typeof value !== "object" || value === null) return null;
  for (const key in value) {
    const below = nonFinitePointer(Reflect.get(value, key));
    if (below !== null) return `/${pointerToken(key)}${below}`;
  }
  return null;
}

function fault(reason: string): { ok: false; faults: Fault[] } {
  return { ok: false, faults: [{ pointer: "", reason }] };
}
