/**
 * What is known of a kitchen at a moment, folded from its events before any rule sees them: declarations, presumed
 * closing, maintenance, who is silent, which outages reach it, who stands where. Rules and suppression read it.
 */
import type { EventOf, EventType } from "../twin/events/event.ts";
import { DAY_MS, endOf, HOUR_MS, parseTime } from "../twin/kernel/time.ts";
import type { RuleInput } from "./rules/rule-input.ts";

export type DeclaredState = "open" | "closed" | "rest-day" | "maintenance";
export type Operation = DeclaredState | "presumed-closed";

export type CameraHealth = EventOf<"warmcity.camera.health">["data"]["state"];

interface Declaration {
  readonly state: DeclaredState;
  /** When it was said: of two that hold, the later word counts. */
  readonly saidAt: number;
  readonly from: number;
  /** `null` = until the next declaration. */
  readonly to: number | null;
}

/** Plain JSON; changed in place by `foldFacts` only. All times are event time, ms since epoch. */
export interface KitchenFacts {
  declarations: Declaration[];
  /** Since when the whole unit has been silent, once that lasted 24 h without any activity. */
  presumedClosedSince: number | null;
  /** Restart ramp: cold rules are muted until then (DOMAIN §5.2, T01). */
  rampUntil: number;
  licence: {
    validUntil: number;
    renewal: "none" | "accepted" | "refused";
    state: "valid" | "revoked" | "closed";
  };
  /** Device ordinal -> maintenance in which its silence and values are muted. */
  maintenance: Record<string, { from: number; to: number | null }>;
  /** Camera ordinal -> its newest word about its health, and since when. */
  health: Record<string, { state: CameraHealth; from: number }>;
  /** Device ordinal -> time of its last message, for devices that are offline now. */
  offline: Record<string, number>;
  /** Devices heard at least once; the others are `never`: in no rate, never offline. */
  heard: number;
  /** Area -> the outage alert that mutes this kitchen's devices there. */
  outages: Record<string, { parent: string; devices: number[] }>;
  /** Zone -> people seen there last. */
  people: Record<string, number>;
  /**
   * Device ordinal -> when its quality was, or is (`to` `null`), suspect (O04): no other rule uses its values then.
   * Replaced, never changed in place.
   */
  suspects: Readonly<Record<string, { readonly from: number; readonly to: number | null }>>;
  /** The food-safety index as it was reckoned last; `null` before that. */
  rated: { readonly index: number | null } | null;
  /** Last sign of life that people give: activity, presence, door, declaration. */
  lastSignAt: number;
  /** What is replaced by each newer word -> time of the word that stands: one that comes late does not replace it. */
  saidAt: Record<string, number>;
}

/** The timers that the facts themselves need. */
export interface FactTimers {
  set(key: string, due: number): void;
  cancel(key: string): void;
}

/** The events that facts, records and commands are made of, whatever the rules read. */
export const FACT_EVENTS: ReadonlySet<EventType> = new Set<EventType>([
  "warmcity.kitchen.declared",
  "warmcity.kitchen.activity",
  "warmcity.payment.completed",
  "warmcity.order.sealed",
  "warmcity.door",
  "warmcity.presence",
  "warmcity.detection",
  "warmcity.camera.health",
  "warmcity.licence.changed",
  "warmcity.device.maintained",
  "warmcity.record.filed",
  "warmcity.case.command",
]);

/** Of these, what says itself how the unit and its licence stand. */
const DECLARING: ReadonlySet<EventType> = new Set<EventType>([
  "warmcity.kitchen.declared",
  "warmcity.licence.changed",
]);

/** Detections that show people at work: presence, as a camera sees it. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  "no_hat",
  "no_mask",
  "no_uniform",
  "bare_hand",
  "smoking",
  "phone",
]);

const PRESUMED_AFTER_MS = 24 * HOUR_MS;
export const RAMP_MS = 6 * HOUR_MS;

export function initialFacts(licence: {
  validTo: string;
  renewal: "none" | "accepted" | "refused" | null;
}): KitchenFacts {
  return {
    declarations: [],
    presumedClosedSince: null,
    rampUntil: 0,
    licence: { validUntil: endOf(licence.validTo), renewal: licence.renewal ?? "none", state: "valid" },
    maintenance: {},
    health: {},
    offline: {},
    heard: 0,
    outages: {},
    suspects: {},
    people: {},
    rated: null,
    lastSignAt: 0,
    saidAt: {},
  };
}

/** Whether the kitchen works at `time`, as declared or presumed; opening hours are not asked here. */
export function operationAt(facts: KitchenFacts, time: number): Operation {
  const declared = declarationAt(facts, time);
  if (declared !== null && declared.state !== "open") return declared.state;
  return facts.presumedClosedSince !== null ? "presumed-closed" : "open";
}

function declarationAt(facts: KitchenFacts, time: number): Declaration | null {
  for (let i = facts.declarations.length - 1; i >= 0; i--) {
    const declaration = facts.declarations[i]!;
    if (declaration.from <= time && (declaration.to === null || time < declaration.to)) return declaration;
  }
  return null;
}

/** Whether the device is under maintenance at `time`. */
export function isMaintained(facts: KitchenFacts, device: number, time: number): boolean {
  const span = facts.maintenance[device];
  return span !== undefined && span.from <= time && (span.to === null || time < span.to);
}

/** Whether the camera is covered, or its picture stands still: what its model then says it saw, nobody saw. */
export function isBlind(facts: KitchenFacts, camera: number): boolean {
  const state = facts.health[camera]?.state;
  return state === "covered" || state === "frozen";
}

/** The outage alert that mutes the device, or `null`. */
export function outageOf(facts: KitchenFacts, device: number): string | null {
  for (const outage of Object.values(facts.outages))
    if (outage.devices.includes(device)) return outage.parent;
  return null;
}

/**
 * Folds one input; `now` is its event time. Returns whether the operation, the licence, who is online or the index may
 * have changed by it.
 */
export function foldFacts(facts: KitchenFacts, input: RuleInput, now: number, timers: FactTimers): boolean {
  switch (input.kind) {
    case "event": {
      const { presumedClosedSince } = facts;
      foldEvent(facts, input.event, now, timers);
      return DECLARING.has(input.event.type) || facts.presumedClosedSince !== presumedClosedSince;
    }
    case "heard":
      if (input.first) facts.heard++;
      delete facts.offline[input.device];
      timers.cancel("presumed-closed");
      return true;
    case "silent":
      facts.offline[input.device] = input.since;
      watchWholeUnit(facts, timers);
      return true;
    case "outage-began":
      facts.outages[input.area] = { parent: input.parent, devices: [...input.devices] };
      return false;
    case "outage-ended":
      delete facts.outages[input.area];
      return false;
    case "rated":
      facts.rated = { index: input.index };
      return true;
    default:
      return false;
  }
}

function foldEvent(
  facts: KitchenFacts,
  event: Extract<RuleInput, { kind: "event" }>["event"],
  now: number,
  timers: FactTimers,
): void {
  switch (event.type) {
    case "warmcity.kitchen.declared":
      declare(facts, event, timers);
      sign(facts, now, timers);
      return;
    case "warmcity.kitchen.activity":
      if (event.data.kind !== "scan") sign(facts, now, timers);
      return;
    case "warmcity.payment.completed":
    case "warmcity.order.sealed":
    case "warmcity.door":
      sign(facts, now, timers);
      return;
    case "warmcity.presence": {
      if (event.data.people == null) return;
      if (isNewest(facts, `people ${event.device}`, now)) {
        facts.people[String(event.device)] = event.data.people;
      }
      if (event.data.people > 0) sign(facts, now, timers);
      return;
    }
    case "warmcity.detection":
      if (OF_PEOPLE.has(event.data.class)) sign(facts, now, timers);
      return;
    case "warmcity.camera.health":
      if (event.time >= (facts.health[event.device]?.from ?? event.time))
        facts.health[event.device] = { state: event.data.state, from: event.time };
      return;
    case "warmcity.licence.changed":
      if (!isNewest(facts, "licence", now)) return;
      facts.licence = {
        validUntil: endOf(event.data.validTo),
        renewal: event.data.renewal ?? "none",
        state: event.data.state,
      };
      return;
    case "warmcity.device.maintained":
      maintain(facts, event, timers);
      return;
    default:
      return;
  }
}

/** Notes that this was said; `false` = something newer was already. */
function isNewest(facts: KitchenFacts, what: string, now: number): boolean {
  if (now < (facts.saidAt[what] ?? now)) return false;
  facts.saidAt[what] = now;
  return true;
}

function declare(facts: KitchenFacts, event: EventOf<"warmcity.kitchen.declared">, timers: FactTimers): void {
  const from = timeOr(event.data.from, event.time);
  const to = event.data.to == null ? null : parseTime(event.data.to);
  const closing = declarationAt(facts, from);
  if (event.data.state === "open" && closing !== null && closing.state !== "open") {
    if (from - closing.from >= DAY_MS) facts.rampUntil = from + RAMP_MS;
  }
  const declaration = { state: event.data.state, saidAt: event.time, from, to };
  facts.declarations = [...facts.declarations, declaration].sort((a, b) => a.saidAt - b.saidAt).slice(-16);
  timers.set("declared-from", from);
  if (to !== null) {
    timers.set("declared-to", to);
    if (event.data.state !== "open" && to - from >= DAY_MS) facts.rampUntil = to + RAMP_MS;
  }
  if (facts.rampUntil > from) timers.set("ramp", facts.rampUntil);
}

function maintain(
  facts: KitchenFacts,
  event: EventOf<"warmcity.device.maintained">,
  timers: FactTimers,
): void {
  if (event.device < 0 || !isNewest(facts, `maintenance ${event.device}`, event.time)) return;
  const to = event.data.to == null ? null : parseTime(event.data.to);
  facts.maintenance[event.device] = { from: timeOr(event.data.from, event.time), to };
  if (to !== null) timers.set(`maintained-${event.device}`, to);
}

/** People are there: whatever was presumed is over. */
function sign(facts: KitchenFacts, now: number, timers: FactTimers): void {
  facts.lastSignAt = Math.max(facts.lastSignAt, now);
  if (facts.presumedClosedSince !== null && now >= facts.presumedClosedSince) {
    facts.rampUntil = now + RAMP_MS;
    timers.set("ramp", facts.rampUntil);
    facts.presumedClosedSince = null;
  }
  watchWholeUnit(facts, timers);
}

/** A whole unit silent for 24 h without any activity is presumed closed (疑似歇业, CONTRACT §9 O01). */
function watchWholeUnit(facts: KitchenFacts, timers: FactTimers): void {
  const silences = Object.values(facts.offline);
  if (facts.heard === 0 || silences.length < facts.heard || facts.presumedClosedSince !== null) {
    timers.cancel("presumed-closed");
    return;
  }
  const due = presumedAt(facts, Math.max(facts.lastSignAt, ...silences));
  if (due === null) timers.cancel("presumed-closed");
  else timers.set("presumed-closed", due);
}

/** 24 h of silence, a declared closing not counted: who said so owes no sign of life. `null` = closed until further notice. */
function presumedAt(facts: KitchenFacts, quietSince: number): number | null {
  let since = quietSince;
  for (;;) {
    const due = since + PRESUMED_AFTER_MS;
    const closing = facts.declarations.find((declaration) => {
      const { state, from, to } = declaration;
      const overlaps = state !== "open" && from < due && (to === null || to > since);
      return overlaps && declarationAt(facts, Math.max(from, since)) === declaration;
    });
    if (closing === undefined) return due;
    if (closing.to === null) return null;
    since = closing.to;
  }
}

/** A timer of the facts is due. */
export function factsDue(facts: KitchenFacts, key: string, now: number): void {
  if (key === "presumed-closed") facts.presumedClosedSince = now - PRESUMED_AFTER_MS;
}

function timeOr(text: string | null | undefined, otherwise: number): number {
  return text == null ? otherwise : parseTime(text);
}
