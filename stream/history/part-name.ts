/**
 * Names of part files: `<hour, UTC>-<first>-<last>.part`, such as `2026-11-23T04-0007-0009.part`. Parts are numbered as they are written;
 * one that merges others covers their numbers, so that after a crash in between the names tell which ones it replaced.
 */
import { HOUR_MS } from "./sample-code.ts";

export interface PartName {
  /** Hours since the epoch. */
  readonly hour: number;
  readonly first: number;
  readonly last: number;
}

const NAME = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{4,})-(\d{4,})\.part$/;

export function partFileName({ hour, first, last }: PartName): string {
  const text = new Date(hour * HOUR_MS).toISOString().slice(0, 13);
  return `${text}-${String(first).padStart(4, "0")}-${String(last).padStart(4, "0")}.part`;
}

/** `null` when the file is no part. */
export function parsePartName(name: string): PartName | null {
  const [, hour, first, last] = NAME.exec(name) ?? [];
  if (hour === undefined) return null;
  const time = Date.parse(`${hour}:00:00.000Z`);
  return Number.isNaN(time) ? null : { hour: time / HOUR_MS, first: Number(first), last: Number(last) };
}

/** Whether `a` was made of `b`, among others. */
export function replaces(a: PartName, b: PartName): boolean {
  return a.hour === b.hour && a.first <= b.first && b.last <= a.last && a.last - a.first > b.last - b.first;
}
