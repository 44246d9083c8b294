/**
 * How a kitchen stands, as plain data: the regions of `kitchen.machine.ts` and the little that must be remembered to
 * move them in time. What is known reaches it as inputs; steps are pure and give back the same object if nothing changes.
 *
 *   for (const input of …) ({ next: regions, changes } = stepKitchen(regions, input, time))
 *   regions = observe(regions, all that is known, time).next        the same in one go
 *
 * `nextChangeAt` is the one timer: send `{ type: "tick" }` when it has come.
 */
import { isGraver } from "./alerts/level.ts";
import type { Kitchen } from "./city/kitchen.ts";
import type { Level } from "./events/fields.ts";
import { colourOfIndex } from "./food-safety-index/code-colour.ts";
import { INDEX_2026 } from "./food-safety-index/index-constants.ts";
import { DAY_MS, endOf, shanghaiDay, startOfShanghaiDay } from "./kernel/time.ts";
import {
  type AttentionState,
  type Colour,
  type ConditionState,
  isColourFree,
  type KitchenEvent,
  type LicenceState,
  nextRegionState,
  type OperationState,
  type RegionName,
  type RegionStates,
} from "./kitchen.machine.ts";

export interface LicenceFacts {
  /** The moment at which it ends, ms since epoch. */
  readonly validUntil: number;
  readonly renewal: "none" | "accepted" | "refused";
  readonly state: "valid" | "revoked" | "closed";
}

interface RegionMemory {
  readonly licence: LicenceFacts;
  readonly darkSince: number | null;
  /** Highest open alert that counts for the colour. */
  readonly counted: AttentionState;
  readonly colourSince: number | null;
  readonly rated: Rated | null;
}

/** The food-safety index as it was reckoned last; its `index` is `null` where the kitchen is not rated. */
export interface Rated {
  readonly index: number | null;
}

/** Plain JSON, replaced and never changed in place. */
export interface KitchenRegions extends RegionStates {
  readonly memory: RegionMemory;
}

/** An open (firing) alert, as far as the regions care. */
export interface OpenAlert {
  readonly code: string;
  readonly level: Level;
  /** It counts for the colour: not a lead that nobody has confirmed (SCENARIOS I5), not a drill. */
  readonly counts: boolean;
}

export type KitchenInput =
  | { readonly type: "declared"; readonly state: Exclude<OperationState, "presumed-closed"> }
  /** Somebody is there: activity, presence, a door. */
  | { readonly type: "activity" }
  /** The whole unit has said nothing for 24 h. */
  | { readonly type: "silence-24h" }
  /** Of the devices heard at least once, how many are online now. */
  | { readonly type: "devices"; readonly heard: number; readonly online: number }
  | ({ readonly type: "licence" } & { readonly licence: LicenceFacts })
  /** All open alerts. */
  | { readonly type: "alerts"; readonly open: readonly OpenAlert[] }
  | { readonly type: "rated"; readonly rated: Rated }
  /** Time has passed. */
  | { readonly type: "tick" };

export interface RegionChange {
  readonly region: RegionName;
  readonly from: string;
  readonly to: string;
}
export interface KitchenStep {
  readonly next: KitchenRegions;
  readonly changes: readonly RegionChange[];
}

/** Without data for so long, a kitchen with nothing else against it is grey: a short power cut takes nobody's colour. */
export const GREY_AFTER_DARK_MS = DAY_MS;
/** DOMAIN §5.2, D01: from T - 30 days. */
const EXPIRING_DAYS = 30;

export function initialRegions(kitchen: Pick<Kitchen, "licence">): KitchenRegions {
  const { validTo, renewal } = kitchen.licence;
  return {
    operation: "open",
    licence: "valid",
    connection: "never",
    hygiene: "good",
    "cold-chain": "good",
    "self-control": "good",
    attention: "none",
    colour: "grey",
    memory: {
      licence: { validUntil: endOf(validTo), renewal: renewal ?? "none", state: "valid" },
      darkSince: null,
      counted: "none",
      colourSince: null,
      rated: null,
    },
  };
}

/** The regions alone, as the wire shows them. */
export function regionStates({ memory: _, ...states }: KitchenRegions): RegionStates {
  return states;
}

/** One input at a moment of event time, ms since epoch. */
export function stepKitchen(regions: KitchenRegions, input: KitchenInput, time: number): KitchenStep {
  const informed = remember(regions, input, time);
  const changes: RegionChange[] = [];
  let next = informed;
  for (const aimed of eventsOf(input, informed, time)) next = apply(next, aimed, changes);
  return { next: settleColour(next, time, changes), changes };
}

/** Whether the input would change anything at `time`. */
export function accepts(regions: KitchenRegions, input: KitchenInput, time: number): boolean {
  return stepKitchen(regions, input, time).next !== regions;
}

/** All that is known of a kitchen at a moment. */
export interface Observation {
  readonly operation: OperationState;
  readonly licence: LicenceFacts;
  readonly heard: number;
  readonly online: number;
  readonly open: readonly OpenAlert[];
  /** `null` = not reckoned yet. */
  readonly rated: Rated | null;
}

const NO_CHANGES: readonly RegionChange[] = [];

/** Brings the regions to what is known, by the inputs that differ; made to be asked after every event. */
export function observe(regions: KitchenRegions, known: Observation, time: number): KitchenStep {
  if (isAsKnown(regions, known, time)) return { next: regions, changes: NO_CHANGES };
  const inputs: KitchenInput[] = [
    ...operationInputs(regions.operation, known.operation),
    ...(known.rated === null ? [] : [{ type: "rated" as const, rated: known.rated }]),
    { type: "licence", licence: known.licence },
    { type: "devices", heard: known.heard, online: known.online },
    { type: "alerts", open: known.open },
  ];
  let next = regions;
  const changes: RegionChange[] = [];
  for (const input of inputs) {
    const step = stepKitchen(next, input, time);
    next = step.next;
    changes.push(...step.changes);
  }
  return { next, changes };
}

function isAsKnown(regions: KitchenRegions, known: Observation, time: number): boolean {
  const { memory } = regions;
  return (
    known.operation === regions.operation &&
    isSameLicence(known.licence, memory.licence) &&
    known.rated?.index === memory.rated?.index &&
    licenceAt(memory.licence, time) === regions.licence &&
    (known.heard === 0 || connectionOf(known.heard, known.online) === regions.connection) &&
    isDark(known) === (memory.darkSince !== null) &&
    (known.open.length === 0 ? regions.attention === "none" : areAsKnown(regions, known.open)) &&
    (wantedColour(regions, time) === regions.colour ||
      !isColourFree(memory.colourSince, time, memory.counted === "L1"))
  );
}

function areAsKnown(regions: KitchenRegions, open: readonly OpenAlert[]): boolean {
  return (
    highest(open, (alert) => alert.counts) === regions.memory.counted &&
    alertEvents(open).every(([region, { type }]) => type === `${region}.${regions[region]}`)
  );
}

function operationInputs(from: OperationState, to: OperationState): KitchenInput[] {
  if (from === to) return [];
  if (to === "presumed-closed") {
    return from === "open"
      ? [{ type: "silence-24h" }]
      : [{ type: "declared", state: "open" }, { type: "silence-24h" }];
  }
  return from === "presumed-closed" && to === "open"
    ? [{ type: "activity" }]
    : [{ type: "declared", state: to }];
}

/** When time alone will change something next, ms since epoch; `null` = never. */
export function nextChangeAt(regions: KitchenRegions, time: number): number | null {
  const { licence, darkSince, colourSince } = regions.memory;
  const moments = [expiringFrom(licence), licence.validUntil].filter(
    (moment) => licenceAt(licence, moment) !== regions.licence,
  );
  if (darkSince !== null) moments.push(darkSince + GREY_AFTER_DARK_MS);
  if (colourSince !== null && wantedColour(regions, time) !== regions.colour)
    moments.push(colourSince + DAY_MS);
  const ahead = moments.filter((moment) => moment > time);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function remember(regions: KitchenRegions, input: KitchenInput, time: number): KitchenRegions {
  const { memory } = regions;
  switch (input.type) {
    case "licence":
      return isSameLicence(memory.licence, input.licence)
        ? regions
        : { ...regions, memory: { ...memory, licence: { ...input.licence } } };
    case "devices": {
      const dark = isDark(input);
      if (dark === (memory.darkSince !== null)) return regions;
      return { ...regions, memory: { ...memory, darkSince: dark ? time : null } };
    }
    case "alerts": {
      const counted = highest(input.open, (alert) => alert.counts);
      return counted === memory.counted ? regions : { ...regions, memory: { ...memory, counted } };
    }
    case "rated":
      return input.rated.index === memory.rated?.index
        ? regions
        : { ...regions, memory: { ...memory, rated: input.rated } };
    default:
      return regions;
  }
}

function isSameLicence(a: LicenceFacts, b: LicenceFacts): boolean {
  return a.validUntil === b.validUntil && a.renewal === b.renewal && a.state === b.state;
}

function isDark({ heard, online }: { readonly heard: number; readonly online: number }): boolean {
  return heard > 0 && online === 0;
}

/** An event and the one region that knows it. */
type Aimed = readonly [RegionName, KitchenEvent];

/** What an input means to the machine; the licence moves with time whatever the input. */
function eventsOf(input: KitchenInput, { memory }: KitchenRegions, time: number): Aimed[] {
  const licence: Aimed = ["licence", { type: `licence.${licenceAt(memory.licence, time)}` }];
  switch (input.type) {
    case "declared":
      return [licence, ["operation", { type: `declared.${input.state}` }]];
    case "activity":
    case "silence-24h":
      return [licence, ["operation", { type: input.type }]];
    case "devices":
      if (input.heard === 0) return [licence];
      return [licence, ["connection", { type: `connection.${connectionOf(input.heard, input.online)}` }]];
    case "alerts":
      return [licence, ...alertEvents(input.open)];
    case "licence":
    case "rated":
    case "tick":
      return [licence];
  }
}

function connectionOf(heard: number, online: number): "online" | "partial" | "dark" {
  if (online === 0) return "dark";
  return online < heard ? "partial" : "online";
}

function alertEvents(open: readonly OpenAlert[]): Aimed[] {
  return [
    ["attention", { type: `attention.${highest(open, () => true)}` }],
    ["hygiene", { type: `hygiene.${conditionOf(open, (code) => code.startsWith("P"))}` }],
    ["cold-chain", { type: `cold-chain.${conditionOf(open, (code) => code.startsWith("T"))}` }],
    ["self-control", { type: `self-control.${conditionOf(open, (code) => SELF_CONTROL.has(code))}` }],
  ];
}

const SELF_CONTROL: ReadonlySet<string> = new Set(["D04", "D05", "D06"]);

function highest(open: readonly OpenAlert[], which: (alert: OpenAlert) => boolean): AttentionState {
  let level: AttentionState = "none";
  for (const alert of open) {
    if (which(alert) && (level === "none" || isGraver(alert.level, level))) level = alert.level;
  }
  return level;
}

function conditionOf(open: readonly OpenAlert[], ofCode: (code: string) => boolean): ConditionState {
  const level = highest(open, ({ code }) => ofCode(code));
  if (level === "none") return "good";
  return isGraver(level, "L3") ? "bad" : "watch";
}

function licenceAt({ validUntil, renewal, state }: LicenceFacts, time: number): LicenceState {
  if (state !== "valid") return "revoked";
  if (time < expiringFrom({ validUntil })) return "valid";
  if (renewal === "accepted") return "pending";
  return time < validUntil ? "expiring" : "expired";
}

/** Midnight of the day 30 days before the last valid day. */
function expiringFrom({ validUntil }: Pick<LicenceFacts, "validUntil">): number {
  return startOfShanghaiDay(shanghaiDay(validUntil - 1) - EXPIRING_DAYS);
}

function apply(regions: KitchenRegions, [region, event]: Aimed, changes: RegionChange[]): KitchenRegions {
  const from = regions[region];
  const to = nextRegionState(region, from, event, regions.memory);
  if (to === from) return regions;
  changes.push({ region, from, to });
  return { ...regions, [region]: to };
}

/** The colour of the index, but for an L1; until there is an index it follows the open alerts that count. */
function wantedColour({ connection, memory, colour }: KitchenRegions, time: number): Colour {
  const { counted, darkSince, rated } = memory;
  if (rated !== null) return counted === "L1" ? "red" : colourOfIndex(rated.index, colour, INDEX_2026);
  if (counted === "L1" || counted === "L2") return "red";
  if (counted === "L3") return "amber";
  const isUnknown = connection === "never" || (darkSince !== null && time - darkSince >= GREY_AFTER_DARK_MS);
  return isUnknown ? "grey" : "green";
}

/** A colour that may not change yet waits; the first one that is known does not start the day in which it may not. */
function settleColour(regions: KitchenRegions, time: number, changes: RegionChange[]): KitchenRegions {
  const wanted = wantedColour(regions, time);
  if (wanted === regions.colour) return regions;
  const { memory, colour } = regions;
  const settled = apply(
    regions,
    ["colour", { type: `colour.${wanted}`, time, urgent: memory.counted === "L1" }],
    changes,
  );
  if (settled.colour === colour) return regions;
  const isFirst = colour === "grey" && memory.colourSince === null;
  return { ...settled, memory: { ...memory, colourSince: isFirst ? null : time } };
}
