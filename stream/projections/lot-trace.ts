/**
 * The way of a lot (CONTRACT §5, `/v1/trace`): all names that it had before and has had since, who supplied and passed it
 * on, which kitchens received it and what became of it there, what is recalled. Read from the graph that rule D08 keeps.
 *
 * Officials see the whole chain of names and suppliers, and of kitchens those of their area. An operator sees its own
 * receipts, one up: who supplied them and which names they came from. Who sees no kitchen that has it sees nothing.
 */
import type { Principal } from "../../twin/authority/principal.ts";
import { seesSubject } from "../../twin/authority/sight.ts";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { CityStage } from "../second-stage/city-stage.ts";
import { recallHits } from "../second-stage/d08-recall.ts";
import { type Holding, lotAsset, lotKey } from "../second-stage/lot-book.ts";
import { LotGraph } from "../second-stage/lot-graph.ts";
import type { TraceView } from "../server/answers.ts";
import type { TraceQuery } from "../server/city-port.ts";

/** A kitchen that received the lot under one of its names. */
interface Placed extends Holding {
  readonly key: string;
}

export function lotTrace(
  city: City,
  stage: Pick<CityStage, "stateOf">,
  { lot, product }: TraceQuery,
  principal: Principal,
): TraceView | null {
  const graph = stage.stateOf(recallHits.code);
  if (!(graph instanceof LotGraph)) return null;
  const asked = product === null ? graph.named(lot) : [lotKey(product, lot)];
  const keys = [...new Set(asked.flatMap((key) => graph.namesOf(key)))];
  const placed = keys.flatMap((key) => placedIn(city, graph, key, principal));
  const isOfCity = keys.some((key) => seesCity(city, key, principal) && isKnown(graph, key));
  if (placed.length === 0 && !isOfCity) return null;
  const isOwn = principal.area.kind === "kitchens";
  const held = new Set(placed.map(({ key }) => key));
  const shown = isOwn ? keys.filter((key) => held.has(key)) : keys;
  return {
    lots: shown.map((key) => ({ ...namesIn(key), from: originsOf(graph, key) })),
    suppliers: suppliersOf(city, graph, isOwn ? [] : keys, placed),
    kitchens: placed.map((holding) => kitchenOf(city, holding)),
    recalls: shown.flatMap((key) =>
      (graph.notices.get(key) ?? []).map(({ recall, level, time, exercise }) => ({
        recall,
        ...namesIn(key),
        level,
        time: formatTime(time),
        exercise,
      })),
    ),
  };
}

function placedIn(city: City, graph: LotGraph, key: string, principal: Principal): Placed[] {
  const placed: Placed[] = [];
  for (const holding of graph.book.holdings(key, city.kitchens)) {
    const { id } = city.kitchens[holding.kitchen]!;
    if (seesSubject(principal, city, subjectOf(key, id))) placed.push({ ...holding, key });
  }
  return placed;
}

/** Whoever sees recalls sees the ways of lots. */
function subjectOf(key: string, kitchen: string | null) {
  return { code: recallHits.code, kitchen, asset: lotAsset(key) };
}

function seesCity(city: City, key: string, principal: Principal): boolean {
  return seesSubject(principal, city, subjectOf(key, null));
}

/** A name alone, under which nobody received or passed on anything, is no lot. */
function isKnown(graph: LotGraph, key: string): boolean {
  return graph.knows(key) || graph.originsOf(key).length > 0;
}

function namesIn(key: string): { readonly product: string; readonly lot: string } {
  const cut = key.indexOf("\n");
  return { product: key.slice(0, cut), lot: key.slice(cut + 1) };
}

function originsOf(graph: LotGraph, key: string): TraceView["lots"][number]["from"] {
  return graph.originsOf(key).map(({ from, supplier, by, time }) => ({
    lot: namesIn(from).lot,
    supplier,
    by,
    time: formatTime(time),
  }));
}

function kitchenOf(city: City, { key, ...holding }: Placed): TraceView["kitchens"][number] {
  const { id, name } = city.kitchens[holding.kitchen]!;
  const { received, returned, used, left, receivedAt, suppliers } = holding;
  return {
    kitchen: id,
    name,
    ...namesIn(key),
    received,
    returned,
    used,
    left,
    receivedAt: formatTime(receivedAt),
    suppliers: [...suppliers],
  };
}

/** Those that delivered to the kitchens, and those that passed on lots of `keys`. */
function suppliersOf(
  city: City,
  graph: LotGraph,
  keys: readonly string[],
  placed: readonly Placed[],
): TraceView["suppliers"] {
  const kitchensOf = new Map<string, Set<number>>();
  const passedTo = new Map<string, Set<string>>();
  const note = (supplier: string | null) => {
    if (supplier !== null && !kitchensOf.has(supplier)) kitchensOf.set(supplier, new Set());
  };
  for (const { kitchen, suppliers } of placed) {
    for (const supplier of suppliers) {
      note(supplier);
      kitchensOf.get(supplier)?.add(kitchen);
    }
  }
  for (const { from, to } of keys.flatMap((key) => graph.passingsOf(key))) {
    note(from);
    note(to);
    if (from !== null && to !== null) passedTo.set(from, (passedTo.get(from) ?? new Set()).add(to));
  }
  const known = new Map(city.suppliers.map((supplier) => [supplier.id, supplier]));
  return [...kitchensOf].map(([supplier, kitchens]) => ({
    supplier,
    name: known.get(supplier)?.name ?? null,
    secondTierOf: known.get(supplier)?.secondTierOf ?? null,
    kitchens: kitchens.size,
    passedTo: [...(passedTo.get(supplier) ?? [])],
  }));
}
