/** A city of a few lines behind `CityPort`, for tests of the server and its feeds: it counts, keeps and repeats, no more. */
import type { Principal } from "../../twin/authority/principal.ts";
import type { City } from "../../twin/city/city.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { type Admitted, eventsIn, type Intake } from "../door/admission.ts";
import { foldOf } from "../fold-of.ts";
import { cloudEventOf, type Output } from "../output.ts";
import { DutyDesk } from "../projections/duties/duty-desk.ts";
import { type CityTotals, MAP_STATES, type MapState } from "../wire.ts";
import type {
  CaseView,
  CityView,
  DeadLetter,
  IndexView,
  KitchenSummary,
  KitchenView,
  PlacedAlert,
  Series,
  TraceView,
} from "./answers.ts";
import type {
  AlertFilter,
  CaseCommand,
  CityPort,
  CommandResult,
  HistoryQuery,
  KitchenFilter,
  Page,
  PageQuery,
  PlacedOutput,
  TraceQuery,
} from "./city-port.ts";
import { isWantedAlert } from "./list-filters.ts";
import { PortError } from "./port-error.ts";

const NO_ALERTS = { L1: 0, L2: 0, L3: 0, L4: 0 };

export class InMemoryCity implements CityPort {
  readonly city: City;
  readonly taken: Admitted[] = [];
  readonly letters: DeadLetter[] = [];
  readonly outputs: PlacedOutput[] = [];
  readonly docket = new Map<string, CaseView>();
  readonly commands: { id: string; command: CaseCommand }[] = [];
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
  /** Set to let the next `ingest` fail: what a full disk does. */
  failure: Error | null = null;
  /** Set to let reading of old outputs fail. */
  unreadable: Error | null = null;
  /** Resolves before `ingest` does: what a slow disk does. */
  durable: Promise<void> = Promise.resolve();
  /** Calls of `ingest` that are not durable yet. */
  waiting = 0;
  /** Banners that the totals list on top: makes messages as large as a test wants. */
  padding = 0;
  time = 0;
  #position = 0;
  #received = 0;
  #duplicates = 0;
  readonly #seen = new Set<string>();
  readonly #outputListeners = new Set<(outputs: readonly PlacedOutput[]) => void>();
  readonly #stateListeners = new Set<(changed: readonly number[]) => void>();

  constructor(city: City) {
    this.city = city;
    this.states = new Uint8Array(city.kitchens.length);
    this.flags = new Uint8Array(city.kitchens.length);
  }

  async ingest(intake: Intake) {
    this.waiting++;
    await this.durable;
    this.waiting--;
    if (this.failure !== null) throw this.failure;
    let [accepted, duplicates] = [0, 0];
    for (const item of intake.admitted) {
      const fresh = item.kind === "columns" || !this.#seen.has(identity(item));
      if (item.kind === "event") this.#seen.add(identity(item));
      if (fresh) {
        this.taken.push(item);
        accepted += eventsIn(item);
      } else duplicates++;
    }
    for (const { faults, payload, events } of intake.refused) {
      const receivedAt = formatTime(this.time);
      this.letters.unshift({ position: this.#position++, receivedAt, faults: [...faults], payload, events });
    }
    this.#received += intake.received;
    this.#duplicates += duplicates;
    return { accepted, duplicates };
  }

  /** Lets an output happen. */
  emit(output: Output): PlacedOutput {
    const placed = { position: this.#position++, output, json: JSON.stringify(cloudEventOf(output)) };
    this.outputs.push(placed);
    for (const listener of this.#outputListeners) listener([placed]);
    return placed;
  }

  /** Lets kitchens change to a state. */
  change(kitchens: readonly number[], state: MapState): void {
    for (const kitchen of kitchens) this.states[kitchen] = MAP_STATES.indexOf(state);
    for (const listener of this.#stateListeners) listener(kitchens);
  }

  async command(id: string, command: CaseCommand): Promise<CommandResult | null> {
    const found = this.docket.get(id);
    if (found === undefined) return null;
    if (!found.allowed.includes(command.command)) {
      return { done: false, reason: `${command.command} is not allowed now`, allowed: found.allowed };
    }
    this.commands.push({ id, command });
    return { done: true, case: found };
  }

  totals(): CityTotals {
    const byState = countByState(this.states);
    const devices = { known: this.city.devices.length, online: 0 };
    const kitchens = this.city.kitchens.length;
    const { time } = this;
    const position = this.#position;
    const byBanner = new Array<CityTotals["byBanner"][number]>(this.padding / 100).fill({
      banner: "0",
      kitchens,
      byState,
    });
    return { time, position, kitchens, byState, byBanner, openAlerts: NO_ALERTS, devices };
  }

  async cityView(at: number | null): Promise<CityView> {
    if (at !== null && at < this.time) throw new PortError("out-of-range", "nothing is kept from that time");
    return { ...this.totals(), time: formatTime(this.time), byBanner: [], byType: [], onlineRate: null };
  }

  async kitchens(filter: KitchenFilter, page: PageQuery): Promise<Page<KitchenSummary>> {
    const found = this.city.kitchens
      .map((_, index) => this.#summary(index))
      .filter(({ banner }) => filter.banners?.includes(banner) ?? true)
      .filter(({ name }) => name.includes(filter.text ?? ""))
      .filter(
        ({ position: { lon } }) => filter.box === null || (lon >= filter.box[0] && lon <= filter.box[2]),
      );
    return paged(found, ({ id }) => id, page);
  }

  async kitchen(index: number): Promise<KitchenView> {
    const { licence, address, risk, capacity } = this.city.kitchens[index]!;
    return {
      ...this.#summary(index),
      time: formatTime(this.time),
      logPosition: this.#position,
      address,
      risk,
      capacity,
      licence,
      regions: {},
      opens: [],
      alerts: [],
      cases: [],
      devices: [],
      indexReasons: [],
    };
  }

  async publicKitchen(index: number) {
    const { code, name, type, banner, address, licence, staff } = this.city.kitchens[index]!;
    const told = {
      code,
      name,
      type,
      banner,
      address,
      licence: { ...licence, state: "valid" as const },
      open: true,
      color: null,
      index: null,
      conditions: [],
    };
    // More than a citizen may see, as a careless city might hand out.
    return { ...told, staff };
  }

  async history(query: HistoryQuery): Promise<readonly Series[]> {
    const device = this.city.devices[query.device ?? 0]!;
    const points = [{ time: formatTime(query.from), min: 1, mean: 2, max: 3, count: 3 }];
    return [{ device: device.id, kind: device.kind, unit: "Cel", stepMs: query.stepMs, points }];
  }

  async alerts(filter: AlertFilter, page: PageQuery): Promise<Page<PlacedAlert>> {
    const found = this.#alerts().filter((alert) => isWantedAlert(alert, filter, this.city));
    return paged(found, ({ alert }) => alert, page);
  }

  async alert(id: string) {
    return this.#alerts().find(({ alert }) => alert === id) ?? null;
  }

  async cases(_: unknown, page: PageQuery) {
    return paged([...this.docket.values()], (found) => found.case, page);
  }

  async case(id: string) {
    return this.docket.get(id) ?? null;
  }

  async trace(_query: TraceQuery, _principal: Principal): Promise<TraceView | null> {
    return null;
  }

  async index(kitchen: number): Promise<IndexView> {
    return {
      kitchen: this.city.kitchens[kitchen]!.id,
      index: null,
      standing: "not-rated",
      own: 100,
      version: "index@1",
      reasons: [],
      risk: { grade: "A", static: 10, dynamic: 0 },
      nextInspection: formatTime(this.time),
    };
  }

  async lists() {
    return [];
  }

  async commandList() {
    return null;
  }

  get duties(): DutyDesk {
    return new DutyDesk(this.city, foldOf(this.city, { early: true }));
  }

  async commandWarning() {
    return "there are none here";
  }

  async plan() {
    return undefined;
  }

  async deadLetters(page: PageQuery) {
    return paged(this.letters, ({ position }) => String(position), page);
  }

  balance() {
    const rejected = this.letters.reduce((sum, { events }) => sum + events, 0);
    const accepted = this.#received - this.#duplicates - rejected;
    return {
      position: this.#position,
      received: this.#received,
      accepted,
      duplicates: this.#duplicates,
      rejected,
      processed: accepted,
      late: 0,
      quarantined: 0,
    };
  }

  newestOutput(): number {
    return this.outputs.at(-1)?.position ?? -1;
  }

  async outputsAfter(position: number, limit: number) {
    if (this.unreadable !== null) throw this.unreadable;
    const start = this.outputs.findIndex((output) => output.position > position);
    return start < 0 ? [] : this.outputs.slice(start, start + limit);
  }

  onOutputs(listener: (outputs: readonly PlacedOutput[]) => void) {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  kitchenStates() {
    return { time: this.time, position: this.#position, states: this.states, flags: this.flags };
  }

  onStates(listener: (changed: readonly number[]) => void) {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  metrics() {
    const samples = [{ labels: { kind: 'a"b' }, value: this.#received }];
    return [{ name: "warmcity_received_total", help: "Events received.", type: "counter" as const, samples }];
  }

  health() {
    return this.failure === null
      ? { ready: true, reasons: [] }
      : { ready: false, reasons: [this.failure.message] };
  }

  #summary(index: number): KitchenSummary {
    const { id, code, name, type, banner, office, position } = this.city.kitchens[index]!;
    const state = MAP_STATES[this.states[index]!]!;
    const online = { known: 0, online: 0 };
    const place = { id, code, name, type, banner, office, position };
    return { ...place, state, color: null, index: null, openAlerts: NO_ALERTS, online };
  }

  #alerts(): PlacedAlert[] {
    const newest = new Map<string, PlacedAlert>();
    for (const { position, output } of this.outputs) {
      if (output.type === "warmcity.alert.raised")
        newest.set(output.data.alert, { ...output.data, position });
    }
    return [...newest.values()].reverse();
  }
}

/** An alert as the tests need it. */
export function sampleAlert(alert: string, change: Partial<Alert> = {}): Output {
  const at = "2026-11-23T10:00:00.000+08:00";
  const data: Alert = {
    alert,
    case: `case-${alert}`,
    code: "T01",
    level: "L3",
    kitchen: "K-00001",
    asset: "K-00001/fridge-temperature-1",
    state: "firing",
    raisedAt: at,
    levelAt: at,
    resolvedAt: null,
    reason: null,
    lead: false,
    retro: false,
    delayed: false,
    exercise: false,
    title: { zh: "冷藏超温", en: "Fridge too warm" },
    value: { number: 8.4, unit: "Cel" },
    rule: "T01@1",
    policy: "ordos-2026@1",
    legalBasis: ["GB 31654-2021"],
    because: [],
    parent: null,
    suppressedBy: null,
    ...change,
  };
  return { type: "warmcity.alert.raised", id: `raised-${alert}`, time: 0, subject: data.kitchen, data };
}

function identity({ event }: Admitted & { kind: "event" }): string {
  return event.boot === null || event.sequence === null
    ? `${event.source}|${event.id}`
    : `${event.source}|${event.boot}|${event.sequence}`;
}

function countByState(states: Uint8Array): Record<MapState, number> {
  const counts = { normal: 0, L4: 0, L3: 0, L2: 0, L1: 0, offline: 0, closed: 0, never: 0 };
  for (const state of states) counts[MAP_STATES[state]!]++;
  return counts;
}

function paged<T>(all: readonly T[], key: (item: T) => string, { after, limit }: PageQuery): Page<T> {
  const start = after === null ? 0 : all.findIndex((item) => key(item) === after) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && start + limit < all.length ? key(last) : null };
}
