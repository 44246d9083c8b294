/**
 * What the cameras of a kitchen have watched, so that a meal nobody could see is not taken for a clean one (SC05): a
 * camera that is covered, offline or being worked on sees nothing. Where its heartbeats tell (`frames`, `people`) they
 * have the word: a meal was watched if it gave frames of people; else a heartbeat that was heard is enough. A camera
 * that has never sent a heartbeat cannot be missed: its hits are all that can be expected of it.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { isMaintained, type KitchenFacts } from "../facts.ts";
import type { RuleContext } from "./rule.ts";
import type { RuleInput } from "./rule-input.ts";

type Heartbeat = EventOf<"warmcity.device.heartbeat">;

interface Eye {
  /** It has sent a heartbeat. */
  beats: boolean;
  /** When it was heard last (first word, or after a silence) without an event that explains it: by a heartbeat in columns. */
  heardAt: number | null;
  /** Newest hit or word about its health. */
  eventAt: number;
  isHeard: boolean;
  /** Since when it has been both heard and clear, if it is. */
  onSince: number;
  isClear: boolean;
  /** When it watched last, before it fell silent or was covered; ms since epoch. */
  watchedTo: number;
  /** Newest heartbeat that told of frames at all, and newest that told of frames with people. */
  countedAt: number;
  sawPeopleAt: number;
}

/** Ordinal of a camera -> what is known of it. Plain JSON. */
export type CameraWatch = Record<string, Eye>;

const LONG_AGO = 0;

/** Folds what a rule that keeps a watch must read: `heard`, `silent`, `camera.health`, `detection`, `device.heartbeat`. */
export function foldWatch(watch: CameraWatch, input: RuleInput, context: RuleContext): void {
  if (input.kind === "heard" || input.kind === "silent") {
    if (context.city.devices[input.device]?.kind !== "camera") return;
    const eye = eyeOf(watch, input.device);
    eye.isHeard = input.kind === "heard";
    if (input.kind === "silent") leaveOff(eye, input.device, input.since, context);
    else {
      eye.onSince = input.time;
      eye.beats ||= eye.heardAt !== null;
      eye.heardAt = eye.eventAt === input.time ? null : input.time;
    }
    return;
  }
  if (input.kind !== "event") return;
  const { event } = input;
  if (event.type === "warmcity.device.heartbeat") {
    if (context.city.devices[event.device]?.kind === "camera") beat(eyeOf(watch, event.device), event);
  } else if (event.type === "warmcity.camera.health" || event.type === "warmcity.detection") {
    const eye = eyeOf(watch, event.device);
    eye.eventAt = Math.max(eye.eventAt, event.time);
    if (eye.heardAt === event.time) eye.heardAt = null;
    if (event.type === "warmcity.detection") return;
    const isClear = context.facts.health[event.device]?.state === "clear";
    if (eye.isClear && !isClear && eye.isHeard) leaveOff(eye, event.device, event.time, context);
    if (isClear && !eye.isClear) eye.onSince = event.time;
    eye.isClear = isClear;
  }
}

function eyeOf(watch: CameraWatch, camera: number): Eye {
  const known = watch[camera];
  if (known !== undefined) return known;
  const fresh: Eye = {
    beats: false,
    heardAt: null,
    eventAt: LONG_AGO,
    isHeard: false,
    onSince: LONG_AGO,
    isClear: true,
    watchedTo: LONG_AGO,
    countedAt: LONG_AGO,
    sawPeopleAt: LONG_AGO,
  };
  watch[camera] = fresh;
  return fresh;
}

function leaveOff(eye: Eye, camera: number, at: number, { facts }: RuleContext): void {
  if (eye.isClear) eye.watchedTo = Math.max(eye.watchedTo, workedTo(facts, camera, at));
}

/** `at`, or when people began to work on the camera, if they do so at that time. */
function workedTo(facts: KitchenFacts, camera: number, at: number): number {
  const span = facts.maintenance[camera];
  return span !== undefined && isMaintained(facts, camera, at) ? span.from : at;
}

function beat(eye: Eye, { time, data }: Heartbeat): void {
  eye.beats = true;
  if (data.frames == null) return;
  eye.countedAt = Math.max(eye.countedAt, time);
  if (data.frames > 0 && data.people !== 0 && eye.isClear) eye.sawPeopleAt = Math.max(eye.sawPeopleAt, time);
}

/** Whether the camera watched the meal that began at `from` and ends now. */
export function hasWatched(watch: CameraWatch, camera: number, from: number, context: RuleContext): boolean {
  const eye = watch[camera];
  const { facts, now } = context;
  if (eye === undefined) return false;
  if (eye.countedAt >= from) return eye.sawPeopleAt >= from;
  const isExpected = eye.beats || eye.heardAt !== null;
  const isOn = eye.isClear && eye.onSince < now && (eye.isHeard || !isExpected);
  return (isOn ? workedTo(facts, camera, now) : eye.watchedTo) > from;
}
