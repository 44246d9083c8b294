/**
 * Every event type that may enter (CONTRACT §3): one line per family. Types, validation, JSON Schema, OpenAPI and
 * AsyncAPI all come from here.
 */
import type { Static } from "@sinclair/typebox";
import { Readings } from "./columns.ts";
import { deviceEvents } from "./device-events.ts";
import { kitchenEvents } from "./kitchen-events.ts";
import { publicEvents } from "./public-events.ts";

export const inputEvents = {
  ...deviceEvents,
  ...kitchenEvents,
  ...publicEvents,
  "warmcity.readings": Readings,
} as const;

export type InputType = keyof typeof inputEvents;
/** The `data` of an input event of type T. */
export type InputData<T extends InputType = InputType> = Static<(typeof inputEvents)[T]>;

export function isInputType(type: string): type is InputType {
  return Object.hasOwn(inputEvents, type);
}
