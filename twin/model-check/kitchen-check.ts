/**
 * The kitchen machine walked region by region, by XState's own `transition`: no event moves two regions, so that what the
 * whole can reach is the product of what each can. Then its colour is walked with all that decides it: what may not
 * change yet waits, but never for more than a day.
 */
import { transition } from "xstate";
import { DAY_MS, hours, parseTime } from "../kernel/time.ts";
import {
  type Colour,
  type KitchenEvent,
  kitchenMachine,
  nextRegionState,
  REGION_NAMES,
  type RegionName,
  type RegionStates,
  statesOf,
} from "../kitchen.machine.ts";
import {
  initialRegions,
  type KitchenInput,
  type KitchenRegions,
  nextChangeAt,
  stepKitchen,
} from "../kitchen-regions.ts";
import { explore, type Model, type Move, wayTo } from "./explore.ts";
import { BEGINNINGS, KITCHEN_TABLE } from "./kitchen-table.ts";

export interface RegionWalk {
  readonly region: RegionName;
  readonly states: readonly string[];
  /** `from>to` -> the events that bring it about. */
  readonly arrows: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly string[];
}

type Next = (states: RegionStates, event: KitchenEvent) => RegionStates;

const FREE = { colourSince: null };

/** The machine as it is: XState's answer, which the table's reading must share. */
export const nextStates: Next = (states, event) => {
  const before = kitchenMachine.resolveState({ value: { ...states }, context: FREE });
  const [after] = transition(kitchenMachine, before, event);
  return readStates(after.value);
};

type Writable = { -readonly [R in RegionName]: RegionStates[R] };

function readStates(value: unknown): RegionStates {
  if (typeof value !== "object" || value === null) throw new RangeError("Cannot read the machine's state");
  const states: Writable = { ...initialStates() };
  for (const region of REGION_NAMES) put(states, region, Reflect.get(value, region));
  return states;
}

function put<R extends RegionName>(states: Writable, region: R, name: unknown): void {
  const state = statesOf(region).find((one) => one === name);
  if (state === undefined) throw new RangeError(`Cannot read ${region} = ${String(name)}: no state of it`);
  states[region] = state;
}

function initialStates(): RegionStates {
  const { memory: _, ...states } = initialRegions({
    licence: { number: "", validTo: "2030-12-31", renewal: null },
  });
  return states;
}

/** Every event that the regions name; a state of a region is an event where one may declare it. */
export function kitchenEvents(): KitchenEvent[] {
  const plain: KitchenEvent[] = [{ type: "activity" }, { type: "silence-24h" }];
  for (const state of statesOf("operation")) {
    if (state !== "presumed-closed") plain.push({ type: `declared.${state}` });
  }
  for (const state of statesOf("licence")) plain.push({ type: `licence.${state}` });
  for (const state of statesOf("connection"))
    if (state !== "never") plain.push({ type: `connection.${state}` });
  for (const region of ["hygiene", "cold-chain", "self-control"] as const) {
    for (const state of statesOf(region)) plain.push({ type: `${region}.${state}` });
  }
  for (const state of statesOf("attention")) plain.push({ type: `attention.${state}` });
  for (const state of statesOf("colour")) plain.push({ type: `colour.${state}`, time: 0, urgent: false });
  return plain;
}

export function walkRegions(next: Next = nextStates): RegionWalk[] {
  return REGION_NAMES.map((region) => walkRegion(region, next));
}

function walkRegion(region: RegionName, next: Next): RegionWalk {
  const arrows = new Map<string, string[]>();
  const faults: string[] = [];
  const states = [initialStates()];
  for (const from of states) {
    for (const event of kitchenEvents()) {
      const to = next(from, event);
      if (to[region] === from[region]) continue;
      const others = REGION_NAMES.filter((name) => name !== region && to[name] !== from[name]);
      if (others.length > 0) faults.push(`${event.type} moves ${region}, and ${others.join(", ")} as well`);
      const arrow = `${from[region]}>${to[region]}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), event.type]);
      if (nextRegionState(region, from[region], event, FREE) !== to[region])
        faults.push(`${region} ${arrow} by ${event.type}: read otherwise by the table`);
      if (states.every((known) => known[region] !== to[region]))
        states.push({ ...from, [region]: to[region] });
    }
  }
  const reached = states.map((one) => one[region]);
  return {
    region,
    states: reached,
    arrows,
    faults: [...faults, ...regionFaults(region, reached, [...arrows.keys()])],
  };
}

function regionFaults(region: RegionName, reached: readonly string[], met: readonly string[]): string[] {
  const wanted = KITCHEN_TABLE[region];
  return [
    ...met.filter((arrow) => !wanted.includes(arrow)).map((arrow) => `${region} ${arrow}: forbidden`),
    ...wanted
      .filter((arrow) => !met.includes(arrow))
      .map((arrow) => `${region} ${arrow}: allowed, but never met`),
    ...statesOf(region)
      .filter((state) => !reached.includes(state))
      .map((state) => `${region} ${state}: never reached`),
    ...reached
      .filter((state) => !met.some((arrow) => arrow.startsWith(`${state}>`)))
      .map((state) => `${region} ${state}: a dead end`),
    ...reached
      .filter(
        (state) => !met.some((arrow) => arrow.endsWith(`>${state}`)) && !BEGINNINGS.has(`${region} ${state}`),
      )
      .map((state) => `${region} ${state}: cannot be reached again`),
  ];
}

interface Coloured {
  readonly regions: KitchenRegions;
  readonly now: number;
}

const START = parseTime("2026-05-12T08:00:00+08:00");

const alerts = (code: string, level: "L1" | "L2" | "L3" | "L4", counts = true): KitchenInput => ({
  type: "alerts",
  open: [{ code, level, counts }],
});
/** All that a colour follows. */
const COLOURING: readonly (readonly [string, KitchenInput])[] = [
  ["no alert", { type: "alerts", open: [] }],
  ["an L1", alerts("T09", "L1")],
  ["an L2", alerts("T01", "L2")],
  ["an L3", alerts("T01", "L3")],
  ["an L4", alerts("O01", "L4")],
  ["a lead of L2", alerts("P07", "L2", false)],
  ["all online", { type: "devices", heard: 5, online: 5 }],
  ["all dark", { type: "devices", heard: 5, online: 0 }],
  ["rated 95", { type: "rated", rated: { index: 95 } }],
  ["rated 78", { type: "rated", rated: { index: 78 } }],
  ["rated 50", { type: "rated", rated: { index: 50 } }],
  ["not rated", { type: "rated", rated: { index: null } }],
];

type Step = typeof stepKitchen;

/** The colour never waits for more than a day: whatever is known, ticks alone settle it. */
export function walkColours(step: Step = stepKitchen): {
  readonly states: number;
  readonly faults: readonly string[];
} {
  const moves = ({ regions, now }: Coloured): Move<Coloured>[] => [
    ...COLOURING.map(([label, input]) => ({
      label,
      to: at(step(regions, input, now + 1).next, now + 1),
      arrows: [],
    })),
    {
      label: "seven hours pass",
      to: at(step(regions, { type: "tick" }, now + hours(7)).next, now + hours(7)),
      arrows: [],
    },
  ];
  const fresh = initialRegions({ licence: { number: "", validTo: "2030-12-31", renewal: null } });
  const model: Model<Coloured> = {
    starts: [{ label: "new", to: at(fresh, START), arrows: [] }],
    key: colourKey,
    moves,
  };
  const reached = explore(model, 20_000);
  const faults = [...reached.values()].flatMap((node) => {
    const fault = unsettled(node.state, step);
    return fault === null ? [] : [`${fault} (${wayTo(node)})`];
  });
  return { states: reached.size, faults };
}

const at = (regions: KitchenRegions, now: number): Coloured => ({ regions, now });

function colourKey({ regions, now }: Coloured): string {
  const { counted, darkSince, colourSince, rated } = regions.memory;
  const age = (since: number | null) =>
    since === null ? "-" : Math.min(5, Math.floor((now - since) / hours(6)));
  return [
    regions.attention,
    regions.connection,
    regions.colour,
    counted,
    age(darkSince),
    age(colourSince),
    rated?.index,
  ].join();
}

/** What is wrong when only time goes on; `null` = nothing. */
function unsettled({ regions, now }: Coloured, step: Step): string | null {
  let [current, time] = [regions, now];
  for (let next = nextChangeAt(current, time); next !== null && next <= now + 2 * DAY_MS; ) {
    if (next <= time) return `${current.colour}: its timer does not go on`;
    time = next;
    current = step(current, { type: "tick" }, time).next;
    next = nextChangeAt(current, time);
  }
  const due = dueColour(current, now + 2 * DAY_MS);
  return current.colour === due ? null : `${current.colour}: still not ${due} when no timer runs any more`;
}

/** DOMAIN §6.2 once more: an L1 is red whatever the index says; without an index the alerts that count decide. */
function dueColour({ memory, connection }: KitchenRegions, now: number): Colour {
  const { counted, rated, darkSince } = memory;
  if (counted === "L1") return "red";
  if (rated !== null) {
    if (rated.index === null) return "grey";
    return rated.index >= 85 ? "green" : rated.index >= 70 ? "amber" : "red";
  }
  if (counted === "L2") return "red";
  if (counted === "L3") return "amber";
  const isUnknown = connection === "never" || (darkSince !== null && now - darkSince >= DAY_MS);
  return isUnknown ? "grey" : "green";
}
