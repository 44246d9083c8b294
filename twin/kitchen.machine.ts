/**
 * How a kitchen stands, in eight regions side by side (DESIGN §4):
 *
 *   operation     open, closed, rest-day, maintenance as declared; presumed-closed after a day of silence
 *   licence       valid, expiring, expired, pending (renewal accepted), revoked
 *   connection    never (no device heard yet), online, partial, dark
 *   hygiene, cold-chain, self-control     good, watch (L3, L4 open), bad (L1, L2 open)
 *   attention     the highest open alert
 *   colour        green, amber, red, grey; at most one change a day, but for L1
 *
 * The machine asks no clock and does nothing; what its events mean is `kitchen-regions.ts`.
 */
import { setup } from "xstate";
import { DAY_MS } from "./kernel/time.ts";

export interface ColourContext {
  /** When the colour last changed, ms since epoch; `null` = not since it was first known. */
  readonly colourSince: number | null;
}

const OPERATIONS = ["open", "closed", "rest-day", "maintenance", "presumed-closed"] as const;
const LICENCES = ["valid", "expiring", "expired", "pending", "revoked"] as const;
const CONNECTIONS = ["never", "online", "partial", "dark"] as const;
const CONDITIONS = ["good", "watch", "bad"] as const;
const ATTENTIONS = ["none", "L4", "L3", "L2", "L1"] as const;
const COLOURS = ["grey", "green", "amber", "red"] as const;

export type OperationState = (typeof OPERATIONS)[number];
export type LicenceState = (typeof LICENCES)[number];
export type ConnectionState = (typeof CONNECTIONS)[number];
export type ConditionState = (typeof CONDITIONS)[number];
export type AttentionState = (typeof ATTENTIONS)[number];
export type Colour = (typeof COLOURS)[number];

/** The regions and their states. */
export interface RegionStates {
  readonly operation: OperationState;
  readonly licence: LicenceState;
  readonly connection: ConnectionState;
  readonly hygiene: ConditionState;
  readonly "cold-chain": ConditionState;
  readonly "self-control": ConditionState;
  readonly attention: AttentionState;
  readonly colour: Colour;
}
export type RegionName = keyof RegionStates;

export type KitchenEvent =
  | { readonly type: `declared.${Exclude<OperationState, "presumed-closed">}` | "activity" | "silence-24h" }
  | { readonly type: `licence.${LicenceState}` }
  | { readonly type: `connection.${Exclude<ConnectionState, "never">}` }
  | { readonly type: `${"hygiene" | "cold-chain" | "self-control"}.${ConditionState}` }
  | { readonly type: `attention.${AttentionState}` }
  /** `urgent`: an L1 is open, which no colour may wait for. */
  | { readonly type: `colour.${Colour}`; readonly time: number; readonly urgent: boolean };

interface Edge {
  readonly target: string;
  readonly guard?: "mayChangeColour";
}
type Edges = { readonly [T in KitchenEvent["type"]]?: Edge };
interface Region<S extends string> {
  readonly initial: S;
  /** From any state of the region; a target is `.state`. */
  readonly on: Edges;
  readonly states: { readonly [K in S]: { readonly on?: Edges } };
}

const condition = (region: "hygiene" | "cold-chain" | "self-control"): Region<ConditionState> => ({
  initial: "good",
  on: {
    [`${region}.good`]: { target: ".good" },
    [`${region}.watch`]: { target: ".watch" },
    [`${region}.bad`]: { target: ".bad" },
  },
  states: { good: {}, watch: {}, bad: {} },
});

export const kitchenRegions: { readonly [R in RegionName]: Region<RegionStates[R]> } = {
  operation: {
    initial: "open",
    on: {
      "declared.open": { target: ".open" },
      "declared.closed": { target: ".closed" },
      "declared.rest-day": { target: ".rest-day" },
      "declared.maintenance": { target: ".maintenance" },
    },
    states: {
      open: { on: { "silence-24h": { target: "presumed-closed" } } },
      closed: {},
      "rest-day": {},
      maintenance: {},
      "presumed-closed": { on: { activity: { target: "open" } } },
    },
  },
  licence: {
    initial: "valid",
    on: {
      "licence.valid": { target: ".valid" },
      "licence.expiring": { target: ".expiring" },
      "licence.expired": { target: ".expired" },
      "licence.pending": { target: ".pending" },
      "licence.revoked": { target: ".revoked" },
    },
    states: { valid: {}, expiring: {}, expired: {}, pending: {}, revoked: {} },
  },
  connection: {
    initial: "never",
    on: {
      "connection.online": { target: ".online" },
      "connection.partial": { target: ".partial" },
      "connection.dark": { target: ".dark" },
    },
    states: { never: {}, online: {}, partial: {}, dark: {} },
  },
  hygiene: condition("hygiene"),
  "cold-chain": condition("cold-chain"),
  "self-control": condition("self-control"),
  attention: {
    initial: "none",
    on: {
      "attention.none": { target: ".none" },
      "attention.L4": { target: ".L4" },
      "attention.L3": { target: ".L3" },
      "attention.L2": { target: ".L2" },
      "attention.L1": { target: ".L1" },
    },
    states: { none: {}, L4: {}, L3: {}, L2: {}, L1: {} },
  },
  colour: {
    initial: "grey",
    on: {
      "colour.green": { target: ".green", guard: "mayChangeColour" },
      "colour.amber": { target: ".amber", guard: "mayChangeColour" },
      "colour.red": { target: ".red", guard: "mayChangeColour" },
      "colour.grey": { target: ".grey", guard: "mayChangeColour" },
    },
    states: { green: {}, amber: {}, red: {}, grey: {} },
  },
};

function mayChangeColour({ colourSince }: ColourContext, event: KitchenEvent): boolean {
  return "urgent" in event && isColourFree(colourSince, event.time, event.urgent);
}

/** Whether the colour may change at `time`. */
export function isColourFree(colourSince: number | null, time: number, urgent: boolean): boolean {
  return urgent || colourSince === null || time - colourSince >= DAY_MS;
}

export const kitchenMachine = setup({
  types: {
    context: {} as ColourContext,
    events: {} as KitchenEvent,
    input: {} as ColourContext,
  },
  guards: { mayChangeColour: ({ context, event }) => mayChangeColour(context, event) },
}).createMachine({
  id: "kitchen",
  type: "parallel",
  context: ({ input }) => input,
  states: kitchenRegions,
});

/**
 * The state of one region after an event, itself if the region does not take it. The same table as XState's, read
 * without its machinery; a property test holds both to the same answer.
 */
export function nextRegionState<R extends RegionName>(
  region: R,
  state: RegionStates[R],
  event: KitchenEvent,
  context: ColourContext,
): RegionStates[R] {
  const { on, states } = kitchenRegions[region];
  const edge = states[state].on?.[event.type] ?? on[event.type];
  if (edge === undefined || (edge.guard !== undefined && !mayChangeColour(context, event))) return state;
  return stateNamed(region, edge.target) ?? state;
}

function stateNamed<R extends RegionName>(region: R, target: string): RegionStates[R] | undefined {
  const name = target.startsWith(".") ? target.slice(1) : target;
  return statesOf(region).find((state) => state === name);
}

const STATES: { readonly [R in RegionName]: readonly RegionStates[R][] } = {
  operation: OPERATIONS,
  licence: LICENCES,
  connection: CONNECTIONS,
  hygiene: CONDITIONS,
  "cold-chain": CONDITIONS,
  "self-control": CONDITIONS,
  attention: ATTENTIONS,
  colour: COLOURS,
};

export function statesOf<R extends RegionName>(region: R): readonly RegionStates[R][] {
  return STATES[region];
}

export const REGION_NAMES = [
  "operation",
  "licence",
  "connection",
  "hygiene",
  "cold-chain",
  "self-control",
  "attention",
  "colour",
] as const satisfies readonly RegionName[];
