/** A line of a story at another time: what it says moves along, so that it can be told now. */
import { DAY_MS, formatDate, formatTime, parseDate, parseTime } from "../twin/kernel/time.ts";
import type { Line } from "./replayed.ts";

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * All times in a line moved by `shiftMs`, and all dates by as many days as that makes (rounded). What only a file says
 * (`receivedtime`) is left out, and identities get a mark, so that the same story can be told again: `mark` "" = they stay.
 * A line that is no JSON object stays as it is.
 */
export function shiftedLine({ at, text }: Line, shiftMs: number, mark: string): Line {
  const event = parsed(text);
  if (event === null) return { at: at + shiftMs, text };
  const { receivedtime: _, id, bootid, ...rest } = event;
  const moved = moveIn(rest, shiftMs);
  const marked = (name: unknown) => (typeof name === "string" ? `${name}${mark}` : name);
  const told: Record<string, unknown> = { ...moved, id: marked(id) };
  if (bootid !== undefined) told.bootid = marked(bootid);
  const { data } = told;
  if (typeof data === "object" && data !== null && "boot" in data && Array.isArray(data.boot))
    told.data = { ...data, boot: data.boot.map(marked) };
  return { at: at + shiftMs, text: JSON.stringify(told) };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === "object" && event !== null && !Array.isArray(event) ? { ...event } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function moveIn(fields: Readonly<Record<string, unknown>>, shiftMs: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, moved(value, shiftMs)]));
}

function moved(value: unknown, shiftMs: number): unknown {
  if (typeof value === "string") {
    if (INSTANT.test(value)) return formatTime(parseTime(value) + shiftMs);
    if (DATE.test(value)) return formatDate(parseDate(value) + Math.round(shiftMs / DAY_MS));
    return value;
  }
  if (Array.isArray(value)) return value.map((one) => moved(one, shiftMs));
  if (typeof value !== "object" || value === null) return value;
  return moveIn({ ...value }, shiftMs);
}
