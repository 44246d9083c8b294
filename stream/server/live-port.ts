/** The running city as the server sees it: `CityPort` over the processor, its fold, its log and the history. */

import { actsAs, type Principal } from "../../twin/authority/principal.ts";
import { type Subject, seesSubject } from "../../twin/authority/sight.ts";
import { allowedCommands, type Case, stepCase } from "../../twin/case.ts";
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { InputType } from "../../twin/events/catalogue.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { DeskState } from "../alert-desk.ts";
import { commandOf } from "../case-commands.ts";
import type { Intake } from "../door/admission.ts";
import { BATCH, STRUCTURED } from "../door/media-type.ts";
import { warningRefusal } from "../duties/warnings.ts";
import type { CityFold } from "../fold.ts";
import type { Published } from "../processor.ts";
import type { AlertIndex, IndexedAlert } from "../projections/alert-index.ts";
import { allowedTo, caseView } from "../projections/case-view.ts";
import { type CityStanding, cityTotals, cityView, standingNow } from "../projections/city-totals.ts";
import { DutyDesk } from "../projections/duties/duty-desk.ts";
import { warningView } from "../projections/duties/warning-view.ts";
import { kitchenSummary, kitchenView, kitchenViewOf } from "../projections/kitchen-view.ts";
import { lotTrace } from "../projections/lot-trace.ts";
import { MapStates } from "../projections/map-states.ts";
import { publicKitchen } from "../projections/public-kitchen.ts";
import { indexView, listView, listViews } from "../projections/rating-view.ts";
import type { PlacedAlert, Series } from "./answers.ts";
import type {
  AlertFilter,
  CaseCommand,
  CaseFilter,
  CityPort,
  CommandResult,
  HistoryQuery,
  KitchenFilter,
  ListCommandBody,
  ListCommandResult,
  PageQuery,
  PlacedOutput,
  TraceQuery,
} from "./city-port.ts";
import { isWantedAlert, isWantedCase, isWantedKitchen } from "./list-filters.ts";
import type { LiveCity } from "./live-city.ts";
import { liveMetrics } from "./live-metrics.ts";
import { deadLetters, outputsAfter } from "./log-pages.ts";
import { pageOf } from "./page.ts";
import { PortError } from "./port-error.ts";

export class LivePort implements CityPort {
  readonly city: City;
  readonly #live: LiveCity;
  readonly #states: MapStates;
  readonly #outputListeners = new Set<(outputs: readonly PlacedOutput[]) => void>();
  readonly #stateListeners = new Set<(changed: readonly number[]) => void>();
  #newest = -1;
  #commands = 0;
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(city: City, live: LiveCity) {
    this.city = city;
    this.#live = live;
    this.#states = new MapStates(city);
  }

  get #fold(): CityFold {
    return this.#live.processor.fold;
  }

  get #alerts(): AlertIndex {
    return this.#live.processor.alerts;
  }

  /** Hears durable outputs: the pipeline's outlet into the read models and the feeds. */
  hear(published: readonly Published[]): void {
    const touched = new Set<number>();
    for (const { position, output } of published) {
      this.#newest = position;
      if (output.subject !== null) touched.add(this.city.kitchenIndex(output.subject));
    }
    touched.delete(-1);
    for (const listener of this.#outputListeners) listener(published);
    this.#refresh(touched);
  }

  /** After opening: the read models are made from the fold, then kept by what is heard. */
  seed(): void {
    this.#newest = this.#live.processor.log.durable - 1;
    this.refreshAll();
  }

  /** Opening hours change without any output. */
  refreshAll(): void {
    this.#refresh(this.city.kitchens.keys());
  }

  #refresh(kitchens: Iterable<number>): void {
    const changed = this.#states.refresh(this.#fold, kitchens);
    if (changed.length > 0) for (const listener of this.#stateListeners) listener(changed);
  }

  async ingest(intake: Intake): Promise<{ accepted: number; duplicates: number }> {
    try {
      return await this.#live.deliver(intake, Math.floor(this.#live.now()));
    } catch (error) {
      throw new PortError("unavailable", error instanceof Error ? error.message : String(error));
    }
  }

  async command(id: string, command: CaseCommand, principal: Principal): Promise<CommandResult | null> {
    const found = this.#find(id);
    if (found === null) return null;
    const time = this.#moment(Math.max(...found.one.history.map((step) => step.time)));
    const actor = command.actor ?? principal.id;
    const step = stepCase(
      found.one,
      commandOf(command, principal.id),
      time,
      this.#fold.policies.named(found.one.policy).cases,
    );
    if ("refused" in step) return { done: false, reason: step.refused, allowed: step.allowed };
    const kitchen = this.city.kitchens[found.one.kitchen]?.id ?? null;
    await this.#say("warmcity.case.command", principal, time, kitchen, { ...command, case: id, actor });
    const after = this.#find(id);
    if (after === null) return null;
    if (after.one.steps <= found.one.steps) {
      const { cases } = this.#fold.policies.named(after.one.policy);
      const reason = `The case has changed meanwhile: it is ${after.one.state}`;
      return { done: false, reason, allowed: allowedCommands(after.one, command.role, cases) };
    }
    return { done: true, case: this.#caseView(after, principal) };
  }

  /**
   * Now, but later than `after` and than any moment before: the fold orders by time, and what is decided on a step must
   * come behind it, though both fall into one millisecond.
   */
  #moment(after = Number.NEGATIVE_INFINITY): number {
    this.#saidAt = Math.max(Math.floor(this.#live.now()), after + 1, this.#saidAt + 1);
    return this.#saidAt;
  }

  /** Puts what a person did on the log, through the door like everything else. */
  async #say(
    type: InputType,
    principal: Principal,
    time: number,
    kitchen: string | null,
    data: object,
  ): Promise<void> {
    const event = {
      specversion: "1.0",
      id: `command/${time}/${++this.#commands}`,
      source: `/persons/${principal.id}`,
      type,
      ...(kitchen === null ? {} : { subject: kitchen }),
      time: formatTime(time),
      data,
    };
    const intake = this.#live.door.cloudEvents(JSON.stringify(event), STRUCTURED, {}, time);
    const [refused] = intake.refused;
    if (refused !== undefined)
      throw new RangeError(`Cannot put ${type} on the log: ${JSON.stringify(refused.faults)}`);
    await this.ingest(intake);
  }

  #find(id: string): { one: Case; desk: DeskState } | null {
    for (const desk of this.#desks()) {
      const one = desk.cases[id];
      if (one !== undefined) return { one, desk };
    }
    return null;
  }

  *#desks(): Iterable<DeskState> {
    yield this.#fold.stage.desk;
    for (let index = 0; index < this.city.kitchens.length; index++) yield this.#fold.kitchen(index);
  }

  get #standing(): CityStanding {
    return standingNow(this.city, this.#fold, this.#live.processor.log.durable);
  }

  totals(principal: Principal) {
    return cityTotals(this.city, this.#standing, principal);
  }

  async cityView(at: number | null, principal: Principal) {
    const standing = at === null ? this.#standing : await this.#then(at, () => this.#live.past.cityAt(at));
    return cityView(this.city, standing, principal);
  }

  /** Asks the past. */
  async #then<T>(at: number, ask: () => Promise<T>): Promise<T> {
    const now = this.#fold.now;
    if (at > now)
      throw new PortError("out-of-range", `\`at\` lies ahead: in the city it is ${formatTime(now)}`);
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new PortError("out-of-range", `Cannot look back to ${formatTime(at)}: ${error.message}`);
    }
  }

  async kitchens(filter: KitchenFilter, page: PageQuery) {
    const wanted = [...this.city.kitchens.keys()].filter((index) =>
      isWantedKitchen(this.city.kitchens[index]!, this.#fold.kitchen(index).regions.colour, filter),
    );
    const { items, next } = pageOf(wanted, (index) => this.city.kitchens[index]!.id, page);
    return { items: items.map((index) => kitchenSummary(this.city, this.#fold, index)), next };
  }

  async kitchen(index: number, at: number | null, principal: Principal) {
    const view =
      at === null
        ? kitchenView(this.city, this.#fold, index, this.#live.processor.log.durable)
        : kitchenViewOf(this.city, index, await this.#then(at, () => this.#live.past.kitchenAt(index, at)));
    const seen = (subject: Subject) => seesSubject(principal, this.city, subject);
    // Nobody commands the past.
    const roles = at === null ? actsAs(principal) : [];
    const known = this.#fold.kitchen(index).cases;
    const cases = view.cases.filter(seen).map((each) => {
      const one = known[each.case];
      return { ...each, allowed: one === undefined ? [] : allowedTo(roles, one, this.#fold.policies) };
    });
    return { ...view, alerts: view.alerts.filter(seen), cases };
  }

  async publicKitchen(index: number) {
    return publicKitchen(this.city, this.#fold, index);
  }

  async history({ kitchen, device, from, to, stepMs }: HistoryQuery): Promise<Series[]> {
    const [first, end] = [this.city.firstDevice[kitchen]!, this.city.firstDevice[kitchen + 1]!];
    const ordinals = device === null ? Array.from({ length: end - first }, (_, i) => first + i) : [device];
    const measuring = ordinals.filter(
      (ordinal) => deviceKind(this.city.devices[ordinal]!.kind).unit !== null,
    );
    return Promise.all(
      measuring.map(async (ordinal) => {
        const { id, kind } = this.city.devices[ordinal]!;
        const points = await this.#live.history.query(ordinal, from, to, stepMs);
        return {
          device: id,
          kind,
          unit: deviceKind(kind).unit,
          stepMs,
          points: points.map((point) => ({ ...point, time: formatTime(point.time) })),
        };
      }),
    );
  }

  async alerts(filter: AlertFilter, page: PageQuery) {
    const wanted = this.#alerts.newestFirst().filter(({ alert }) => isWantedAlert(alert, filter, this.city));
    const { items, next } = pageOf(wanted, ({ alert }) => alert.alert, page);
    return { items: items.map(placed), next };
  }

  async alert(id: string) {
    const found = this.#alerts.get(id);
    return found === undefined ? null : placed(found);
  }

  async cases(filter: CaseFilter, page: PageQuery) {
    const found: { one: Case; desk: DeskState }[] = [];
    for (const desk of this.#desks()) {
      for (const one of Object.values(desk.cases)) {
        if (isWantedCase(one, filter, this.city)) found.push({ one, desk });
      }
    }
    found.sort((a, b) => b.one.openedAt - a.one.openedAt || (a.one.id < b.one.id ? -1 : 1));
    const { items, next } = pageOf(found, ({ one }) => one.id, page);
    return { items: items.map((each) => this.#caseView(each, filter.principal)), next };
  }

  async case(id: string, principal: Principal) {
    const found = this.#find(id);
    return found === null ? null : this.#caseView(found, principal);
  }

  #caseView({ one, desk }: { one: Case; desk: DeskState }, principal: Principal) {
    return caseView(this.city, one, desk, this.#fold.policies, actsAs(principal));
  }

  async trace(query: TraceQuery, principal: Principal) {
    return lotTrace(this.city, this.#fold.stage, query, principal);
  }

  async index(kitchen: number) {
    return indexView(this.city, this.#fold, kitchen);
  }

  async lists(colour: string, month: string | null, principal: Principal | null) {
    return listViews(this.city, this.#fold, colour, month, principal);
  }

  /** A list moves when the watermark has passed the command, so what it will be is told from the decision itself. */
  async commandList(
    id: string,
    body: ListCommandBody,
    principal: Principal,
  ): Promise<ListCommandResult | null> {
    const time = this.#moment();
    const actor = body.actor ?? principal.id;
    const command = { ...body, actor, kitchen: body.kitchen ?? null, reason: body.reason ?? null };
    const decided = this.#fold.rating.decide(id, command, time);
    if (decided === null) return null;
    if ("refused" in decided) return { done: false, reason: decided.refused, allowed: decided.allowed };
    await this.#say("warmcity.list.command", principal, time, null, { ...body, list: id, actor });
    return { done: true, list: listView(this.city, this.#fold, decided.next, principal) };
  }

  get duties(): DutyDesk {
    return new DutyDesk(this.city, this.#fold);
  }

  async commandWarning(...[command, principal]: Parameters<CityPort["commandWarning"]>) {
    const { warning: name } = command;
    const actor = command.actor ?? principal.id;
    const standing = () => this.#fold.duties.books.warnings.stateOf(name)?.warning ?? null;
    const refusal = warningRefusal(standing(), command.command, actor);
    if (refusal !== null) return refusal;
    await this.#say("warmcity.warning.command", principal, this.#moment(), null, command);
    return warningView(name, standing(), this.#fold.now) ?? "It could not be taken";
  }

  async plan(...[kind, duties, { due, assignee, actor }]: Parameters<CityPort["plan"]>): Promise<void> {
    if (duties.length === 0) return;
    const time = Math.floor(this.#live.now());
    const events = duties.map(({ duty, kitchen }) => ({
      specversion: "1.0",
      id: duty,
      source: "/systems/plan",
      type: "warmcity.duty.planned",
      subject: kitchen,
      time: formatTime(time),
      data: { duty, kind, due, assignee, actor },
    }));
    await this.ingest(this.#live.door.cloudEvents(JSON.stringify(events), BATCH, {}, time));
  }

  deadLetters(page: PageQuery) {
    return deadLetters(this.#live.processor.log, page);
  }

  balance() {
    return this.#live.processor.balance;
  }

  newestOutput(): number {
    return this.#newest;
  }

  outputsAfter(position: number, limit: number) {
    return outputsAfter(this.#live.processor.log, position, limit);
  }

  onOutputs(listener: (outputs: readonly PlacedOutput[]) => void): () => void {
    this.#outputListeners.add(listener);
    return () => this.#outputListeners.delete(listener);
  }

  kitchenStates() {
    const { states, flags } = this.#states;
    return { time: this.#fold.now, position: this.#live.processor.log.durable, states, flags };
  }

  onStates(listener: (changed: readonly number[]) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  metrics() {
    const { log } = this.#live.processor;
    const all = this.#fold.stage.areas.count("city");
    return liveMetrics({
      balance: this.balance(),
      alerts: this.#alerts,
      logNext: log.next,
      logDurable: log.durable,
      devices: { known: all?.known ?? 0, online: all?.online ?? 0 },
      lagMs: this.#live.lagMs,
      ruleFaults: this.#live.processor.ruleFaults,
      droppedLate: this.#fold.droppedLate,
    });
  }

  health() {
    const reasons = this.#live.troubles;
    return { ready: reasons.length === 0, reasons };
  }
}

function placed({ alert, position }: IndexedAlert): PlacedAlert {
  return { ...alert, position };
}
